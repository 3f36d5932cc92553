// Asks the search server, in the list's order and by its places: first for the words as they are written, then for what
// they may begin or be misspelt for. Each answer is judged by its own words (judge.ts), so both engines make one list.
import type { RowKey } from '#values/cursor.ts';
import { choosePassages } from '../document-line.ts';
import { highlightPassage } from '../match-passage.ts';
import {
  type QueryClause,
  type SearchHit,
  type SearchPage,
  type SearchRequest,
  type SearchScope,
  SearchTimedOut,
  type SearchTotal,
} from '../port.ts';
import { placeOf, readPlace } from '../postgres-match.ts';
import { compileQuery, mayBeMisspelt, SCORES } from '../postgres-query.ts';
import { mayHaveTypos } from '../typos.ts';
import { SPOKEN } from './document.ts';
import { type Fit, type Judgement, judge } from './judge.ts';
import { type CopyHit, type CopyServer, quote } from './server.ts';

/** read for one page at most: each comes with its whole text, and beyond these the database is the faster one */
const MOST_READ = 500;
const MOST_AT_ONCE = 100;
/** beside the page, for those that do not fit */
const SPARE = 10;

/**
 * Can the server answer this? It cannot say who said a word but for the whole query, complete a word in the middle or
 * in what is excluded, and it does not know tags.
 */
export function isForCopy({ clauses, filter }: SearchRequest): boolean {
  if (filter.tags) return false;
  if (clauses.every(({ negated }) => negated)) return false;
  if (filter.speaker && clauses.some(({ negated }) => negated)) return false;
  return (
    clauses.every(
      ({ speaker, prefix, words, negated }) =>
        speaker === null && (prefix === 'NONE' || (words.length === 1 && !negated)),
    ) && clauses.filter(({ prefix }) => prefix !== 'NONE').length <= 1
  );
}

/**
 * One page, as SearchEngine.search answers; `total` is null where this page is not the whole list.
 * @throws SearchTimedOut when too many documents would have to be read; MalformedCursor; what the server throws
 */
export async function askCopy(
  server: CopyServer,
  uid: string,
  { scope, request }: { scope: SearchScope; request: SearchRequest },
  { limit, after }: { limit: number; after: RowKey | null },
): Promise<Omit<SearchPage, 'engine' | 'isDegraded' | 'total'> & { total: SearchTotal | null }> {
  const { accountId } = scope;
  const { clauses, filter } = request;
  const filters = filtersOf(scope, request);
  const fields = filter.speaker ? [SPOKEN[filter.speaker]] : null;
  const steps = stepsOf(clauses);
  const ask = (q: string, before: Date | null, most: number) => {
    const until = before ? [`occurredAt <= ${before.getTime()}`] : [];
    return server.search(uid, accountId, {
      q,
      filter: [...filters, ...until],
      fields,
      limit: most,
    });
  };

  const place = after && readPlace(after);
  const found: Found[] = [];
  let read = 0;
  /** Reads what a question finds behind a place, sorted by steps, until as many fit the first one as are wanted. */
  const sift = async (
    { q, fits, wanted }: { q: string; fits: Fit[]; wanted: number },
    place: { at: Date; id: string } | null,
  ) => {
    const sifted = fits.map((): Omit<Found, 'step'>[] => []);
    let from = place;
    for (let most = limit + SPARE; ; most = Math.min(most * 2, MOST_AT_ONCE)) {
      const { hits } = await ask(q, from?.at ?? null, most);
      read += hits.length;
      let before: CopyHit | undefined;
      for (const hit of hits) {
        // what did not come to its end in time is told as any other, unsorted: documents would be missing for good
        if (before && !isBeyond(hit, placeOfHit(before))) throw new SearchTimedOut();
        before = hit;
        if (from && !isBeyond(hit, from)) continue;
        const judged = judge(hit.said, request);
        const fitting = judged && sifted[fits.indexOf(judged.fit)];
        if (fitting && fitting.length < wanted) fitting.push({ hit, judged });
      }
      const last = hits.at(-1);
      if (!last || hits.length < most || sifted[0]?.length === wanted) return sifted;
      if (read > MOST_READ) throw new SearchTimedOut();
      from = placeOfHit(last);
    }
  };
  for (let step = place?.step ?? 0; step < steps.length && found.length < limit; ) {
    const from = place?.step === step ? { at: place.occurredAt, id: place.id } : null;
    const { q } = steps[step] as Step;
    // steps that ask the same are read at once, but for those that begin elsewhere
    const alike = from ? 1 : steps.slice(step).filter((one) => one.q === q).length;
    const fits = steps.slice(step, step + alike).map(({ fit }) => fit);
    const sifted = await sift({ q, fits, wanted: limit - found.length }, from);
    for (const fitting of sifted) {
      found.push(...fitting.map((one) => ({ ...one, step })));
      step += 1;
    }
  }
  found.splice(limit);
  const isWhole = after === null && found.length < limit;
  const total = isWhole ? { count: found.length, isExact: true } : null;
  const near = new Map<string, string[]>();
  for (const { judged } of found) {
    for (const [typed, words] of judged.near) {
      near.set(typed, [...(near.get(typed) ?? []), ...words]);
    }
  }
  const shown = compileQuery(accountId, request, near)?.wanted ?? [];
  return {
    hits: found.map((one) => toHit(accountId, request, one)),
    highlight: (passage) => highlightPassage(shown, passage),
    total,
  };
}

