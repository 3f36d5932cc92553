// The daily look for transcripts that were not read for topics: each is looked at once, and one that cannot be read stops no
// other.
import { expect, it } from 'vitest';
import { findTermsHandler, keepTermsHandler } from '#domains/intelligence/topics/find-terms.ts';
import { copyRows, idOfCopy } from '#tests/support/copy-rows.ts';
import { countingRows } from '#tests/support/rows-read.ts';
import { openLibrary } from '../library.ts';
import { writeCalls } from '../written-calls.ts';

const library = await openLibrary();
const { db } = library;
const CALLS = 3_000;
const LINES = ['C: My water heater is leaking on the floor.'];
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };

it('a transcript that cannot be read is passed over, and found again the next time', async () => {
  const people = await library.settle();
  for (let n = 0; n < 3; n++) await library.write(people, LINES);
  let begun = 0;
  const broken = {
    ...library,
    db: Object.assign(Object.create(db), {
      transaction: (work: Parameters<typeof db.transaction>[0]) => {
        begun += 1;
        if (begun === 1) throw new Error('of this one alone');
        return db.transaction(work);
      },
    }),
  };
  expect(await keepTermsHandler(broken).run({}, once)).toBe('read 2, failed 1');
  expect(await keepTermsHandler(library).run({}, once)).toBe('read 1');
});

it('looks at each transcript once, however many there are', async () => {
  const people = await library.settle();
  const { accountId } = people;
  const one = await library.write(people, LINES);
  await findTermsHandler(library).run({ accountId, transcriptId: one.transcriptId }, once);
  await writeCalls(db.pool, { accountId, callId: one.callId }, CALLS - 1);
  const reading = { transcript_id: idOfCopy('transcript'), call_id: idOfCopy('call') };
  const where = 'o.account_id = $2 and o.transcript_id = $3';
  const given = [accountId, one.transcriptId];
  await copyRows(db.pool, 'topic_reading', reading, { where, given, times: CALLS - 1 });
  await db.pool.query('vacuum analyze topic_reading');
  const counted = countingRows(db.pool);
  const counting = { ...library, db: Object.assign(Object.create(db), { pool: counted.pool }) };
  expect(await keepTermsHandler(counting).run({}, once)).toBe('read 0');
  const all = await db.prisma.transcript.count();
  // a look from the beginning for each portion would be eight times as many
  expect(counted.rowsOf('transcript')).toBeLessThan(2 * all);
  // and none once nothing was left to be read, until one is given up
  const looked = counted.rowsOf('transcript');
  expect(await keepTermsHandler(counting).run({}, once)).toBe('read 0');
  expect(counted.rowsOf('transcript')).toBe(looked);
  await db.prisma.topicReading.deleteMany({ where: { accountId, transcriptId: one.transcriptId } });
  await findTermsHandler(library).giveUp?.({ accountId, transcriptId: one.transcriptId }, null);
  expect(await keepTermsHandler(library).run({}, once)).toBe('read 1');
});
