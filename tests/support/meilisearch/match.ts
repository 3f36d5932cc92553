// How the stand-in for a search server finds documents: as the documentation of Meilisearch describes queries (all words,
// quotes, minus, the last word as a beginning, typos by length) and filters, as far as they are asked here.

/** A document of the stand-in. */
export type Stored = Record<string, unknown> & { id: string };

interface Term {
  words: string[];
  isExact: boolean;
  isNegated: boolean;
  isBegun: boolean;
}

const TERM = /(-)?"([^"]*)"|(\S+)/g;

/** Reads a query. */
export function readTerms(q: string): Term[] {
  return [...q.matchAll(TERM)].map(([all, minus, phrase, bare], n, terms) => ({
    words: (phrase ?? bare ?? '').toLowerCase().split(' ').filter(Boolean),
    isExact: phrase !== undefined,
    isNegated: minus !== undefined,
    isBegun: phrase === undefined && n === terms.length - 1 && q.endsWith(all),
  }));
}

/** Does a document hold what a query asks for, in these fields? */
export function matches(document: Stored, terms: readonly Term[], fields: readonly string[]) {
  const texts = fields
    .flatMap((field) => (document[field] ?? []) as string[])
    .map((text) => text.split(' '));
  return terms.every(({ words, isExact, isNegated, isBegun }) => {
    const holds = isExact
      ? texts.some((text) =>
          text.some((_, from) => words.every((word, n) => text[from + n] === word)),
        )
      : texts.some((text) => text.some((heard) => isNear(words[0] ?? '', heard, isBegun)));
    return holds !== isNegated;
  });
}

/** A typed word and a heard one: alike, begun, or one typo off from five letters, two from nine. */
function isNear(typed: string, heard: string, isBegun: boolean): boolean {
  if (heard === typed || (isBegun && heard.startsWith(typed))) return true;
  const most = /\d/.test(typed) || typed.length < 5 ? 0 : typed.length < 9 ? 1 : 2;
  if (most === 0) return false;
  const ends = isBegun ? [-2, -1, 0, 1, 2].map((n) => typed.length + n) : [heard.length];
  return ends.some((end) => {
    const form = heard.slice(0, end);
    // a typo in the first letter counts twice
    return distance(typed, form) + (typed[0] === form[0] ? 0 : 1) <= most;
  });
}

function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 99;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : 99;
      (rows[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + cost,
        swap,
      );
    }
  }
  return at(a.length, b.length);
}

const CONDITION = /^(\w+) (=|<=|>=|<|>|IN) (.+)$/;

/** Does a document pass the filter, an AND of conditions? Throws on what the stand-in cannot read. */
export function passes(document: Stored, filter: unknown, filterable: readonly string[]): boolean {
  const conditions = (Array.isArray(filter) ? filter : filter ? [filter] : []) as string[];
  return conditions.every((condition) => {
    const [, field = '', operator, right = ''] = CONDITION.exec(condition) ?? [];
    if (!filterable.includes(field)) throw new Error(`Attribute \`${field}\` is not filterable.`);
    const value = document[field];
    if (operator === 'IN') return (JSON.parse(right) as unknown[]).includes(value);
    if (operator === '=') return JSON.parse(right) === value;
    const [left, bound] = [Number(value), Number(right)];
    if (operator === '<=') return left <= bound;
    if (operator === '>=') return left >= bound;
    if (operator === '<') return left < bound;
    return left > bound;
  });
}

/** Sorts documents as `field:asc|desc` rules say. */
export function sorted(documents: readonly Stored[], rules: readonly string[]): Stored[] {
  return documents.toSorted((a, b) => {
    for (const rule of rules) {
      const [field = '', direction] = rule.split(':');
      const [left, right] = [a[field] as string | number, b[field] as string | number];
      if (left === right) continue;
      return (left < right ? -1 : 1) * (direction === 'desc' ? -1 : 1);
    }
    return 0;
  });
}
