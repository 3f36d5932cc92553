// The only writer of the table transcript_revision. When more is to be hidden, what stood in a segment before people
// corrected it, and what they wrote, is redacted too. Of a segment that is redacted anew they go: what had to be known to
// hide it may stand in its neighbours.
import type { TranscriptRevision } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { trimMarks } from '#values/trim-marks.ts';
import { type RedactableSegment, type Redaction, redactTranscript } from '../redaction/redact.ts';
import { LABELS } from '../redaction/rules/redact-labels.ts';

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

/** What is looked for, and in which language: as redactTranscript takes them. */
interface Rules {
  classes: readonly RedactionClass[];
  language: string | null;
}

/** A revision as it is to stand from now on. */
type Rewritten = Pick<TranscriptRevision, 'id' | 'before' | 'after'>;

/**
 * Finds what redaction takes out of a transcript's revisions: each as it would be now in its place. Those of segments that
 * changed are left out: they go.
 * @param spoken all segments as they are redacted now
 * @returns those that are another by it
 */
export async function redactRevisions(
  tx: Tx,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  rules: Rules,
  { spoken, changed }: { spoken: readonly SpokenSegment[]; changed: readonly { n: number }[] },
): Promise<Rewritten[]> {
  const gone = changed.map(({ n }) => n);
  const kept = await tx.transcriptRevision.findMany({
    where: { accountId, transcriptId, n: { notIn: gone } },
  });
  return kept.flatMap(({ id, n, before, after }) => {
    const redact = (text: string) => redactInPlace(spoken, n, text, rules);
    const now = { id, before: redact(before), after: redact(after) };
    return now.before === before && now.after === after ? [] : [now];
  });
}

/** Writes them, and deletes the revisions of the segments that changed. */
export async function rewriteRevisions(
  tx: Tx,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  rewritten: readonly Rewritten[],
  changed: readonly { n: number }[],
): Promise<void> {
  await deleteRevisions(tx, { accountId, id: transcriptId }, changed);
  await storeRewritten(tx, accountId, rewritten);
}

/**
 * Takes out of the revisions of an edited segment the words that are hidden in its new text, and deletes those of other
 * segments that changed. What else has to go is found by the job of the edit: none is read before.
 * @param edit.spoken all segments with the new text among them, before that was redacted
 * @param edit.hidden what was hidden in them
 */
export async function hideInRevisions(
  tx: Tx,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  edit: {
    n: number;
    spoken: readonly SpokenSegment[];
    changed: readonly { n: number }[];
    hidden: readonly Redaction[];
  },
): Promise<void> {
  const { n, spoken, changed, hidden } = edit;
  const others = changed.filter((one) => one.n !== n);
  await deleteRevisions(tx, { accountId, id: transcriptId }, others);
  const edited = spoken.find((one) => one.n === n);
  const labels = edited ? labelsOf(edited, hidden) : new Map<string, string>();
  const kept = await tx.transcriptRevision.findMany({ where: { accountId, transcriptId, n } });
  const rewritten = kept.map(({ id, before, after }) => ({
    ...{ id, before: putLabels(before, labels), after: putLabels(after, labels) },
  }));
  await storeRewritten(tx, accountId, rewritten);
}

async function deleteRevisions(
  tx: Tx,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  of: readonly { n: number }[],
): Promise<void> {
  const n = { in: of.map((one) => one.n) };
  await tx.transcriptRevision.deleteMany({ where: { accountId, transcriptId, n } });
}

async function storeRewritten(
  tx: Tx,
  accountId: string,
  rewritten: readonly Rewritten[],
): Promise<void> {
  if (rewritten.length === 0) return;
  const sql = tenantSql(accountId);
  await sql`
    update transcript_revision r set before = now.before, after = now.after
      from jsonb_to_recordset(${JSON.stringify(rewritten)}::jsonb) as now(id uuid, before text, after text)
     where r.account_id = ${sql.account} and r.id = now.id`.rows(tx);
}

/** A text as if it was said right behind what the segment says. */
function redactInPlace(
  spoken: readonly SpokenSegment[],
  n: number,
  text: string,
  { classes, language }: Rules,
): string {
  const at = spoken.find((one) => one.n === n);
  if (!at) return '';
  const around = spoken.filter(
    ({ startMs, endMs }) => endMs >= at.startMs - AROUND_MS && startMs <= at.endMs + AROUND_MS,
  );
  const place = around.indexOf(at) + 1;
  const { segments } = redactTranscript(
    around.toSpliced(place, 0, { ...at, text, words: [] }),
    classes,
    language,
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
    .flatMap((word, at, all) => {
      const label = labels.get(plain(word));
      if (!label) return [word];
      // one for all the words of a number
      return labels.get(plain(all[at - 1] ?? '')) === label ? [] : [label];
    })
    .join(' ');
}
