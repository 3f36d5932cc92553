// Calls gone by are looked through for a set that changed: once each, however often the job breaks off.
import { describe, expect, it } from 'vitest';
import { scanHistoryHandler } from '#domains/intelligence/keywords/spotting/scan-history.ts';
import { scanTalk } from '#domains/intelligence/keywords/spotting/scan-talk.ts';
import { settleScans } from '#domains/intelligence/keywords/spotting/settle-scans.ts';
import {
  deleteKeywordSet,
  updateKeywordSet,
} from '#domains/intelligence/keywords/update-keyword-set.ts';
import { readyTranscript } from '#domains/transcripts/index.ts';
import { openSpottingDesk } from '../spotting-desk.ts';

const library = await openSpottingDesk();
const { prisma } = library.db;
const DAY_MS = 86_400_000;

/** A run of the job; `most` ends it by its signal when it has begun so many transactions. */
function scan(accountId: string, setId: string, from: Date, most = Number.POSITIVE_INFINITY) {
  const stop = new AbortController();
  let begun = 0;
  const { db } = library;
  const counted = {
    ...library,
    db: Object.assign(Object.create(db), {
      transaction: (work: Parameters<typeof db.transaction>[0]) => {
        begun += 1;
        if (begun === most) stop.abort(new Error('killed'));
        return db.transaction(work);
      },
    }),
  };
  const job = { id: 'try', attempt: 1, signal: stop.signal };
  return scanHistoryHandler(counted).run(
    { accountId, setId, startedFrom: from.toISOString() },
    job,
  );
}

async function settleHistory(lines: readonly string[][]) {
  const people = await library.settle();
  const from = library.clock.now(people.accountId);
  const calls = [];
  for (const said of lines) {
    calls.push(await people.write(said));
    library.clock.advance(1_000);
  }
  const hitsOf = async ({ callId }: { callId: string }) => {
    const { keywordHits } = await people.hits(callId);
    return keywordHits.map((hit: { keyword: string }) => hit.keyword);
  };
  return { ...people, from, calls, hitsOf };
}

const [LEAK, DRIP, NONE] = [['C: It leaks.'], ['C: It drips.'], ['C: All is well.']];

describe('calls gone by', () => {
  it('are looked through for a set that is newer than they are, and told of where it finds something', async () => {
    const { accountId, set, calls, hitsOf, told, from, hits } = await settleHistory([LEAK, NONE]);
    const { id } = await set([{ text: 'leak', tag: 'Leak' }]);
    expect(await scan(accountId, id, from)).toBe('looked through 2, changed 1');
    const [leak, none] = calls as [(typeof calls)[0], (typeof calls)[0]];
    expect(await hitsOf(leak)).toEqual(['leak']);
    expect((await hits(leak.callId)).tags).toEqual([{ name: 'Leak' }]);
    expect(await told(`call:${none.callId}`)).toEqual([]);
    expect(await scan(accountId, id, from)).toBe('looked through 0, changed 0');
    const events = await told(`call:${leak.callId}`);
    expect(events.map(({ type }) => type)).toEqual(['keyword.spotted', 'call.updated']);
    expect(events[0]?.payload).toMatchObject({ isPast: true });
  });

  it('of a changed set are told of where the hits are other ones, also where none are left', async () => {
    const history = await settleHistory([LEAK, DRIP, ['C: It leaks and drips.'], NONE]);
    const { accountId, viewer, set, calls, hitsOf, told, from } = history;
    const { id: keywordSetId } = await set([{ text: 'leak' }]);
    await scan(accountId, keywordSetId, from);
    await updateKeywordSet(library, viewer, { keywordSetId, keywords: [{ text: 'drip' }] });
    expect(await scan(accountId, keywordSetId, from)).toBe('looked through 4, changed 3');
    expect(await Promise.all(calls.map(hitsOf))).toEqual([[], ['drip'], ['drip'], []]);
    const counts = await Promise.all(
      calls.map(async ({ callId }) =>
        (await told(`call:${callId}`)).map(({ payload }) => (payload as { hits: number }).hits),
      ),
    );
    expect(counts).toEqual([[1, 0], [1], [1, 1], []]);
    // a new name is a new version with the same hits
    await updateKeywordSet(library, viewer, { keywordSetId, name: 'Drips' });
    expect(await scan(accountId, keywordSetId, from)).toBe('looked through 4, changed 0');
    expect(await prisma.keywordScan.count({ where: { accountId } })).toBe(12);
  });

  it('are left alone before the day that was named, and where the set does not look', async () => {
    const { accountId, otherCompanyId, set, calls, hitsOf, from } = await settleHistory([LEAK]);
    const { id } = await set([{ text: 'leak' }]);
    const later = new Date(from.getTime() + DAY_MS);
    expect(await scan(accountId, id, later)).toBe('looked through 0, changed 0');
    const elsewhere = await set([{ text: 'leak' }], otherCompanyId);
    expect(await scan(accountId, elsewhere.id, from)).toBe('looked through 0, changed 0');
    expect(await Promise.all(calls.map(hitsOf))).toEqual([[]]);
  });

  it('are done once each where the job breaks off and comes again', async () => {
    const history = await settleHistory(Array.from({ length: 7 }, () => LEAK));
    const { accountId, set, calls, hitsOf, told, from } = history;
    const { id } = await set([{ text: 'leak' }]);
    await expect(scan(accountId, id, from, 3)).rejects.toThrow('killed');
    expect(await prisma.keywordHit.count({ where: { accountId } })).toBe(3);
    const both = await Promise.all([scan(accountId, id, from), scan(accountId, id, from)]);
    expect(both.join()).toMatch(/changed/);
    for (const call of calls) {
      expect(await hitsOf(call)).toEqual(['leak']);
      expect(await told(`call:${call.callId}`)).toHaveLength(1);
    }
  });

  it('go on past a page of 50, and end where the set is deleted', async () => {
    const { accountId, viewer, set, from } = await settleHistory(
      Array.from({ length: 52 }, () => LEAK),
    );
    const { id } = await set([{ text: 'leak' }]);
    expect(await scan(accountId, id, from)).toBe('looked through 52, changed 52');
    await deleteKeywordSet(library, viewer, { keywordSetId: id });
    expect(await scan(accountId, id, from)).toBe('set gone');
  });
});

it('an older version that comes late takes nothing back', async () => {
  const { accountId, viewer, set, calls, hitsOf, from } = await settleHistory([LEAK]);
  const old = await set([{ text: 'leak' }]);
  const [call] = calls as [(typeof calls)[0]];
  const transcript = await readyTranscript(library.db, accountId, call.transcriptId);
  if (!transcript) throw new Error('The transcript is there.');
  const late = await scanTalk([old], transcript.segments);
  await updateKeywordSet(library, viewer, { keywordSetId: old.id, keywords: [{ text: 'drip' }] });
  await scan(accountId, old.id, from);
  expect(await settleScans(library, accountId, transcript, late, 'REQUEST')).toBe('already-done');
  expect(await hitsOf(call)).toEqual([]);
});
