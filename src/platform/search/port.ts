// The words of the search port: what is made findable, what is asked, what comes back. An engine stands in a file beside
// it. No engine ever sees a string that a user typed: only the words that parse-query.ts cut out of it.
import type { Tx } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';

/** Who said a passage. */
export const SPEAKERS = ['CALLER', 'AGENT', 'UNKNOWN'] as const;
export type Speaker = (typeof SPEAKERS)[number];

/** What one speaker said without a pause. */
export interface Passage {
  /** its place in the document */
  n: number;
  speaker: Speaker;
  text: string;
}

/** A transcript to be found. All but the passages is copied: it never changes. */
export interface SearchDocument {
  id: string;
  /** the interaction that it belongs to, whose tags count as its own */
  subjectId: string;
  companyId: string;
  trackerId: string | null;
  occurredAt: Date;
  passages: readonly Passage[];
}

/** Whose documents are searched. Every engine adds it to every query. */
export interface SearchScope {
  accountId: string;
  /** null = every company of the account */
  companyIds: readonly string[] | null;
}

/** Which documents; absent and null = all. Lists are ORs, fields are ANDs. */
export interface SearchFilter {
  companyIds?: readonly string[] | null;
  trackerIds?: readonly string[] | null;
  /** names of tags of the subject */
  tags?: readonly string[] | null;
  /** the words count only where this speaker said them */
  speaker?: Speaker | null;
  /** inclusive */
  occurredFrom?: Date | null;
  /** exclusive */
  occurredBefore?: Date | null;
}

/** One thing that must stand in a document, or must not. */
export interface QueryClause {
  /** more than one: in this order, side by side, in one passage */
  words: readonly string[];
  negated: boolean;
  /** the last word is only a beginning: as the user wrote it (`plumb*`), or because it may still be typed */
  prefix: 'NONE' | 'WRITTEN' | 'ASSUMED';
  /** in quotation marks: exactly so */
  quoted: boolean;
  /** null = anybody */
  speaker: Speaker | null;
}

export interface SearchRequest {
  clauses: readonly QueryClause[];
  filter: SearchFilter;
}

/** A found document. */
export interface SearchHit {
  id: string;
  subjectId: string;
  occurredAt: Date;
  /** 1 = every word stands there as it was written; less where words had to be completed or corrected */
  score: number;
  /** its place in the list, for the cursor */
  place: RowKey;
  /** the places of the passages that hold most of the words, at most MAX_PASSAGES, in the order of speech */
  passages: number[];
}
export const MAX_PASSAGES = 3;

/** A word of a text: UTF-16 offsets, the end exclusive. */
export interface WordRange {
  start: number;
  end: number;
}

/** What may answer a search. */
export const ENGINES = ['POSTGRES', 'MEILISEARCH'] as const;

/** One page of hits, best first, newest first among equals. */
export interface SearchPage {
  /** what answered */
  engine: (typeof ENGINES)[number];
  /** it answered in place of one that is set and would have been asked, but is down, not filled yet, or lags for the account */
  isDegraded: boolean;
  hits: SearchHit[];
  /** How many documents there are in all; may be a question of its own, which tells at least those of the page. */
  total(): Promise<SearchTotal>;
  /** The words of a passage that this query found. */
  highlight(passage: Pick<Passage, 'speaker' | 'text'>): WordRange[];
}

/**
 * How many documents a query finds: at most MAX_COUNTED; of those that are judged word by word, among the first MAX_JUDGED,
 * or all where one page holds them. Never fewer than stand on the page.
 */
export interface SearchTotal {
  count: number;
  /** false: at least so many */
  isExact: boolean;
}

/** A value and how many documents would be left by adding it to the filter. */
export interface FacetCount {
  value: string;
  count: number;
}

/**
 * Counts over the first MAX_COUNTED documents of the list, or those among the first MAX_JUDGED that may hold a phrase; at
 * most MAX_FACET_VALUES of each, the most frequent first.
 */
export interface SearchFacets {
  companyIds: FacetCount[];
  trackerIds: FacetCount[];
  tags: FacetCount[];
  /** the first day of a month (2026-11-01), newest first */
  months: FacetCount[];
  speakers: FacetCount[];
}
export const MAX_COUNTED = 10_000;
/** to count what holds a phrase, or lacks it, documents are read: no more than these */
export const MAX_JUDGED = 1_000;
export const MAX_FACET_VALUES = 100;

/** Names a document of any account. */
export interface DocumentRef {
  accountId: string;
  id: string;
}

/** Finds documents by their words. */
export interface SearchEngine {
  /** changes with the rules by which documents are cut into words: those of another version are outdated */
  readonly version: number;
  /**
   * Waits until no other transaction writes the account's index, and keeps it until `tx` ends. To be called behind the
   * subjects' locks and before the first write, as those are: who waits later holds up every reader of the event log.
   */
  lock(tx: Tx, accountId: string): Promise<void>;
  /** Makes documents findable when `tx` commits, in place of what stood under their ids. */
  index(tx: Tx, accountId: string, documents: readonly SearchDocument[]): Promise<void>;
  /** Takes documents out when `tx` commits, with every word that no other document of the account has. Returns how many. */
  remove(tx: Tx, accountId: string, ids: readonly string[]): Promise<number>;
  /** Those of these documents that are not in the index, or are outdated. */
  outdated(tx: Tx, documents: readonly DocumentRef[]): Promise<DocumentRef[]>;
  /**
   * One page.
   * @param page.after the place of the last hit seen
   * @throws SearchTimedOut; MalformedCursor
   */
  search(
    scope: SearchScope,
    request: SearchRequest,
    page: { limit: number; after: RowKey | null },
  ): Promise<SearchPage>;
  /**
   * Whether each of these requests finds one document of the account, by the rules of search() in the database, of whatever
   * company the document is. One that is gone is found by none. Throws SearchTimedOut.
   */
  judge(document: DocumentRef, requests: readonly SearchRequest[]): Promise<boolean[]>;
  /** Counts what a request finds by its properties; months in an IANA time zone. Throws SearchTimedOut. */
  facets(scope: SearchScope, request: SearchRequest, timeZone: string): Promise<SearchFacets>;
}

/** The engine gave up: the question reaches too far. */
export class SearchTimedOut extends Error {
  constructor() {
    super(
      'The search took too long. Add a word, or narrow the filter (a company, a shorter time).',
    );
    this.name = 'SearchTimedOut';
  }
}
