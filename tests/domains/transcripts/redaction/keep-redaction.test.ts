// The job that carries wishes for redaction through the past: what a worker of an older version stores late is found as
// well, and what was kept as it was heard goes when its company says so, whatever it says next.
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { repeatRedactionJob } from '#domains/transcripts/index.ts';
import { transcriptReactions } from '#domains/transcripts/reactions.ts';
import { keepRedactionHandler } from '#domains/transcripts/redaction/keep-redaction.ts';
import { revealRawTranscript } from '#domains/transcripts/redaction/reveal-raw-transcript.ts';
import { REDACTION_VERSION } from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { storeRaw } from '#domains/transcripts/redaction/store-raw.ts';
import { newId } from '#platform/ids/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { openSpottingDesk } from '#tests/domains/intelligence/keywords/spotting-desk.ts';

const desk = await openSpottingDesk();
const { db, secrets, clock, log } = desk;
const { prisma, pool } = db;
const jobs = await openJobs({
  ...{ db, log: pino({ level: 'silent' }), definitions: [repeatRedactionJob] },
});
afterAll(() => jobs.stop());
/** However many are due, their jobs are added together. */
const together = { ...jobs, enqueue: () => Promise.reject(new Error('One job by itself.')) };
const sweep = () =>
  keepRedactionHandler({ db, clock, secrets, log, jobs: together }).run(
    {},
    { id: 'try', attempt: 1, signal: new AbortController().signal },
  );
const due = async (transcriptId: string) => {
  const { rowCount } = await pool.query(
    `select 1 from pgboss.job where name = $1 and data->>'transcriptId' = $2`,
    [repeatRedactionJob.name, transcriptId],
  );
  return rowCount;
};

it('what is stored by older rules is found when its company is through', async () => {
  const people = await desk.settle();
  const { accountId, companyId } = people;
  const [one, other] = [
    await desk.write(people, ['C: One.']),
    await desk.write(people, ['C: Two.']),
  ];
  const rules = (redactionVersion: number) =>
    prisma.transcript.updateMany({ where: { accountId }, data: { redactionVersion } });
  await rules(REDACTION_VERSION);
  await sweep();
  const pass = await prisma.redactionPass.findFirst({ where: { accountId, companyId } });
  expect(pass).toMatchObject({ redactionVersion: REDACTION_VERSION });
  expect([await due(one.transcriptId), await due(other.transcriptId)]).toEqual([0, 0]);
  await rules(REDACTION_VERSION - 1);
  await sweep();
  expect([await due(one.transcriptId), await due(other.transcriptId)]).toEqual([1, 1]);
});

it('what somebody hides by an edit goes before the past that waits', async () => {
  const people = await desk.settle();
  const { accountId } = people;
  for (const line of ['C: One.', 'C: Two.']) await desk.write(people, [line]);
  const edited = await desk.write(people, ['C: Three.']);
  await prisma.transcript.updateMany({
    where: { accountId },
    data: { redactionVersion: REDACTION_VERSION - 1 },
  });
  await sweep();
  const rule = transcriptReactions.find(({ name }) => name === 'transcripts.follow-edits');
  const payload = rule?.payload({
    accountId,
    payload: { transcriptId: edited.transcriptId, redactions: 1 },
  } as never);
  await db.transaction((tx) => jobs.enqueueAll(tx, repeatRedactionJob, [payload as never]));
  const { rows } = await pool.query<{ edited: boolean }>(
    `select data ? 'isEdited' as edited from pgboss.job
      where name = $1 and data->>'accountId' = $2 order by priority desc, created_on`,
    [repeatRedactionJob.name, accountId],
  );
  expect(rows.map((row) => row.edited)).toEqual([true, false, false, false]);
});

