// The only writer of the table transcript_revision. When more is to be hidden, what stood in a segment before people
// corrected it, and what they wrote, is redacted too. Of a segment that is redacted anew they go: what had to be known to
// hide it may stand in its neighbours.
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { redactTranscript } from './redact.ts';

/** Keeps what an edit, the `edit`-th of its transcript, has changed. */
export async function storeRevisions(
  tx: Tx,
  of: { accountId: string; transcriptId: string; edit: number; editedAt: Date; editedBy: string },
  changed: readonly { n: number; before: string; after: string }[],
): Promise<void> {
  await tx.transcriptRevision.createMany({
    data: changed.map(({ n, before, after }) => ({ ...of, id: newId(), n, before, after })),
  });
}

/** Redacts a transcript's revisions by these classes, and deletes those of the segments that changed. */
export async function rewriteRevisions(
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
