// How long does a search of transcripts take: ordinary queries, misspelt ones, phrases, and a word that stands in most
// calls, with its counts? 100,000 calls of 50 accounts, the largest with 11 % of them; with --large all are one account's.
import { pino } from 'pino';
import { systemViewer } from '#domains/accounts/index.ts';
import { taggedInteractions } from '#domains/interactions/index.ts';
import {
  countTranscripts,
  searchTranscripts,
} from '#domains/transcripts/search/search-transcripts.ts';
import { openDb } from '#platform/db/index.ts';
import { openPostgresSearch } from '#platform/search/index.ts';
import { seeded } from '#tests/support/seeded.ts';
import type { BenchAccount } from '../processes/server.ts';
import { judge, ms, percentile, whole } from '../stage/figures.ts';
import { fillTranscripts } from '../stage/fill-transcripts.ts';
import { fire } from '../stage/load.ts';
import { type Asked, drawQueries } from '../stage/search-queries.ts';
import type { Line, Stage } from '../stage/stage.ts';
import { makeVocabulary } from '../stage/vocabulary.ts';

const SEED = 20_261_125;
const ACCOUNTS = { many: 50, one: 1 };
/** one account's share is so much smaller than the one before it that the first of 50 has 11 % */
const SHARE_EXPONENT = 0.64;
const VOCABULARY = 20_000;
/** one key's points would be spent after ten searches; an account is asked as often as it has calls */
const KEYS = { many: 4, one: 40 };
const ROWS = 20;
const ORDINARY_AIM_MS = 15;
const COMMON_AIM_MS = 300;

const SEARCH = `query($query: String!) { searchTranscripts(query: $query, first: ${ROWS}) { totalCount nodes {
  score call { id startedAt } matches { segment { text startMs } words { start end startMs } } } } }`;

