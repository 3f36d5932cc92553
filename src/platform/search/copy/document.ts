// A document as the search server holds it, and by what settings it is searched there. Pure. Whoever changes what comes
// out changes COPY_RULES with it, and every server builds its copy anew.
import { createHash } from 'node:crypto';
import type { Settings } from 'meilisearch';
import { WORDS_VERSION } from '../cut-words.ts';
import { wordsOfLines } from '../document-line.ts';
import { MAX_COUNTED, type Speaker } from '../port.ts';
import { LETTERS } from '../postgres-query.ts';

/** A row of search_document, as it is copied. */
export interface SourceRow {
  accountId: string;
  id: string;
  subjectId: string;
  companyId: string;
  trackerId: string | null;
  occurredAt: Date;
  /** the words in the order of speech; see document-line.ts */
  said: string;
}

/** A document of the search server. The words are cut as ours, so that the server finds neither more nor less in them. */
export interface CopyDocument {
  id: string;
  accountId: string;
  documentId: string;
  subjectId: string;
  companyId: string;
  trackerId: string | null;
  /** milliseconds: the server compares and sorts numbers */
  occurredAt: number;
  /** tells two states of a document apart */
  digest: string;
  said: string;
  /** what each speaker said: a text for every run of words that a phrase may stand in */
  caller: string[];
  agent: string[];
  unknown: string[];
}

/** The field of what a speaker said. */
export const SPOKEN: Record<Speaker, 'caller' | 'agent' | 'unknown'> = {
  CALLER: 'caller',
  AGENT: 'agent',
  UNKNOWN: 'unknown',
};

const SPEAKER_OF = new Map(
  Object.entries(LETTERS).map(([speaker, letter]) => [letter, SPOKEN[speaker as Speaker]]),
);

/** The key of a document on the server: ids are an account's own. */
export function keyOf(accountId: string, documentId: string): string {
  return `${accountId}_${documentId}`;
}

/** Reads a key back. */
export function refOfKey(key: string): { accountId: string; documentId: string } {
  const [accountId = '', documentId = ''] = key.split('_');
  return { accountId, documentId };
}

/** Makes the server's document of a row. */
export function toCopy(row: SourceRow): CopyDocument {
  const { accountId, id, subjectId, companyId, trackerId, said } = row;
  const spoken = { caller: [] as string[], agent: [] as string[], unknown: [] as string[] };
  for (const line of wordsOfLines(said)) {
    let run: string[] = [];
    let who: keyof typeof spoken | undefined;
    const end = () => {
      if (who && run.length > 0) spoken[who].push(run.join(' '));
      run = [];
    };
    for (const word of line) {
      if (word === null) end();
      else {
        who = SPEAKER_OF.get(word.slice(0, 1));
        run.push(word.slice(1));
      }
    }
    end();
  }
  return {
    id: keyOf(accountId, id),
    accountId,
    documentId: id,
    subjectId,
    companyId,
    trackerId,
    occurredAt: row.occurredAt.getTime(),
    digest: digestOf(row),
    said,
    ...spoken,
  };
}

/** Tells two states of a row apart. */
export function digestOf(row: SourceRow): string {
  const { subjectId, companyId, trackerId, occurredAt, said } = row;
  const facts = [subjectId, companyId, trackerId, occurredAt.getTime(), said].join('\n');
  return createHash('sha256').update(facts).digest('base64url');
}

const equality = (attribute: string) => ({
  attributePatterns: [attribute],
  features: { facetSearch: false, filter: { equality: true, comparison: false } },
});

/** How the copy is searched: by date alone, since how well a document fits is judged here (judge.ts). */
export const COPY_SETTINGS: Settings = {
  searchableAttributes: ['caller', 'agent', 'unknown'],
  displayedAttributes: ['id', 'documentId', 'subjectId', 'occurredAt', 'digest', 'said'],
  filterableAttributes: [
    ...['accountId', 'companyId', 'trackerId'].map(equality),
    {
      attributePatterns: ['occurredAt'],
      features: { facetSearch: false, filter: { equality: true, comparison: true } },
    },
  ],
  sortableAttributes: ['occurredAt', 'id'],
  rankingRules: ['sort'],
  stopWords: [],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnNumbers: true,
  },
  pagination: { maxTotalHits: MAX_COUNTED + 1 },
  searchCutoffMs: 1_500,
};

/** Names the rules by which a copy is made: another name, another copy. */
export const COPY_RULES = createHash('sha256')
  .update(JSON.stringify([1, WORDS_VERSION, COPY_SETTINGS]))
  .digest('base64url')
  .slice(0, 16);
