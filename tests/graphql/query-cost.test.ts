// What operations cost before they run: rows times what a row holds, and once what stands beside the rows.
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { requestedCost } from '#graphql/query-cost.ts';
import { schema } from '#schema';

const cost = (source: string) =>
  requestedCost({ schema, document: parse(source), variables: {}, operationName: undefined });

it.each([
  ['{ calls(first: 20) { totalCount } }', 1],
  ['{ calls(first: 20) { nodes { id } } }', 1 + 20],
  ['{ calls(first: 20) { edges { node { id } } pageInfo { hasNextPage } } }', 1 + 20],
  ['{ calls(first: 20) { nodes { tracker { id } tags { name } } } }', 1 + 20 * (1 + 1 + 5)],
  // facets, five lists of five, each with its company: whatever the rows
  [
    '{ searchTranscripts(query: "a", first: 100) { facets { companies { company { id } } } } }',
    1 + 1 + 5 * 2,
  ],
  [
    `{ searchTranscripts(query: "a", first: 20) { nodes { score }
       facets { companies { company { id } } tags { tag } months { month } } } }`,
    1 + 20 + 1 + 5 * 2 + 5 + 5,
  ],
  // reading hours of talk is work, however little of it is shown
  ['{ previewKeywordSet(keywords: [], first: 20) { looked } }', 51],
  [
    '{ previewKeywordSet(keywords: [], first: 20) { nodes { change gained { quote } } } }',
    51 + 20 * 4,
  ],
  [
    '{ keywordSets(first: 20) { nodes { backlog(startedFrom: "2026-01-01T00:00:00Z") { totalCount } } } }',
    1 + 20 * 27,
  ],
  ['{ topics(range: { from: "2026-01-01", to: "2026-12-31" }, interval: MONTH) { calls } }', 51],
])('%s costs %i', (source, points) => {
  expect(cost(source)).toBe(points);
});

it('a search of a whole page with its matches and counts is allowed', () => {
  const whole = `{ searchTranscripts(query: "a") { totalCount engine
    nodes { score call { id } transcript { language } matches { segment { text } words { start end startMs } } }
    facets { companies { count company { id } } trackers { count tracker { id } } tags { count tag }
             months { count month } speakers { count speaker } } } }`;
  expect(cost(whole)).toBeLessThanOrEqual(1_000);
});