interface Step {
  q: string;
  fit: Fit;
}

interface Found {
  hit: CopyHit;
  judged: Judgement;
  step: number;
}

/** What is asked for one after the other, and which answers count. */
function stepsOf(clauses: readonly QueryClause[]): Step[] {
  const isAssumed = clauses.some(({ prefix }) => prefix === 'ASSUMED');
  const mayErr = clauses.some((one) => mayBeMisspelt(one) && mayHaveTypos(one.words[0] as string));
  const open = write(clauses, true);
  return [
    {
      q: write(
        clauses,
        clauses.some(({ prefix }) => prefix === 'WRITTEN'),
      ),
      fit: 'asWritten',
    },
    ...(isAssumed ? [{ q: open, fit: 'completed' as const }] : []),
    ...(mayErr ? [{ q: open, fit: 'corrected' as const }] : []),
  ];
}

/**
 * Writes a query for the server: quoted words are taken as they are, the last bare one may go on.
 * @param isOpen words that need not be quoted are not
 */
function write(clauses: readonly QueryClause[], isOpen: boolean): string {
  const quoted = ({ words, negated }: QueryClause) => `${negated ? '-' : ''}"${words.join(' ')}"`;
  const isBare = (one: QueryClause) =>
    isOpen && (one.prefix !== 'NONE' || (mayBeMisspelt(one) && mayHaveTypos(one.words[0] ?? '')));
  const [begun] = clauses.filter(({ prefix }) => isOpen && prefix !== 'NONE');
  const whole = clauses
    .filter((one) => one !== begun)
    .map((one) => (isBare(one) ? one.words.join(' ') : quoted(one)));
  // a space behind the last word says that it is whole
  return begun ? [...whole, begun.words[0]].join(' ') : `${whole.join(' ')} `;
}

function filtersOf({ companyIds }: SearchScope, { filter }: SearchRequest): string[] {
  const among = (field: string, values: readonly string[]) =>
    `${field} IN [${values.map(quote).join(', ')}]`;
  return [
    ...(companyIds ? [among('companyId', companyIds)] : []),
    ...(filter.companyIds ? [among('companyId', filter.companyIds)] : []),
    ...(filter.trackerIds ? [among('trackerId', filter.trackerIds)] : []),
    ...(filter.occurredFrom ? [`occurredAt >= ${filter.occurredFrom.getTime()}`] : []),
    ...(filter.occurredBefore ? [`occurredAt < ${filter.occurredBefore.getTime()}`] : []),
  ];
}

function placeOfHit({ occurredAt, documentId }: CopyHit): { at: Date; id: string } {
  return { at: new Date(occurredAt), id: documentId };
}

function isBeyond({ occurredAt, documentId }: CopyHit, from: { at: Date; id: string }): boolean {
  const at = from.at.getTime();
  return occurredAt < at || (occurredAt === at && documentId < from.id);
}

function toHit(accountId: string, request: SearchRequest, { hit, judged, step }: Found): SearchHit {
  const { documentId: id, subjectId, said } = hit;
  const occurredAt = new Date(hit.occurredAt);
  const near = new Map([...judged.near].map(([typed, words]) => [typed, [...words]]));
  const wanted = compileQuery(accountId, request, near)?.wanted ?? [];
  return {
    id,
    subjectId,
    occurredAt,
    score: SCORES[judged.fit],
    place: placeOf({ id, step, occurred_at: occurredAt }),
    passages: choosePassages(said, wanted),
  };
}
