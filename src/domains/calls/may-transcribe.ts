// The company's switches for transcription (rules.md, L20, L21, L26): off means that no audio of that kind reaches any
// transcriber, whatever the tracker asked for. They are asked when a recording is stored, and again by the job.
import type { RecordingKind } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';

/** Whether recordings of this kind may be transcribed now. False when the company is gone. */
export async function mayTranscribe(
  tx: Tx,
  { accountId, companyId, kind }: { accountId: string; companyId: string; kind: RecordingKind },
): Promise<boolean> {
  const company = await tx.company.findUnique({
    where: { accountId_id: { accountId, id: companyId } },
    select: { callTranscription: true, voicemailTranscription: true },
  });
  return (kind === 'CALL' ? company?.callTranscription : company?.voicemailTranscription) ?? false;
}
