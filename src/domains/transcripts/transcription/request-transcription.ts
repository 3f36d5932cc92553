// Somebody wants recordings tried again whose transcripts were given up: a provider is back, its key or the company's
// language was set right. Their sound, which nobody might hear meanwhile, opens with their words.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { announceChange, reopenFailed, transcriptionTerms } from '#domains/calls/index.ts';
import type { RecordingKind } from '#generated/prisma/enums.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { transcribeJob } from '../jobs.ts';
import { reopenTranscript } from '../store.ts';

/** Of one request: each is a transaction. */
export const MOST_REQUESTED = 100;

/** What another try cures no more: one of these is tried again when its call is named. */
const OF_THE_RECORDING = [
  ...['AUDIO_CORRUPT', 'AUDIO_EMPTY', 'AUDIO_UNSUPPORTED', 'AUDIO_TOO_LARGE'],
  'RECORDING_MISSING',
];

const shape = z.object({ companyId: z.uuid(), callId: z.uuid().nullish() });

/**
 * Has the recordings of a company, or of one call of it, written down again whose transcripts are FAILED, MOST_REQUESTED at
 * most and those first that failed first: what fails again comes last, so that the next request reaches others. What failed
 * by the recording's own fault is tried again for a named call alone. What the company wants transcribed no more is passed
 * over; so a request may come again.
 * @returns how many are tried again
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND
 */
export async function requestTranscription(
  platform: Pick<Platform, 'db' | 'events' | 'jobs' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<number> {
  authorize(viewer, 'transcripts.edit');
  authorize(viewer, 'transcripts.read');
  const { companyId, callId } = parseInput(shape, request);
  const { db, events, jobs, clock } = platform;
  const { accountId } = viewer;
  const company = await db.prisma.company.count({ where: { accountId, id: companyId } });
  if (company === 0 || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  const kinds: RecordingKind[] = [];
  for (const kind of ['CALL', 'VOICEMAIL'] as const) {
    if (await transcriptionTerms(db.prisma, { accountId, companyId, kind })) kinds.push(kind);
  }
  const failed = await db.prisma.transcript.findMany({
    where: {
      ...{ accountId, state: 'FAILED', call: { companyId }, ...(callId && { callId }) },
      recording: { state: 'READY', kind: { in: kinds } },
      ...(!callId && { NOT: { failure: { in: OF_THE_RECORDING } } }),
    },
    orderBy: [{ finishedAt: 'asc' }, { id: 'asc' }],
    take: MOST_REQUESTED,
    select: { id: true, callId: true, recordingId: true },
  });
  let requested = 0;
  for (const { id, callId: of, recordingId } of failed) {
    await db.transaction(async (tx) => {
      await events.lock(tx, accountId, [`call:${of}`]);
      if (!(await reopenTranscript(tx, { accountId, id }))) return;
      await reopenFailed(tx, { accountId, id: recordingId });
      // by no key of its own: it is added once, as it is waited for once, and the job that failed may be ending still
      await jobs.enqueue(tx, transcribeJob, { accountId, recordingId });
      const call = { accountId, callId: of, companyId };
      await announceChange(tx, platform, call, ['recording', 'transcript']);
      await audit(tx, viewer, clock, {
        action: 'requestTranscription',
        subject: `call:${of}`,
        after: { transcriptId: id },
      });
      requested += 1;
    });
  }
  return requested;
}
