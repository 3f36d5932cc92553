// What stored transcripts say from now on: a person has corrected them, or more of them is to be hidden.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { SearchEngine } from '#platform/search/index.ts';
import { storeRevisions } from './edits/store-revisions.ts';
import { DUE_AGAIN, REDACTION_VERSION } from './redaction/rules/redact-classes.ts';
import { readSearchDocuments } from './search/search-documents.ts';
import type { FinishedTranscript, StoredSegment } from './store.ts';

/** what is to be hidden has changed, or is hidden: earlier tries of it say nothing */
const UNTRIED = { redactionTries: 0, redactionRetryAt: null };

/** A segment that a person has changed: what it said, and says from now on. */
export interface EditedSegment {
  n: number;
  before: string;
  after: string;
  words: StoredSegment['words'];
}

type Words = Pick<StoredSegment, 'text' | 'words'> & { n: number };

/** Writes what segments say from now on, all by one statement: the account's index is locked meanwhile. */
async function storeWords(
  tx: Tx,
  { accountId, transcriptId, isEdit }: { accountId: string; transcriptId: string; isEdit: boolean },
  segments: readonly Words[],
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    update transcript_segment s
       set text = now.text, words = now.words, edited = (s.edited or ${isEdit}::boolean),
           uncertain = s.uncertain and not ${isEdit}::boolean
      from jsonb_to_recordset(${JSON.stringify(segments)}::jsonb) as now(n int, text text, words jsonb)
     where s.account_id = ${sql.account} and s.transcript_id = ${transcriptId}::uuid and s.n = now.n`.rows(
    tx,
  );
}

/** Writes what an edit makes of a transcript, keeps what stood there, and makes it searchable. The call's lock is held. */
export async function storeEdit(
  tx: Tx,
  search: SearchEngine,
  { accountId, id: transcriptId }: { accountId: string; id: string },
  edit: {
    /** which one it is */
    edits: number;
    /** how many numbers it made known, that are hidden from now on */
    redactions: number;
    at: Date;
    by: string;
    /** the segment that a person wrote; what redaction alone changes leaves nothing of what stood there */
    n: number;
    changed: readonly EditedSegment[];
  },
): Promise<void> {
  const { edits, redactions, at: editedAt, by: editedBy, n: written, changed } = edit;
  await storeWords(
    tx,
    { accountId, transcriptId, isEdit: true },
    changed.map(({ n, after: text, words }) => ({ n, text, words })),
  );
  const of = { accountId, transcriptId, edit: edits, editedAt, editedBy };
  await storeRevisions(
    tx,
    of,
    changed.filter(({ n }) => n === written),
  );
  await tx.transcript.update({
    where: { accountId_id: { accountId, id: transcriptId } },
    data: {
      ...{ edits, editedAt, version: { increment: 1 } },
      redactions: { increment: redactions },
      ...(redactions > 0 && { redactionVersion: DUE_AGAIN, ...UNTRIED }),
    },
  });
  await search.index(tx, accountId, await readSearchDocuments(tx, accountId, [transcriptId]));
}

/** Writes what was hidden later: the changed segments, and in the index. False when it is another version by now, or gone. */
export async function rewriteTranscript(
  tx: Tx,
  search: SearchEngine,
  { accountId, id, version }: { accountId: string; id: string; version: number },
  rules: Pick<FinishedTranscript, 'redactions' | 'redactionClasses'>,
  segments: readonly Words[],
): Promise<boolean> {
  const { count } = await tx.transcript.updateMany({
    where: { accountId, id, version, state: 'READY' },
    data: {
      ...{ ...rules, redactionVersion: REDACTION_VERSION, version: { increment: 1 } },
      ...UNTRIED,
    },
  });
  if (count === 0) return false;
  if (segments.length > 0) {
    await storeWords(tx, { accountId, transcriptId: id, isEdit: false }, segments);
    await search.index(tx, accountId, await readSearchDocuments(tx, accountId, [id]));
  }
  return true;
}

/** Has a transcript redacted again, as if by older rules. */
export async function makeDue(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.transcript.updateMany({
    // an edit that has hidden more says more than this
    where: { accountId, id, redactionVersion: REDACTION_VERSION },
    data: { redactionVersion: REDACTION_VERSION - 1, ...UNTRIED },
  });
}
