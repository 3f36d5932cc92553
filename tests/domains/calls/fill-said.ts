// What was said on the calls of fillCalls, by plain SQL: a transcript for each, hits and insights for most, and a little that
// is rare. The newest call is number 1.
import type { Pool } from 'pg';

export const COMMON_SET = '0190a1b2-0000-7000-8000-0000000c0001';
export const RARE_SET = '0190a1b2-0000-7000-8000-0000000c0002';
/** of every so many calls, one has what is rare */
const RARE_EVERY = 500;

/** Fills the tables of transcripts and insights, a transaction without checks of foreign keys, which hold by construction. */
export async function fillSaid(pool: Pool, accountId: string): Promise<void> {
  const client = await pool.connect();
  const run = (text: string) => client.query(text, [accountId]);
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await run(`create temp table said on commit drop as
      select row_number() over (order by occurred_at desc) as n, id, company_id, occurred_at as at,
             md5('recording' || id)::uuid as recording_id, md5('transcript' || id)::uuid as transcript_id,
             md5('run' || id)::uuid as run_id
        from interaction where account_id = $1 and kind = 'CALL'`);
    await run(`insert into recording (account_id, id, call_id, company_id, kind, state, started_at)
      select $1, recording_id, id, company_id, 'CALL', 'READY', at from said`);
    await run(`insert into transcript (account_id, id, call_id, recording_id, state, created_at)
      select $1, transcript_id, id, recording_id,
             case when n % ${RARE_EVERY} = 0 then 'FAILED' else 'READY' end::transcript_state, at from said`);
    await run(`insert into transcript_segment (account_id, transcript_id, n, speaker, start_ms, end_ms, text, words)
      select $1, transcript_id, 0, 'CALLER', 0, 400, 'It leaks.', '[]' from said`);
    for (const set of [COMMON_SET, RARE_SET]) {
      await run(`insert into keyword_set (account_id, id, name, keywords, created_at)
        values ($1, '${set}', '${set}', '[]', now())`);
      await run(`insert into keyword_hit (account_id, id, transcript_id, n, word_index, word_count, speaker, start_ms, set_id, keyword)
        select $1, gen_random_uuid(), transcript_id, 0, 1, 1, 'CALLER', 0, '${set}', 'leak'
          from said where n % ${set === RARE_SET ? RARE_EVERY : 2} = 0`);
    }
    await run(`insert into insight_run (account_id, id, transcript_id, key, engine, model, prompt_version, at)
      select $1, run_id, transcript_id, run_id, 'extractive', 'rules', '1', at from said`);
    await run(`insert into insight (account_id, id, run_id, kind, text, items, lead_score, generated_at)
      select $1, md5(kind || run_id)::uuid, run_id, kind::insight_kind, 'It leaks.', '[]',
             case when kind = 'LEAD_SCORE' then case when n % ${RARE_EVERY} = 0 then 'VERY_GOOD' else 'FAIR' end::lead_score end, at
        from said, unnest('{SUMMARY,SIGNALS,LEAD_SCORE}'::text[]) as kind`);
    await run(`insert into insight_signal (account_id, insight_id, signal)
      select $1, md5('SIGNALS' || run_id)::uuid,
             case when n % ${RARE_EVERY} = 0 then 'SALE_LOST' else 'SALE_MADE' end::conversion_signal
        from said where n % 2 = 0`);
    await run(`update call c set ended_at = started_at + interval '2 hours', direction = 'OUTBOUND'
        from said s where c.account_id = $1 and c.id = s.id and s.n % ${RARE_EVERY} = 0`);
    await run(`update interaction i set source_id = (select source_id from interaction where account_id = $1 order by id limit 1)
        where account_id = $1 and source_id is null`);
    await client.query('commit');
    await client.query('vacuum analyze');
  } finally {
    client.release();
  }
}
