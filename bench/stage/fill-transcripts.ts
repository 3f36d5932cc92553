// Fills accounts with written calls: text drawn by Zipf's law from 20,000 words, stored and indexed by the product's own
// code in large batches, with the big indexes built at the end.
import type { Pool } from 'pg';
import { pino } from 'pino';
import { openDb } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { type SearchDocument, SPEAKERS } from '#platform/search/index.ts';
import { countWords, insertDocuments } from '#platform/search/postgres-write.ts';
import { fillTrackers } from './fill-calls.ts';
import { drawWords, type Vocabulary } from './vocabulary.ts';

/** An account to be filled. */
interface Customer {
  accountId: string;
  companyId: string;
  transcripts: number;
}

const BATCH = 200;
const WORDS = { least: 150, most: 450 };
const WORDS_OF_A_SEGMENT = 20;
const MS_OF_A_WORD = 350;
const SECONDS_APART = 41;

// built again at the end, by the text that the migrations gave them
const BIG_INDEXES = [
  'search_document_words_idx',
  'search_document_pairs_idx',
  'search_word_typo_keys_idx',
];

/** Fills the accounts. `random` decides everything but the ids. */
export async function fillTranscripts(
  { pool, url }: { pool: Pool; url: string },
  customers: readonly Customer[],
  vocabulary: Vocabulary,
  random: () => number,
): Promise<void> {
  const indexes = await pool.query<{ name: string; definition: string }>(
    'select indexname as name, indexdef as definition from pg_indexes where indexname = any($1)',
    [BIG_INDEXES],
  );
  for (const { name } of indexes.rows) await pool.query(`drop index ${name}`);
  const db = await openDb({
    url,
    applicationName: 'bench fill',
    poolSize: 2,
    log: pino({ level: 'warn' }),
  });
  try {
    for (const customer of customers) {
      const { accountId, companyId, transcripts } = customer;
      const client = await pool.connect();
      await fillTrackers(client, accountId, companyId).finally(() => client.release());
      const { rows } = await pool.query<{ id: string }>(
        'select id from tracker where account_id = $1',
        [accountId],
      );
      const trackers = rows.map(({ id }) => id);
      const counted = new Map<string, number>();
      for (let done = 0; done < transcripts; done += BATCH) {
        const documents = Array.from({ length: Math.min(BATCH, transcripts - done) }, (_, n) => ({
          ...writeCall(vocabulary, random),
          companyId,
          trackerId: trackers[(done + n) % trackers.length] as string,
          occurredAt: new Date(Date.now() - (transcripts - done - n) * SECONDS_APART * 1_000),
        }));
        await insertCalls(pool, accountId, documents);
        const words = await db.transaction((tx) => insertDocuments(tx, accountId, documents));
        for (const [word, n] of words) counted.set(word, (counted.get(word) ?? 0) + n);
      }
      await db.transaction((tx) => countWords(tx, accountId, counted));
    }
  } finally {
    await db.close();
  }
  for (const { definition } of indexes.rows) await pool.query(definition);
  await pool.query('vacuum analyze');
}

function writeCall(
  vocabulary: Vocabulary,
  random: () => number,
): Pick<SearchDocument, 'id' | 'subjectId' | 'passages'> {
  const length = WORDS.least + Math.floor(random() * (WORDS.most - WORDS.least));
  const words = drawWords(vocabulary, length, random);
  const passages = Array.from({ length: Math.ceil(length / WORDS_OF_A_SEGMENT) }, (_, n) => ({
    n,
    speaker: SPEAKERS[n % 2] as (typeof SPEAKERS)[number],
    text: words.slice(n * WORDS_OF_A_SEGMENT, (n + 1) * WORDS_OF_A_SEGMENT).join(' '),
  }));
  return { id: newId(), subjectId: newId(), passages };
}

/** Everything that a document is read from, without the checks of foreign keys, which hold by construction. */
async function insertCalls(
  pool: Pool,
  accountId: string,
  documents: readonly SearchDocument[],
): Promise<void> {
  const client = await pool.connect();
  const column = <T>(read: (document: SearchDocument) => T) => documents.map(read);
  const ids = column(({ id }) => id);
  const calls = column(({ subjectId }) => subjectId);
  const times = column(({ occurredAt }) => occurredAt);
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(
      `insert into interaction (account_id, id, kind, company_id, occurred_at)
       select $1, id, 'CALL', $2, at from unnest($3::uuid[], $4::timestamptz[]) as c(id, at)`,
      [accountId, documents[0]?.companyId, calls, times],
    );
    await client.query(
      `insert into call (account_id, id, company_id, tracker_id, direction, state, outcome, from_number, to_number,
                         carrier_session_id, started_at, ended_at, first_call, prior_calls, machine)
       select $1, id, $2, tracker, 'INBOUND', 'ENDED', 'ANSWERED', '+12125550100', '+14155550101', 'fill-' || id, at,
              at + interval '90 s', true, 0, '{}'
         from unnest($3::uuid[], $4::timestamptz[], $5::uuid[]) as c(id, at, tracker)`,
      [accountId, documents[0]?.companyId, calls, times, column(({ trackerId }) => trackerId)],
    );
    await client.query(
      `insert into recording (account_id, id, call_id, company_id, kind, state, started_at)
       select $1, id, call, $5, 'CALL', 'READY', at
         from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as r(id, call, at)`,
      [accountId, ids, calls, times, documents[0]?.companyId],
    );
    await client.query(
      `insert into transcript (account_id, id, call_id, recording_id, state, engine, created_at, finished_at)
       select $1, id, call, id, 'READY', 'bench', at, at
         from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as t(id, call, at)`,
      [accountId, ids, calls, times],
    );
    const segments = documents.flatMap(({ id, passages }) =>
      passages.map(({ n, speaker, text }) => {
        const startMs = n * WORDS_OF_A_SEGMENT * MS_OF_A_WORD;
        return { id, n, speaker, text, startMs, words: timeWords(text, startMs) };
      }),
    );
    await client.query(
      `insert into transcript_segment (account_id, transcript_id, n, speaker, start_ms, end_ms, text, words)
       select $1, id, n, speaker::speaker, start_ms, start_ms + ${WORDS_OF_A_SEGMENT * MS_OF_A_WORD}, text, words::jsonb
         from unnest($2::uuid[], $3::int[], $4::text[], $5::int[], $6::text[], $7::text[])
           as s(id, n, speaker, start_ms, text, words)`,
      [
        accountId,
        segments.map(({ id }) => id),
        segments.map(({ n }) => n),
        segments.map(({ speaker }) => speaker),
        segments.map(({ startMs }) => startMs),
        segments.map(({ text }) => text),
        segments.map(({ words }) => words),
      ],
    );
    await client.query(
      `insert into interaction_tag (account_id, interaction_id, tag_id, tagged_at)
       select $1, c.id, g.id, c.at from unnest($2::uuid[], $3::timestamptz[]) with ordinality as c(id, at, n)
         join tag g on g.account_id = $1 and g.name = 'Tag ' || 1 + c.n % 12`,
      [accountId, calls, times],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

function timeWords(text: string, startMs: number): string {
  const timed = text.split(' ').map((word, n) => {
    const from = startMs + n * MS_OF_A_WORD;
    return `{"text":"${word}","startMs":${from},"endMs":${from + MS_OF_A_WORD - 50}}`;
  });
  return `[${timed.join(',')}]`;
}
