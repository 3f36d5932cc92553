// Somebody wants recordings tried again whose transcripts were given up: a provider is back, its key or the company's
// language was set right. Of a call that is named, also what nobody wanted written down at its time: request-of-call.ts.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import { transcriptionTerms } from '#domains/calls/index.ts';
import type { RecordingKind } from '#generated/prisma/enums.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { reopenTranscript } from '../store.ts';
import { beginAgain } from './begin-again.ts';
import { requestOfCall } from './request-of-call.ts';

/** Of one request: each is a transaction. */
export const MOST_REQUESTED = 100;

/** What another try cures no more: one of these is tried again when its call is named. */
const OF_THE_RECORDING = [
  ...['AUDIO_CORRUPT', 'AUDIO_EMPTY', 'AUDIO_UNSUPPORTED', 'AUDIO_TOO_LARGE'],
  'RECORDING_MISSING',
];

const shape = z.object({ companyId: z.uuid(), callId: z.uuid().nullish() });

/**
 * Has the recordings of a company written down again whose transcripts are FAILED, MOST_REQUESTED at most and those first
 * that failed first: what fails again comes last, so that the next request reaches others. What failed by the recording's own
 * fault, and what was never asked for, is passed over unless its call is named. What the company wants transcribed no more is
 * passed over; so a request may come again. Of a named call, who asks is told why nothing comes.
 * @returns how many are tried
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND; WRONG_STATE and AI_PROCESSING_NOT_ALLOWED of a named call
 */
export async function requestTranscription(
  platform: Pick<Platform, 'db' | 'events' | 'jobs' | 'clock' | 'config'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<number> {
  authorize(viewer, 'transcripts.edit');
  authorize(viewer, 'transcripts.read');
  const { companyId, callId } = parseInput(shape, request);
  const { db, events } = platform;
  const { accountId } = viewer;
  const company = await db.prisma.company.count({ where: { accountId, id: companyId } });
  if (company === 0 || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  if (callId) return requestOfCall(platform, viewer, { companyId, callId });
  const kinds: RecordingKind[] = [];
  for (const kind of ['CALL', 'VOICEMAIL'] as const) {
    if (await transcriptionTerms(db.prisma, { accountId, companyId, kind })) kinds.push(kind);
  }
  const failed = await db.prisma.transcript.findMany({
    where: {
      ...{ accountId, state: 'FAILED', call: { companyId } },
      recording: { state: 'READY', kind: { in: kinds } },
      NOT: { failure: { in: OF_THE_RECORDING } },
    },
    orderBy: [{ finishedAt: 'asc' }, { id: 'asc' }],
    take: MOST_REQUESTED,
    select: { id: true, callId: true, recordingId: true },
  });
  let requested = 0;
  for (const { id: transcriptId, callId: of, recordingId } of failed) {
    await db.transaction(async (tx) => {
      await events.lock(tx, accountId, [`call:${of}`]);
      if (!(await reopenTranscript(tx, { accountId, id: transcriptId }))) return;
      await beginAgain(tx, platform, viewer, { companyId, callId: of, recordingId, transcriptId });
      requested += 1;
    });
  }
  return requested;
}
