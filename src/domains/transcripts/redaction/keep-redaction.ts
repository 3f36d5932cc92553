// The job that carries a company's wishes for redaction through its past: what is to be hidden now is hidden in transcripts
// of before, and what was heard is kept no longer than its company wants, while a call went on no longer than a day. What is
// cut off goes on with the next one.
import type { Company } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { REDACTION_CLASSES } from '#values/redaction-classes.ts';
import { keepRedactionJob, repeatRedactionJob } from '../jobs.ts';
import { dropOldLive } from '../live/store-live.ts';
import { makeDue } from '../store-words.ts';
import { REDACTION_VERSION } from './rules/redact-classes.ts';
import { dropUnwantedRaw, takeUnopened } from './store-raw.ts';
import { dropPass, storePass } from './store-redaction-pass.ts';

const COMPANIES_AT_ONCE = 200;
/** of one company in one minute: each is a job, and some make a copy of their sound */
const TRANSCRIPTS_AT_ONCE = 500;
/** of one transaction, which has 5 s; and so many transactions in a minute */
const RAW_AT_ONCE = 200;
const RAW_PORTIONS = 50;
/** how long words of a call that went on are kept where no transcript comes of it */
const LIVE_MS = 24 * 3_600_000;

/** The worker's side of `transcripts.keep-redaction`, over all accounts. Outcome: how many are redacted again, how many dropped. */
export function keepRedactionHandler(
  slice: Pick<Platform, 'db' | 'jobs' | 'clock' | 'secrets'>,
): JobHandler<Record<string, never>> {
  const { db, jobs, clock, secrets } = slice;
  return {
    definition: keepRedactionJob,
    async run() {
      const dayAgo = new Date(clock.now('').getTime() - LIVE_MS);
      await db.transaction((tx) => dropOldLive(tx, dayAgo));
      // a key is back, or another one is tried: what it may open is looked through anew
      await db.transaction(async (tx) => {
        for (const one of await takeUnopened(tx, secrets, RAW_AT_ONCE)) {
          await makeDue(tx, one.accountId, one.transcriptId);
          await dropPass(tx, { accountId: one.accountId, companyId: one.companyId });
        }
      });
      const found = [...(await companiesToPass(db)), ...(await companiesWithLate(db))];
      const companies = new Map(found.map((one) => [one.id, one]));
      let again = 0;
      for (const { accountId, id: companyId, redactionClasses: classes } of companies.values()) {
        const due = await db.prisma.transcript.findMany({
          where: {
            ...{ accountId, state: 'READY', call: { companyId } },
            OR: [
              { redactionVersion: { lt: REDACTION_VERSION } },
              ...classes.map((one) => ({ NOT: { redactionClasses: { has: one } } })),
            ],
          },
          // what fails again and again keeps none from its turn that came after it
          orderBy: { id: 'desc' },
          take: TRANSCRIPTS_AT_ONCE,
          select: { id: true },
        });
        again += due.length;
        await db.transaction(async (tx) => {
          const payloads = due.map(({ id: transcriptId }) => ({ accountId, transcriptId }));
          await jobs.enqueueAll(tx, repeatRedactionJob, payloads, (one) => one.transcriptId);
          if (due.length > 0) return;
          // one that is being stored now asks for the classes itself
          await storePass(tx, { accountId, companyId }, classes);
        });
      }
      let dropped = 0;
      for (let n = 0; n < RAW_PORTIONS; n += 1) {
        const count = await db.transaction((tx) => dropUnwantedRaw(tx, RAW_AT_ONCE));
        dropped += count;
        if (count < RAW_AT_ONCE) break;
      }
      return `${again} redacted again, ${dropped} raw dropped`;
    },
  };
}

type Companies = Pick<Company, 'accountId' | 'id' | 'redactionClasses'>[];

/** Companies that want another thing hidden than was looked for, or by older rules. */
function companiesToPass({ prisma }: Pick<Db, 'prisma'>): Promise<Companies> {
  return prisma.company.findMany({
    where: {
      OR: [
        { redactionPass: null },
        { redactionPass: { redactionVersion: { lt: REDACTION_VERSION } } },
        ...REDACTION_CLASSES.flatMap((one) => [
          { redactionClasses: { has: one }, NOT: { redactionPass: { classes: { has: one } } } },
          // what is wanted no more is forgotten: when it is wanted again, what came between is looked through
          { redactionPass: { classes: { has: one } }, NOT: { redactionClasses: { has: one } } },
        ]),
      ],
    },
    take: COMPANIES_AT_ONCE,
    select: { accountId: true, id: true, redactionClasses: true },
  });
}

/**
 * Companies of some transcripts by older rules: also of those that are through, but for what a worker of before has stored
 * since. Versions run beside each other while one takes the other's place.
 */
async function companiesWithLate({ prisma }: Pick<Db, 'prisma'>): Promise<Companies> {
  const late = await prisma.transcript.findMany({
    where: { state: 'READY', redactionVersion: { lt: REDACTION_VERSION } },
    take: TRANSCRIPTS_AT_ONCE,
    select: { call: { select: { accountId: true, companyId: true } } },
  });
  const ids = new Map(late.map(({ call }) => [call.companyId, call]));
  return prisma.company.findMany({
    where: { OR: [...ids.values()].map(({ accountId, companyId: id }) => ({ accountId, id })) },
    select: { accountId: true, id: true, redactionClasses: true },
  });
}
