// What people corrected before more was to be hidden: what stood in a segment then, and what they wrote, is redacted too. Of
// a segment that is redacted anew they go: what had to be known to hide it may stand in its neighbours.
import type { Tx } from '#platform/db/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { redactTranscript } from './redact.ts';

/** Redacts a transcript's revisions by these classes, and deletes those of the segments that changed. */
export async function redactRevisions(
  tx: Tx,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  classes: readonly RedactionClass[],
  changed: readonly { n: number }[],
): Promise<void> {
  await tx.transcriptRevision.deleteMany({
    where: { accountId, transcriptId, n: { in: changed.map(({ n }) => n) } },
  });
  const kept = await tx.transcriptRevision.findMany({ where: { accountId, transcriptId } });
  for (const { id, before, after } of kept) {
    const data = { before: redactAlone(before, classes), after: redactAlone(after, classes) };
    if (data.before === before && data.after === after) continue;
    await tx.transcriptRevision.update({ where: { accountId_id: { accountId, id } }, data });
  }
}

function redactAlone(text: string, classes: readonly RedactionClass[]): string {
  const alone = { channel: 0, startMs: 0, endMs: 0, text, words: [] };
  return redactTranscript([alone], classes).segments[0]?.text ?? '';
}
