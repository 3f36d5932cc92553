// Past transcripts that cannot be redacted again, and companies that cannot be looked through: they are tried ever later,
// and stop nothing else.
import { expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { keepRedactionHandler } from '#domains/transcripts/redaction/keep-redaction.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import { REDACTION_VERSION } from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { storeRaw } from '#domains/transcripts/redaction/store-raw.ts';
import { openSpottingDesk } from '#tests/domains/intelligence/keywords/spotting-desk.ts';

const desk = await openSpottingDesk();
const { db, secrets, clock } = desk;
const { prisma } = db;
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };
const MINUTE_MS = 60_000;

/** A minute's look. Returns of which transcripts it wants the redaction repeated. */
async function look(slice: object = desk): Promise<string[]> {
  const wanted: string[] = [];
  const enqueueAll = async (_tx: unknown, _job: unknown, all: { transcriptId: string }[]) => {
    wanted.push(...all.map(({ transcriptId }) => transcriptId));
  };
  const run = keepRedactionHandler({ ...slice, jobs: { enqueueAll } } as never).run({}, once);
  await run.catch((error: Error) => expect(error.message).toContain('could not be worked off'));
  return wanted;
}

/** A company with one transcript of older rules, and what was heard in it, which is wanted no more. */
async function settle() {
  const people = await desk.settle();
  const { accountId, companyId, viewer } = people;
  const { transcriptId } = await desk.write(people, ['C: My name is [NAME].']);
  const place = { accountId, companyId, transcriptId, keptAt: clock.now(accountId) };
  const said = { speaker: 'CALLER' as const, startMs: 0, endMs: 900, text: 'Robert', words: [] };
  await updateCompany(desk, viewer, { companyId, keepRawTranscripts: true });
  await db.transaction((tx) => storeRaw(tx, secrets, place, [said]));
  clock.advance(MINUTE_MS);
  await updateCompany(desk, viewer, { companyId, keepRawTranscripts: false });
  await prisma.transcript.updateMany({
    where: { accountId },
    data: { redactionVersion: REDACTION_VERSION - 1 },
  });
  return { accountId, companyId, transcriptId };
}

it('a company that cannot be looked through stops neither the others nor what is to be dropped', async () => {
  const [broken, other] = [await settle(), await settle()];
  const failing = prisma.$extends({
    query: {
      call: {
        findMany({ args, query }) {
          if (args.where?.companyId === broken.companyId) throw new Error('statement timeout');
          return query(args);
        },
      },
    },
  });
  const told: object[] = [];
  const log = { ...desk.log, error: (about: object) => told.push(about) };
  const wanted = await look({ ...desk, log, db: { ...db, prisma: failing } });
  expect(wanted).toContain(other.transcriptId);
  expect(wanted).not.toContain(broken.transcriptId);
  expect(told).toMatchObject([{ accountId: broken.accountId, id: broken.companyId }]);
  expect(await prisma.rawTranscript.count()).toBe(0);
});

it('one that fails again and again is tried ever later, and its company is through meanwhile', async () => {
  const { accountId, companyId, transcriptId } = await settle();
  const { giveUp } = repeatRedactionHandler(desk as never);
  const giveItUp = () => giveUp?.({ accountId, transcriptId }, new Error('no'));
  const isWanted = async () => (await look()).includes(transcriptId);
  expect(await isWanted()).toBe(true);
  for (const [pause, outcome] of [
    [10, 'put off, for the 1. time'],
    [20, 'put off, for the 2. time'],
    [40, 'put off, for the 3. time'],
  ] as const) {
    expect(await giveItUp()).toBe(outcome);
    clock.advance((pause - 1) * MINUTE_MS);
    expect(await isWanted()).toBe(false);
    clock.advance(MINUTE_MS);
    expect(await isWanted()).toBe(true);
  }
  expect(await prisma.redactionPass.count({ where: { accountId, companyId } })).toBe(1);
  for (let n = 0; n < 8; n += 1) await giveItUp();
  clock.advance(24 * 60 * MINUTE_MS);
  expect(await isWanted()).toBe(true);
  // what needs it no more is forgotten
  const rules = { redactionVersion: REDACTION_VERSION };
  await prisma.transcript.updateMany({ where: { accountId }, data: rules });
  const { run } = repeatRedactionHandler(desk as never);
  expect(await run({ accountId, transcriptId }, once)).toBe('up to date');
  expect(await isWanted()).toBe(false);
});
