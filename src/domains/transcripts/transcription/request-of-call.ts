// The words of one call: what failed, also by the recording's own fault, and what nobody wanted written down at its time.
// Who names a call is told why there is nothing to be had.
import { transcriptionTerms } from '#domains/calls/index.ts';
import type { Recording, Transcript } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { knowsLanguage, nameProvider } from '#platform/speech/index.ts';
import { notFound, policyRefused, type Refused, refuseAll } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { awaitTranscript, reopenTranscript } from '../store.ts';
import { beginAgain } from './begin-again.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'jobs' | 'clock' | 'config'>;
type Heard = Pick<Recording, 'id' | 'kind' | 'state' | 'redaction'> & {
  transcripts: Pick<Transcript, 'id' | 'state'>[];
};

/**
 * Has the recordings of a call written down that are not. The caller has seen that the viewer may.
 * @returns how many are begun; 0 while all that can be had is under way
 * @throws Refused NOT_FOUND (no call of this company); WRONG_STATE with the reason of each recording when there is nothing to
 *   be had, AI_PROCESSING_NOT_ALLOWED where that is only for want of the company's leave
 */
export async function requestOfCall(
  slice: Slice,
  viewer: Viewer,
  { companyId, callId }: { companyId: string; callId: string },
): Promise<number> {
  const { db, events, clock } = slice;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    const call = await tx.call.findFirst({
      where: { accountId, id: callId, companyId },
      select: {
        recordings: {
          orderBy: { kind: 'asc' },
          select: {
            ...{ id: true, kind: true, state: true, redaction: true },
            transcripts: { select: { id: true, state: true } },
          },
        },
      },
    });
    if (!call) throw notFound('callId', 'Call');
    if (call.recordings.length === 0) throw wrongState('It was not recorded.');
    const reasons: Refused[] = [];
    let requested = 0;
    for (const recording of call.recordings) {
      const reason = await whyNot(tx, slice, { accountId, companyId }, recording);
      if (reason) reasons.push(reason);
      if (reason || isUnderWay(recording)) continue;
      const recordingId = recording.id;
      const [failed] = recording.transcripts;
      const transcriptId = failed
        ? (await reopenTranscript(tx, { accountId, id: failed.id })) && failed.id
        : await awaitTranscript(tx, { accountId, callId, recordingId }, clock.now(accountId));
      if (!transcriptId) continue;
      await beginAgain(tx, slice, viewer, { companyId, callId, recordingId, transcriptId });
      requested += 1;
    }
    if (reasons.length === call.recordings.length) refuseAll(reasons);
    return requested;
  });
}

/** Its words are waited for; also before the job has begun that the recording brought with it. */
const isUnderWay = ({ redaction, transcripts: [one] }: Heard) =>
  one ? one.state === 'WAITING' || one.state === 'TRANSCRIBING' : redaction === 'PENDING';

const SWITCHES = { CALL: 'callTranscription', VOICEMAIL: 'voicemailTranscription' } as const;
const WHAT = { CALL: 'The recording of the call', VOICEMAIL: 'The voicemail' } as const;

/** Why no words of a recording are to be had; null when they are. */
async function whyNot(
  tx: Tx,
  { config }: Slice,
  company: { accountId: string; companyId: string },
  { kind, state, transcripts: [transcript] }: Heard,
): Promise<Refused | null> {
  const what = WHAT[kind];
  if (state === 'DELETED' || state === 'EXPIRED') return wrongState(`${what} was deleted.`);
  if (state === 'FAILED') return wrongState(`${what} did not come: see its failure.`);
  if (state !== 'READY') {
    return wrongState(`${what} is not stored yet. Ask again once it is READY.`);
  }
  if (transcript?.state === 'READY') return wrongState(`${what} is written down already.`);
  const terms = await transcriptionTerms(tx, { ...company, kind });
  if (!terms) {
    const name = SWITCHES[kind];
    return wrongState(
      `${what} may not be transcribed: the company has ${name} switched off (updateCompany).`,
    );
  }
  const { mayLeave, language } = terms;
  const provider = nameProvider(config);
  if (knowsLanguage(mayLeave ? provider : null, language)) return null;
  const unknown = `${what} cannot be transcribed: the engine does not know the speechLanguage of the company, ${language}.`;
  if (mayLeave || !knowsLanguage(provider, language)) {
    return wrongState(`${unknown} Set it right, or have a provider used that knows it.`);
  }
  return policyRefused(
    'AI_PROCESSING_NOT_ALLOWED',
    `${unknown} The transcriptionProvider of this server does, which may be a third party: updateCompany(thirdPartyTranscription: true) gives it recordings. Or set speechLanguage right.`,
    { field: 'callId' },
  );
}

const wrongState = (message: string) => policyRefused('WRONG_STATE', message, { field: 'callId' });