it('what was kept as it was heard goes, also when it is wanted again before it is gone', async () => {
  const people = await desk.settle();
  const { accountId, companyId, viewer } = people;
  const keep = (keepRawTranscripts: boolean) => {
    clock.advance(60_000);
    return updateCompany(desk, viewer, { companyId, keepRawTranscripts });
  };
  const heard = async () => {
    const { transcriptId, callId } = await desk.write(people, ['C: My card is [CARD_NUMBER].']);
    clock.advance(60_000);
    const place = { accountId, companyId, transcriptId, keptAt: clock.now(accountId) };
    const said = { startMs: 0, endMs: 900, text: 'My card is 4242.', words: [] };
    await db.transaction((tx) => storeRaw(tx, secrets, place, [{ speaker: 'CALLER', ...said }]));
    const reveal = () => revealRawTranscript(desk, viewer, { callId, kind: 'CALL' });
    return { transcriptId, reveal };
  };
  await keep(true);
  const before = await heard();
  expect(await before.reveal()).toMatchObject([{ text: 'My card is 4242.' }]);
  await keep(false);
  await keep(true);
  const after = await heard();
  await expect(before.reveal()).rejects.toMatchObject({ code: 'WRONG_STATE' });
  await sweep();
  const left = await prisma.rawTranscript.findMany({ where: { accountId } });
  expect(left.map(({ transcriptId }) => transcriptId)).toEqual([after.transcriptId]);
  expect(await after.reveal()).toMatchObject([{ text: 'My card is 4242.' }]);
  // nothing is left of what was before: the company is looked at no more
  await sweep();
  const company = () => prisma.company.findFirstOrThrow({ where: { accountId, id: companyId } });
  expect((await company()).rawKeptSince).toBeNull();
  await keep(false);
  await sweep();
  expect(await prisma.rawTranscript.count({ where: { accountId } })).toBe(0);
});

it('what was heard long ago goes in portions, so that no statement runs into its limit', async () => {
  const people = await desk.settle();
  const { accountId, callId } = await desk.write(people, ['C: Hello.']);
  const heardAt = new Date(clock.now('').getTime() - 25 * 3_600_000);
  const said = { speaker: 'CALLER' as const, startMs: 0, endMs: 900, text: 'Hello.', heardAt };
  await prisma.liveSegment.createMany({
    data: Array.from({ length: 2_500 }, (_, n) => ({ accountId, callId, n, ...said })),
  });
  await pool.query(`
    create function refuse_many() returns trigger language plpgsql as
      'begin if (select count(*) from gone) > 1000 then raise exception ''too many''; end if; return null; end';
    create trigger portions after delete on live_segment referencing old table as gone
      for each statement execute function refuse_many()`);
  await sweep();
  expect(await prisma.liveSegment.count({ where: { accountId } })).toBe(0);
});

it('a long past is walked on from where the minute before ended, and once more at the end', async () => {
  const people = await desk.settle();
  const { accountId, companyId } = people;
  const { callId, transcriptId } = await desk.write(people, ['C: One.']);
  const calls = Array.from({ length: 2_200 }, () => newId());
  const copy = (table: string, id: string, ...names: string[]) =>
    pool.query(
      `insert into ${table} select (jsonb_populate_record(one, jsonb_build_object(
                ${names.map((name) => `'${name}', copy.id`).join()}))).*
         from ${table} one, unnest($2::uuid[]) as copy(id) where one.id = $1`,
      [id, calls],
    );
  const { recordingId } = await prisma.transcript.findFirstOrThrow({ where: { accountId } });
  await copy('interaction', callId, 'id');
  await copy('call', callId, 'id', 'carrier_session_id');
  await copy('recording', recordingId, 'id', 'call_id', 'carrier_recording_id');
  await copy('transcript', transcriptId, 'id', 'call_id', 'recording_id');
  const where = { accountId };
  await prisma.transcript.updateMany({ where, data: { redactionVersion: REDACTION_VERSION - 1 } });

  const walks: number[] = [];
  const counting = prisma.$extends({
    query: {
      call: {
        findMany({ args, query }) {
          if (args.where?.companyId === companyId)
            walks[walks.length - 1] = (walks.at(-1) ?? 0) + 1;
          return query(args);
        },
      },
    },
  });
  const wanted: string[] = [];
  // other companies have a past too
  const enqueueAll = async (
    _tx: unknown,
    _job: unknown,
    all: { accountId: string; transcriptId: string }[],
  ) => {
    const own = all.filter((one) => one.accountId === accountId);
    wanted.push(...own.map((one) => one.transcriptId));
  };
  const slice = { ...desk, db: { ...db, prisma: counting }, jobs: { enqueueAll } };
  const { run } = keepRedactionHandler(slice as never);
  const through = () => prisma.redactionPass.count({ where: { accountId, companyId } });
  while (walks.length < 9 && (await through()) === 0) {
    walks.push(0);
    await run({}, { id: 'try', attempt: 1, signal: new AbortController().signal });
    await prisma.transcript.updateMany({
      where: { accountId, id: { in: wanted.splice(0) } },
      data: { redactionVersion: REDACTION_VERSION },
    });
  }
  // 500 a minute, a thousand calls a look
  expect(walks).toEqual([1, 1, 2, 1, 2, 3]);
});
