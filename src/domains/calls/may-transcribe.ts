// The company's switches for transcription (rules.md, L20, L21, L26): off means that no audio of that kind reaches any
// transcriber, whatever the tracker asked for. They are asked when a recording is stored, and again by the job.
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
