// The jobs that read transcripts for topics: each when it is ready or its words change, and those gone by, once a day and
// with each start, until all of an account were read under these rules.
import { listAccounts } from '#domains/accounts/index.ts';
import { type Db, isDatabaseUnavailable, tenantSql } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { isEnglish } from '#values/is-english.ts';
import { findTermsJob, keepTermsJob } from '../jobs.ts';
import { dropPass, isThrough, storePass, storeTerms } from './store-terms.ts';
import { TERMS_VERSION, termsOf } from './terms.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'log'>;
interface Place {
  accountId: string;
  transcriptId: string;
}

/** transcripts that are looked at at once */
const CHUNK = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The worker's side of `intelligence.find-terms`. Outcomes: gone, or how many terms were found. */
export function findTermsHandler(slice: Slice): JobHandler<Place> {
  return {
    definition: findTermsJob,
    async run(place) {
      const count = await findTerms(slice, place);
      return count === null ? 'gone' : `found ${count}`;
    },
    async giveUp({ accountId }) {
      // the daily look finds it
      await dropPass(slice.db.prisma, accountId);
      return 'left to the daily look';
    },
  };
}

/**
 * The worker's side of `intelligence.keep-terms`, over all accounts. One transcript that cannot be read stops no other.
 * Outcome: how many transcripts were read, and how many could not be.
 */
export function keepTermsHandler(slice: Slice): JobHandler<Record<string, never>> {
  return {
    definition: keepTermsJob,
    async run(_payload, { signal }) {
      let [read, failed] = [0, 0];
      for (const { id: accountId } of await listAccounts(slice.db.prisma)) {
        if (await isThrough(slice.db.prisma, accountId)) continue;
        const before = read + failed;
        for await (const transcriptId of unread(slice.db, accountId)) {
          signal.throwIfAborted();
          const count = await tryToFind(slice, { accountId, transcriptId });
          if (count === 'failed') failed += 1;
          else if (count !== null) read += 1;
        }
        // a look that finds nothing is the last; before it a worker of older rules may still write
        if (read + failed === before) await storePass(slice.db.prisma, accountId);
      }
      return failed > 0 ? `read ${read}, failed ${failed}` : `read ${read}`;
    },
  };
}

async function tryToFind(slice: Slice, place: Place): Promise<number | null | 'failed'> {
  try {
    return await findTerms(slice, place);
  } catch (error) {
    // that is true of all of them, and the job comes again
    if (isDatabaseUnavailable(error)) throw error;
    slice.log.error({ ...place, err: error }, 'a transcript could not be read for topics');
    return 'failed';
  }
}

/** The transcripts of an account that were not read under these rules. Each is looked at once, in the order of the key. */
async function* unread({ pool }: Pick<Db, 'pool'>, accountId: string): AsyncGenerator<string> {
  const sql = tenantSql(accountId);
  for (let after = BEFORE_ALL; ; ) {
    const looked = await sql`
      select t.id, coalesce(r.rules, -1) < ${TERMS_VERSION}::int as "isDue"
        from (select id from transcript
               where account_id = ${sql.account} and state = 'READY' and id > ${after}::uuid
               order by id limit ${CHUNK}::int) t
        left join topic_reading r on r.account_id = ${sql.account} and r.transcript_id = t.id
       order by t.id`.rows<{ id: string; isDue: boolean }>(pool);
    for (const { id, isDue } of looked) if (isDue) yield id;
    const last = looked.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Reads a transcript as it stands; null when it is gone, or not ready. */
async function findTerms(
  { db, events }: Slice,
  { accountId, transcriptId }: Place,
): Promise<number | null> {
  const where = { accountId, id: transcriptId, state: 'READY' as const };
  const known = await db.prisma.transcript.findFirst({ where, select: { callId: true } });
  if (!known) return null;
  return db.transaction(async (tx) => {
    // whoever changes the words or erases them holds this lock, so what is read here is what stands
    await events.lock(tx, accountId, [`call:${known.callId}`]);
    const row = await tx.transcript.findFirst({
      where,
      select: {
        ...{ callId: true, language: true, languageSource: true },
        call: { select: { companyId: true, startedAt: true } },
        segments: { select: { n: true, speaker: true, text: true } },
      },
    });
    if (!row) return null;
    const { callId, language, languageSource, call, segments } = row;
    // an engine that knows one language writes that one, whatever was spoken
    const understood = language === null ? languageSource === 'NOT_SUPPORTED' : isEnglish(language);
    const terms = understood ? termsOf(segments) : [];
    await storeTerms(tx, { accountId, transcriptId, callId, ...call, understood }, terms);
    return terms.length;
  });
}
