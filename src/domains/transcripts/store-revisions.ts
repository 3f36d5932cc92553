// The only writer of the table transcript_revision. When more is to be hidden, what stood in a segment before people
// corrected it, and what they wrote, is redacted too. Of a segment that is redacted anew they go: what had to be known to
// hide it may stand in its neighbours.
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { trimMarks } from '#values/trim-marks.ts';
import { type RedactableSegment, type Redaction, redactTranscript } from './redact.ts';
import { LABELS } from './redact-labels.ts';

/** A segment with its number in the transcript, as redaction takes it. */
export interface SpokenSegment extends RedactableSegment {
  n: number;
}

/** What the rules look at around a number, and more. */
const AROUND_MS = 60_000;

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

/**
 * Redacts what stood in a transcript before an edit that made something known: as it would be now in its place, and of the
 * edited segment also the words that are hidden in the new text. Of other segments that changed it goes.
 * @param edit.spoken all segments with the new text among them, before that was redacted
 * @param edit.hidden what was hidden in them
 */
export async function redactPast(
  tx: Tx,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  classes: readonly RedactionClass[],
  edit: {
    n: number;
    spoken: readonly SpokenSegment[];
    changed: readonly { n: number }[];
    hidden: readonly Redaction[];
  },
): Promise<void> {
  const { n: editedAt, spoken, changed, hidden } = edit;
  const gone = changed.map(({ n }) => n).filter((n) => n !== editedAt);
  await tx.transcriptRevision.deleteMany({ where: { accountId, transcriptId, n: { in: gone } } });
  const edited = spoken.find(({ n }) => n === editedAt);
  const labels = edited ? labelsOf(edited, hidden) : new Map<string, string>();
  const kept = await tx.transcriptRevision.findMany({ where: { accountId, transcriptId } });
  for (const { id, n, before, after } of kept) {
    const redact = (text: string) => {
      const inPlace = redactInPlace(spoken, n, text, classes);
      return n === editedAt ? putLabels(inPlace, labels) : inPlace;
    };
    const data = { before: redact(before), after: redact(after) };
    if (data.before === before && data.after === after) continue;
    await tx.transcriptRevision.update({ where: { accountId_id: { accountId, id } }, data });
  }
}

/** A text as if it was said right behind what the segment says. */
function redactInPlace(
  spoken: readonly SpokenSegment[],
  n: number,
  text: string,
  classes: readonly RedactionClass[],
): string {
  const at = spoken.find((one) => one.n === n);
  if (!at) return redactAlone(text, classes);
  const around = spoken.filter(
    ({ startMs, endMs }) => endMs >= at.startMs - AROUND_MS && startMs <= at.endMs + AROUND_MS,
  );
  const place = around.indexOf(at) + 1;
  const { segments } = redactTranscript(
    around.toSpliced(place, 0, { ...at, text, words: [] }),
    classes,
  );
  return segments[place]?.text ?? '';
}

const plain = (word: string) => trimMarks(word.toLowerCase());

/** The words of a segment that were hidden in it, each with its label. */
function labelsOf(
  { channel, words }: SpokenSegment,
  hidden: readonly Redaction[],
): Map<string, string> {
  return new Map(
    words.flatMap(({ text, startMs, endMs }) => {
      const by = hidden.find(
        (one) => one.channel === channel && one.startMs <= startMs && one.endMs >= endMs,
      );
      return by ? [[plain(text), LABELS[by.kind]] as const] : [];
    }),
  );
}

function putLabels(text: string, labels: ReadonlyMap<string, string>): string {
  return text
    .split(' ')
    .map((word) => labels.get(plain(word)) ?? word)
    .join(' ');
}

function redactAlone(text: string, classes: readonly RedactionClass[]): string {
  const alone = { channel: 0, startMs: 0, endMs: 0, text, words: [] };
  return redactTranscript([alone], classes).segments[0]?.text ?? '';
}
