// The job that asks the saved searches about one transcript, and tells what each of them finds: once for each time that
// its words were written or changed, however often the job runs.
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseQuery } from '#platform/search/index.ts';
import { searchMatched } from '../../events.ts';
import { matchSearchesJob } from '../../jobs.ts';
import { noteSearched } from '../../store.ts';
import { searchesOfAccount } from './read-searches.ts';
import type { SearchRow } from './store-searches.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'search'>;

interface Asked {
  accountId: string;
  id: string;
  callId: string;
  companyId: string;
  edits: number;
}

/** The worker's side of `transcripts.match-searches`. Outcomes: no-searches, gone, already-done, matched, nothing-matched. */
export function matchSearchesHandler(
  slice: Slice,
): JobHandler<{ accountId: string; transcriptId: string }> {
  const { db, search } = slice;
  return {
    definition: matchSearchesJob,
    async run({ accountId, transcriptId: id }) {
      const searches = await searchesOfAccount(db, accountId);
      if (searches.length === 0) return 'no-searches';
      const row = await db.prisma.transcript.findFirst({
        where: { accountId, id, state: 'READY' },
        select: { callId: true, edits: true, call: { select: { companyId: true } } },
      });
      if (!row) return 'gone';
      const { callId, edits } = row;
      const transcript = { accountId, id, callId, companyId: row.call.companyId, edits };
      const found = await search.judge(
        transcript,
        searches.map(({ query, filter }) => ({ clauses: parseQuery(query).clauses, filter })),
      );
      const matched = searches.filter((_, n) => found[n]);
      return db.transaction((tx) => settle(tx, slice, transcript, { searches, matched }));
    },
  };
}

async function settle(
  tx: Tx,
  { events, clock }: Slice,
  transcript: Asked,
  { searches, matched }: { searches: readonly SearchRow[]; matched: readonly SearchRow[] },
): Promise<string> {
  const { accountId, id: transcriptId, callId, companyId, edits } = transcript;
  const subject = `call:${callId}`;
  await events.lock(tx, accountId, [subject]);
  // what was edited meanwhile is asked about by the job of that edit
  if (!(await noteSearched(tx, transcript))) return 'already-done';
  const versions = await versionsOf(tx, accountId);
  if (searches.some(({ id, version }) => (versions.get(id) ?? version) !== version)) {
    // the next try asks as it is now
    throw new Error('A saved search was changed meanwhile.');
  }
  const told: NewEvent[] = [];
  // what was deleted meanwhile finds nothing more
  for (const { id, version } of matched.filter((one) => versions.has(one.id))) {
    told.push({
      definition: searchMatched,
      ...{ companyId, subject, occurredAt: clock.now(accountId) },
      subjectVersion: await bumpVersion(tx, accountId, callId),
      payload: { callId, transcriptId, savedSearchId: id, searchVersion: version, edits },
    });
  }
  if (told.length === 0) return 'nothing-matched';
  await events.append(tx, accountId, told);
  return 'matched';
}

async function versionsOf(tx: Tx, accountId: string): Promise<Map<string, number>> {
  const select = { id: true, version: true };
  const rows = await tx.savedSearch.findMany({ where: { accountId }, select });
  return new Map(rows.map(({ id, version }) => [id, version]));
}
