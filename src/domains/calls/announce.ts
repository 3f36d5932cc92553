// Says what a step did: recordings' rows and jobs, and the events that the world hears, in the step's transaction.
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { callAnswered, callEnded, callRinging, callUpdated, recordingFailed } from './events.ts';
import { fetchRecordingJob } from './jobs.ts';
import type { CallMachine, RecordingFact, Stepped } from './machine-state.ts';
import { outcomeOf } from './outcome.ts';
import { saveRecording } from './store.ts';

/** the carrier tells of a recording within seconds of the hang-up; after this we go and look */
const LOOK_AFTER_MS = 30_000;

interface About {
  accountId: string;
  id: string;
  companyId: string;
}
/** A recording that failed in this step. */
interface FailedRecording {
  kind: 'CALL' | 'VOICEMAIL';
  reason: string;
}

/** Writes recordings that changed between two states, and the jobs that fetch them. Returns those that failed. */
export async function followRecordings(
  tx: Tx,
  slice: Pick<Platform, 'jobs' | 'clock'>,
  about: About,
  before: CallMachine,
  after: CallMachine,
): Promise<FailedRecording[]> {
  const failed: FailedRecording[] = [];
  const justEnded = before.endedAt === null && after.endedAt !== null;
  const facts: [FailedRecording['kind'], RecordingFact | null, RecordingFact | null][] = [
    ['CALL', before.recording, after.recording],
    ['VOICEMAIL', before.voicemail, after.voicemail],
  ];
  for (const [kind, was, is] of facts) {
    if (!is) continue;
    const changed = was?.state !== is.state;
    const missing = justEnded && is.state === 'ASKED';
    if (!changed && !missing) continue;
    const { recordingId } = await saveRecording(tx, about, kind, is, after.noticeEndedAt);
    const payload = { accountId: about.accountId, recordingId };
    if (changed && is.state === 'SAVED') {
      await slice.jobs.enqueue(tx, fetchRecordingJob, payload);
    } else if (missing) {
      const startAfter = new Date(slice.clock.now(about.accountId).getTime() + LOOK_AFTER_MS);
      await slice.jobs.enqueue(tx, fetchRecordingJob, payload, { startAfter });
    } else if (changed && is.state === 'FAILED') {
      failed.push({ kind, reason: is.failure ?? 'INTERNAL_ERROR' });
    }
  }
  return failed;
}

/** What followers of a live call see change though no word of its own tells of it: its steps, a recording that begins. */
export function progressOf(before: CallMachine, after: CallMachine): string[] {
  const changes: string[] = [];
  if (JSON.stringify(before.steps) !== JSON.stringify(after.steps)) changes.push('steps');
  if (before.recording === null && after.recording !== null) changes.push('recording');
  if (before.voicemail === null && after.voicemail !== null) changes.push('voicemail');
  return changes;
}

/**
 * Appends the events of a step. Their times are the call's own, as the carrier told them.
 * @param about.version of the first event; each further one has the next
 * @param progress what else changed; told only where no word tells of the call anyway
 */
export async function announce(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  about: About & { version: number },
  machine: CallMachine,
  words: readonly ('ringing' | Stepped['announce'][number])[],
  failed: readonly FailedRecording[] = [],
  progress: readonly string[] = [],
): Promise<void> {
  const { accountId, id: callId, companyId, version } = about;
  const base = { companyId, subject: `call:${callId}`, subjectVersion: version };
  const now = clock.now(accountId);
  const told = words.map((word): NewEvent => {
    if (word === 'ended') return endedEvent(base, callId, machine, now);
    const payload = word === 'corrected' ? { callId, changes: ['outcome'] } : { callId };
    const [definition, at] = {
      ringing: [callRinging, machine.startedAt] as const,
      answered: [callAnswered, machine.bridgedAt] as const,
      corrected: [callUpdated, null] as const,
    }[word];
    return { ...base, definition, occurredAt: at ? new Date(at) : now, payload };
  });
  const lost = failed.map(
    ({ kind, reason }): NewEvent => ({
      ...base,
      definition: recordingFailed,
      occurredAt: now,
      payload: { callId, kind, reason },
    }),
  );
  const moved: NewEvent[] =
    progress.length > 0
      ? [
          {
            ...base,
            definition: callUpdated,
            occurredAt: now,
            payload: { callId, changes: [...progress] },
          },
        ]
      : [];
  await events.append(
    tx,
    accountId,
    [...told, ...lost, ...moved].map((event, n) => ({ ...event, subjectVersion: version + n })),
  );
}

function endedEvent(
  base: Pick<NewEvent, 'companyId' | 'subject' | 'subjectVersion'>,
  callId: string,
  machine: CallMachine,
  now: Date,
): NewEvent {
  const endedAt = machine.endedAt ? new Date(machine.endedAt) : now;
  const lastedMs = endedAt.getTime() - Date.parse(machine.startedAt);
  const payload = {
    callId,
    outcome: outcomeOf(machine) ?? 'MISSED',
    durationSeconds: Math.max(0, Math.round(lastedMs / 1_000)),
  };
  return { ...base, definition: callEnded, occurredAt: endedAt, payload };
}
