// The job that carries a company's wishes for redaction through its past: what is to be hidden now is hidden in transcripts
// of before, and what was heard is kept no longer than its company wants, while a call went on no longer than a day. What is
// cut off goes on with the next one.
import type { Tx } from '#platform/db/index.ts';
import { type JobHandler, workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { keepRedactionJob, repeatRedactionJob } from '../jobs.ts';
import { dropOldLive } from '../live/store-live.ts';
import { makeDue } from '../store-words.ts';
import {
  type CompanyToRedact,
  companiesToPass,
  companiesWithLate,
  transcriptsToRedact,
} from './find-to-redact.ts';
import { dropUnwantedRaw, takeUnopened } from './store-raw.ts';
import { dropPass, storePass } from './store-redaction-pass.ts';
import { dueAgain } from './store-redaction-tries.ts';

type Slice = Pick<Platform, 'db' | 'jobs' | 'clock' | 'secrets' | 'log'>;

/** of one company in one minute: each is a job, and some make a copy of their sound */
const TRANSCRIPTS_AT_ONCE = 500;
/** of one transaction, which has 5 s; and so many transactions in a minute */
const RAW_AT_ONCE = 200;
const LIVE_AT_ONCE = 1_000;
const PORTIONS = 50;
/** how long words of a call that went on are kept where no transcript comes of it */
const LIVE_MS = 24 * 3_600_000;

/**
 * The worker's side of `transcripts.keep-redaction`, over all accounts: one company that fails stops no other. Outcome: how
 * many are redacted again, how many dropped.
 */
export function keepRedactionHandler(slice: Slice): JobHandler<Record<string, never>> {
  const { db, clock, secrets, log } = slice;
  /** by company: where this process's last look at its past ended, so that a long past is not walked anew each minute */
  const reached = new Map<string, string>();
  return {
    definition: keepRedactionJob,
    async run(_payload, { signal }) {
      // first: nothing that fails below may keep what nobody wants to be kept
      const dropped = await drop(db, RAW_AT_ONCE, dropUnwantedRaw);
      const dayAgo = new Date(clock.now('').getTime() - LIVE_MS);
      await drop(db, LIVE_AT_ONCE, (tx, limit) => dropOldLive(tx, dayAgo, limit));
      // a key is back, or another one is tried: what it may open is looked through anew
      await db.transaction(async (tx) => {
        for (const one of await takeUnopened(tx, secrets, RAW_AT_ONCE)) {
          await makeDue(tx, one.accountId, one.transcriptId);
          await dropPass(tx, { accountId: one.accountId, companyId: one.companyId });
        }
      });
      const retried = await tryAgain(slice);
      const found = [...(await companiesToPass(db)), ...(await companiesWithLate(db))];
      const companies = [...new Map(found.map((one) => [one.id, one])).values()];
      const again = await workOff(companies, { log, signal }, (one) =>
        pass(slice, one, reached, signal),
      );
      return `${retried + again} redacted again, ${dropped} raw dropped`;
    },
  };
}

/** Drops what some drop, so many at once. What is left then goes in the next minute. */
async function drop(
  db: Slice['db'],
  limit: number,
  some: (tx: Tx, limit: number) => Promise<number>,
): Promise<number> {
  let dropped = 0;
  for (let n = 0; n < PORTIONS; n += 1) {
    const count = await db.transaction((tx) => some(tx, limit));
    dropped += count;
    if (count < limit) break;
  }
  return dropped;
}

/** What failed before and is due again. Due times are the accounts' business time; this spans accounts, so it reads the server's. */
async function tryAgain({ db, jobs, clock }: Slice): Promise<number> {
  const due = await dueAgain(db.prisma, clock.now(''), TRANSCRIPTS_AT_ONCE);
  await db.transaction((tx) =>
    jobs.enqueueAll(tx, repeatRedactionJob, due, (one) => one.transcriptId),
  );
  return due.length;
}

/** Has a company's transcripts redacted again, or notes that it is through: what failed comes by its own time. */
async function pass(
  { db, jobs }: Slice,
  company: CompanyToRedact,
  reached: Map<string, string>,
  signal: AbortSignal,
): Promise<number> {
  const { accountId, id: companyId, redactionClasses: classes } = company;
  const name = `${companyId} ${classes.join()}`;
  const look = (before: string | null) =>
    transcriptsToRedact(db.prisma, company, { limit: TRANSCRIPTS_AT_ONCE, before, signal });
  const from = reached.get(name) ?? null;
  const next = await look(from);
  // it is through when there is nothing from its newest call on: behind the place more may have come
  const due = from !== null && next.found.length === 0 ? await look(null) : next;
  if (due.reached) reached.set(name, due.reached);
  else reached.delete(name);
  await db.transaction(async (tx) => {
    const payloads = due.found.map((transcriptId) => ({ accountId, transcriptId }));
    await jobs.enqueueAll(tx, repeatRedactionJob, payloads, (one) => one.transcriptId);
    if (due.found.length > 0) return;
    // one that is being stored now asks for the classes itself
    await storePass(tx, { accountId, companyId }, classes);
  });
  return due.found.length;
}
