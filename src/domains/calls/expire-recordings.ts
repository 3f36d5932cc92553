// The daily job that keeps to each company's retention: recordings past it end one by one, each in a small transaction,
// oldest first. What a crash or a stop cuts off is found again; a recording ends once.
import { type JobHandler, workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { endRecording } from './delete-recording.ts';
import { expireRecordingsJob, removeRecordingJob } from './jobs.ts';
import { findLeftAudio, findOldRecordings } from './store-recordings.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'log'>;

const CHUNK = 100;
const DAY_MS = 86_400_000;
/** the job that removes audio has given up by then */
const LEFT_AFTER_MS = DAY_MS;
const HAND = 'system:retention';

/** The worker's side of `calls.expire-recordings`. The outcome tells how many recordings ended. */
export function expireRecordingsHandler(platform: Needs): JobHandler<Record<string, never>> {
  return {
    definition: expireRecordingsJob,
    async run(_payload, { signal }) {
      // first, so that no recording that cannot end keeps what has ended where it is
      const left = await removeLeftAudio(platform, signal);
      const ended = await expireRecordings(platform, signal);
      return `${ended} recordings ended, ${left} removals tried anew`;
    },
  };
}

/**
 * Ends the recordings of all companies that began as many days ago as the company keeps them, or more.
 * @param signal throws at the next recording once it has aborted; the next run goes on
 * @returns how many ended; throws after all others when a company has failed
 */
export async function expireRecordings(platform: Needs, signal: AbortSignal): Promise<number> {
  const { db, clock, log } = platform;
  const companies = await db.prisma.company.findMany({
    where: { recordingRetentionDays: { not: null } },
    orderBy: [{ accountId: 'asc' }, { id: 'asc' }],
    select: { accountId: true, id: true, recordingRetentionDays: true },
  });
  const places = companies.map(({ id: companyId, ...of }) => ({ ...of, companyId }));
  let ended = 0;
  await workOff(places, { log, signal, chunk: CHUNK }, async (place) => {
    const { accountId, companyId, recordingRetentionDays: days } = place;
    const until = new Date(clock.now(accountId).getTime() - (days ?? 0) * DAY_MS);
    const old = await findOldRecordings(db.prisma, { accountId, companyId }, until, CHUNK);
    ended += await workOff(old, { log, signal }, (recording) => expire(platform, recording));
    return old.length;
  });
  return ended;
}

/** 1 when it ended by this, 0 when it had ended meanwhile. */
function expire(
  platform: Needs,
  recording: Awaited<ReturnType<typeof findOldRecordings>>[number],
): Promise<number> {
  const { accountId, id, callId } = recording;
  return platform.db.transaction(async (tx) => {
    await platform.events.lock(tx, accountId, [`call:${callId}`]);
    const row = await tx.recording.findUnique({
      where: { accountId_id: { accountId, id } },
      select: { state: true },
    });
    if (row?.state !== 'READY' && row?.state !== 'FAILED') return 0;
    await endRecording(tx, platform, recording, { state: 'EXPIRED', by: HAND });
    return 1;
  });
}

/** Enqueues the removal of audio anew whose job gave up (a carrier out of reach for a day). */
async function removeLeftAudio({ db, clock, jobs }: Needs, signal: AbortSignal): Promise<number> {
  // deletions are dated in the accounts' business time; this spans accounts, so it reads the server's
  const before = new Date(clock.now('').getTime() - LEFT_AFTER_MS);
  let total = 0;
  let after: { deletedAt: Date; id: string } | null = null;
  for (;;) {
    signal.throwIfAborted();
    const left = await findLeftAudio(db.prisma, before, after, CHUNK);
    const payloads = left.map(({ accountId, id }) => ({ accountId, recordingId: id }));
    // one that waits since an earlier look is not added again
    const keyOf = ({ recordingId }: { recordingId: string }) => `left:${recordingId}`;
    await db.transaction((tx) => jobs.enqueueAll(tx, removeRecordingJob, payloads, keyOf));
    total += left.length;
    const last = left.at(-1);
    if (!last?.deletedAt || left.length < CHUNK) return total;
    after = { deletedAt: last.deletedAt, id: last.id };
  }
}
