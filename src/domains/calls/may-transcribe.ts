// The company's switches for transcription (rules.md, L20, L21, L26): off means that no audio of that kind reaches any
// transcriber, whatever the tracker asked for. They are asked when a recording is stored, and again by the job; for words that
// are written down while a call goes on, when that is asked of the carrier, with each that comes, and every second between.
import type { Prisma } from '#generated/prisma/client.ts';
import type { RecordingKind } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';

type Asked = { accountId: string; companyId: string; kind: RecordingKind };

/** What a company says of the transcription of a recording. */
export interface TranscriptionTerms {
  /** its audio may be given to the provider that the server is set up with */
  mayLeave: boolean;
  /** what is spoken, as a BCP 47 tag; null = nobody said */
  language: string | null;
}

/** The terms on which a recording may be transcribed now; null when it may not, or the company is gone. */
export async function transcriptionTerms(
  tx: Tx,
  { accountId, companyId, kind }: Asked,
): Promise<TranscriptionTerms | null> {
  const company = await tx.company.findUnique({
    where: { accountId_id: { accountId, id: companyId } },
    select: {
      ...{ callTranscription: true, voicemailTranscription: true },
      ...{ thirdPartyTranscription: true, speechLanguage: true },
    },
  });
  if (!company) return null;
  const isOn = kind === 'CALL' ? company.callTranscription : company.voicemailTranscription;
  return isOn
    ? { mayLeave: company.thirdPartyTranscription, language: company.speechLanguage }
    : null;
}

/** Whether recordings of this kind may be transcribed now. */
export async function mayTranscribe(tx: Tx, recording: Asked): Promise<boolean> {
  return (await transcriptionTerms(tx, recording)) !== null;
}

/** A call that may be written down while it goes on: its company and its tracker still say so. */
const IS_LIVE = {
  interaction: {
    company: { liveTranscription: true, thirdPartyTranscription: true, callTranscription: true },
  },
  tracker: { recording: true, transcription: true },
} as const satisfies Prisma.CallWhereInput;

/** Whether what is said on a call may be written down by the carrier, now. */
export async function mayHearLive(
  tx: Pick<Tx, 'call'>,
  accountId: string,
  callId: string,
): Promise<boolean> {
  return (await tx.call.count({ where: { accountId, id: callId, ...IS_LIVE } })) > 0;
}

/** Calls that the carrier writes down, and may not any more. Over all accounts: the sweeper's own read. */
export function findCallsToHush(
  db: { prisma: Pick<Tx, 'call'> },
  limit: number,
): Promise<{ accountId: string; id: string }[]> {
  return db.prisma.call.findMany({
    where: {
      // those that go on, of which there is an index
      wakeAt: { not: null },
      machine: { path: ['live'], equals: 'ASKED' },
      NOT: IS_LIVE,
    },
    take: limit,
    select: { accountId: true, id: true },
  });
}