/** Asks the question. */
export async function transcriptSearch(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('transcript_search');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const random = seeded(SEED);
  const total = stage.size(100_000, 5_000);
  const accounts = stage.size(ACCOUNTS.many, ACCOUNTS.many, ACCOUNTS.one);
  const keys = accounts === ACCOUNTS.one ? KEYS.one : KEYS.many;
  const shares = Array.from({ length: accounts }, (_, n) => (n + 1) ** -SHARE_EXPONENT);
  const sum = shares.reduce((all, share) => all + share);
  const customers = [];
  for (const share of shares) {
    const account = await server.ask<BenchAccount>('account', { keys });
    customers.push({ ...account, transcripts: Math.ceil((total * share) / sum) });
  }
  const vocabulary = makeVocabulary(VOCABULARY, random);
  const pool = stage.pool(databaseUrl);
  const began = performance.now();
  await fillTranscripts({ pool, url: databaseUrl }, customers, vocabulary, random);
  const filledSeconds = (performance.now() - began) / 1_000;

  const log = pino({ level: 'warn' });
  // as many connections as a process has: two searches may go on at once
  const db = await openDb({ url: databaseUrl, applicationName: 'bench', poolSize: 20, log });
  try {
    const slice = { db, search: openPostgresSearch({ db, tags: taggedInteractions }) };
    const queries = await drawQueries(pool, customers, vocabulary, stage.size(300, 60), random);
    const page = { limit: ROWS + 1, after: null };
    const time = async (asked: readonly Asked[], work: 'find' | 'count' | 'both') => {
      const times: number[] = [];
      let found = 0;
      for (const { customer, query } of asked) {
        const viewer = systemViewer(customer.accountId, 'TEST', 'bench');
        const from = performance.now();
        const wanted = { query, filter: {} };
        const [answer] = await Promise.all([
          work !== 'count' &&
            searchTranscripts(slice, viewer, wanted, page).then(async (answer) => {
              if (work === 'both') await answer.total();
              return answer;
            }),
          work !== 'find' && countTranscripts(slice, viewer, wanted),
        ]);
        if (answer && answer.hits.length > 0) found += 1;
        times.push(performance.now() - from);
      }
      return {
        p50: percentile(times, 0.5),
        p95: percentile(times, 0.95),
        most: Math.max(...times),
        found,
      };
    };
    const line = async (
      says: string,
      asked: readonly Asked[],
      told: string = '',
    ): Promise<Line> => {
      await time(asked.slice(0, 20), 'find');
      const { p50, p95, found } = await time(asked, 'find');
      return {
        question: `search: ${says}`,
        aim: `p95 < ${ORDINARY_AIM_MS} ms`,
        result: `p50 ${ms(p50)}, p95 ${ms(p95)}; ${found} of ${asked.length} found something${told}`,
        verdict: judge(p95 < ORDINARY_AIM_MS),
      };
    };
    const ordinary = await line(
      'one to three words',
      queries.ordinary,
      ` (${whole(total)} calls, ${whole(customers[0]?.transcripts ?? 0)} of one account, filled in ${whole(filledSeconds)} s)`,
    );
    const [misspelt, phrases] = [
      await line('one word misspelt', queries.misspelt),
      await line('a phrase', queries.phrases),
    ];
    const both = await time(queries.ordinary, 'both');
    const facets = await time(queries.ordinary, 'count');
    const facetsOfPhrases = await time(queries.phrases, 'count');
    const commonPage = await time(queries.common, 'find');
    const commonCounts = await time(queries.common, 'count');
    const commonBoth = await time(queries.common, 'both');
    const [most] = queries.common;
    if (!most) throw new Error('There is no common word.');
    const viewer = systemViewer(most.customer.accountId, 'TEST', 'bench');
    const found = await searchTranscripts(slice, viewer, { query: most.query, filter: {} }, page);
    const counted = await found.total();
    const overHttp = await fire(
      queries.ordinary.map(({ customer, query }, n) => ({
        url: `${server.ready.url}/graphql`,
        body: JSON.stringify({ query: SEARCH, variables: { query } }),
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${customer.apiKeys[n % keys]}`,
        },
      })),
      { connections: 1, check: checkAnswer },
    );
    return [
      ordinary,
      misspelt,
      phrases,
      {
        question: 'search: one to three words, with highlights, total and facets',
        aim: `p95 < ${ORDINARY_AIM_MS} ms`,
        result: `p50 ${ms(both.p50)}, p95 ${ms(both.p95)}; all asked at once`,
        verdict: judge(both.p95 < ORDINARY_AIM_MS),
      },
      {
        question: 'search: the facets alone',
        aim: 'told',
        result: `p50 ${ms(facets.p50)}, p95 ${ms(facets.p95)}; of phrases p50 ${ms(facetsOfPhrases.p50)}, p95 ${ms(facetsOfPhrases.p95)}`,
        verdict: '',
      },
      {
        question: 'search: ordinary, over HTTP and GraphQL',
        aim: 'told',
        result: `p50 ${ms(overHttp.p50Ms)}, p95 ${ms(overHttp.p95Ms)}, one connection`,
        verdict: '',
      },
      {
        question: 'search: a word of most calls, largest account',
        aim: `all < ${COMMON_AIM_MS} ms`,
        result: `page ${ms(commonPage.p50)}, facets ${ms(commonCounts.p50)}; with total, all asked at once ${ms(commonBoth.p50)}, at most ${ms(commonBoth.most)}; told as ${whole(counted.count)}${counted.isExact ? '' : ' or more'}`,
        verdict: judge(commonBoth.most < COMMON_AIM_MS),
      },
    ];
  } finally {
    await db.close();
  }
}

function checkAnswer(status: number, text: string): void {
  if (status !== 200 || text.includes('"errors"') || !text.includes('"matches":[{')) {
    throw new Error(`A search was answered with ${status}: ${text.slice(0, 300)}`);
  }
}
