// Fills an account with calls by plain SQL: sources, trackers with numbers, leads, ended calls, two tags on each call.
import type { Pool, PoolClient } from 'pg';

const SOURCES = 10;
const TRACKERS = 40;
const TAGS = 12;
const CALLS_PER_LEAD = 3;

/** An ended call's machine, as large as a real one. */
const MACHINE = {
  phase: 'ENDED',
  plan: {
    destination: '+12125550180',
    trackingNumber: '+14155550100',
    ringSeconds: 25,
    greeting: 'Thank you for calling. This call may be recorded for quality and training.',
    record: true,
    transcribe: true,
    whisper: 'Call from [source].',
    voicemailGreeting: 'Nobody can take your call right now. Please leave a message.',
  },
  startedAt: '2026-11-23T09:30:00.000Z',
  caller: leg('normal_clearing'),
  destination: leg('normal_clearing'),
  bridgedAt: '2026-11-23T09:30:09.000Z',
  bridgeTaken: true,
  noticeEndedAt: '2026-11-23T09:30:04.000Z',
  recording: {
    state: 'SAVED',
    startedAt: '2026-11-23T09:30:04.000Z',
    endedAt: '2026-11-23T09:31:30.000Z',
    carrierRecordingId: 'ba5eba11-0000-4000-8000-000000000001',
    failure: null,
  },
  voicemail: null,
  endedAt: '2026-11-23T09:31:30.000Z',
  gaveUp: false,
  missedBecause: null,
  steps: ['ring', 'greeting', 'dial', 'whisper', 'bridge', 'talk'].map((name) => ({
    name,
    startedAt: '2026-11-23T09:30:00.000Z',
    endedAt: '2026-11-23T09:30:04.000Z',
    outcome: 'spoken',
  })),
  n: 9,
  wakeAt: null,
};

function leg(cause: string) {
  return {
    controlId: 'v3:ba5eba11-0000-4000-8000-000000000001ba5eba11-0000-4000-8000-000000000002',
    state: 'ENDED',
    startedAt: '2026-11-23T09:30:00.000Z',
    answeredAt: '2026-11-23T09:30:01.000Z',
    endedAt: '2026-11-23T09:31:30.000Z',
    cause,
  };
}

/**
 * Fills an account.
 * @param everySeconds between two calls; the last one is now
 * @returns the number of the first tracker, and some of the calls' ids, newest first
 */
export async function fillCalls(
  pool: Pool,
  { accountId, companyId }: { accountId: string; companyId: string },
  calls: number,
  everySeconds = 41,
): Promise<{ trackingNumber: string; callIds: string[] }> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // the foreign keys hold by construction; checking 200,000 of them would take most of the time
    await client.query('set local session_replication_role = replica');
    await fillTrackers(client, accountId, companyId);
    await fillRows(client, accountId, companyId, calls, everySeconds);
    await client.query('commit');
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ id: string }>(
      'select id from interaction where account_id = $1 order by occurred_at desc limit 200',
      [accountId],
    );
    return { trackingNumber: '+14155550101', callIds: rows.map(({ id }) => id) };
  } finally {
    client.release();
  }
}

export async function fillTrackers(
  client: PoolClient,
  account: string,
  company: string,
): Promise<void> {
  const at = new Date();
  await client.query(
    `insert into source (account_id, id, company_id, name, medium, campaign)
     select $1, uuidv7(), $2, 'Source ' || n, 'cpc', 'Campaign ' || n from generate_series(1, ${SOURCES}) n`,
    [account, company],
  );
  await client.query(
    `insert into tracker (account_id, id, company_id, source_id, name, type, destination, whisper, greeting,
                          recording, transcription, created_at)
     select $1, uuidv7(), $2, s.id, 'Tracker ' || n, 'SOURCE', '+12125550180', 'Call from [source].',
            'Thank you for calling.', true, true, $3
       from generate_series(1, ${TRACKERS}) n join source s on s.account_id = $1 and s.name = 'Source ' || 1 + n % ${SOURCES}`,
    [account, company, at],
  );
  await client.query(
    `insert into phone_number (account_id, id, company_id, tracker_id, number, status, created_at)
     select $1, uuidv7(), $2, id, '+1415555010' || right(name, 1), 'ACTIVE', $3 from tracker
      where account_id = $1 and name in ('Tracker 1', 'Tracker 2', 'Tracker 3')`,
    [account, company, at],
  );
  await client.query(
    `insert into tag (account_id, id, company_id, name, created_at)
     select $1, uuidv7(), $2, 'Tag ' || n, $3 from generate_series(1, ${TAGS}) n`,
    [account, company, at],
  );
}

async function fillRows(
  client: PoolClient,
  account: string,
  company: string,
  calls: number,
  everySeconds: number,
): Promise<void> {
  const leads = Math.ceil(calls / CALLS_PER_LEAD);
  const at = new Date();
  await client.query('create temp table fill_lead (n int primary key, id uuid) on commit drop');
  await client.query(
    'create temp table fill_call (n int primary key, id uuid, at timestamptz) on commit drop',
  );
  await client.query(
    'insert into fill_lead select n, uuidv7() from generate_series(1, $1::int) n',
    [leads],
  );
  await client.query(
    `insert into fill_call select n, uuidv7(), $2::timestamptz - ($1::int - n) * $3::float8 * interval '1 second'
       from generate_series(1, $1::int) n`,
    [calls, at, everySeconds],
  );
  await client.query(
    `insert into lead (account_id, id, company_id, name, created_at)
     select $1, id, $2, 'Caller ' || n, $3 from fill_lead`,
    [account, company, at],
  );
  await client.query(
    `insert into interaction (account_id, id, kind, company_id, lead_id, source_id, occurred_at)
     select $1, c.id, 'CALL', $2, l.id, t.source_id, c.at
       from fill_call c join fill_lead l on l.n = 1 + c.n % $3::int
       join tracker t on t.account_id = $1 and t.name = 'Tracker ' || 1 + c.n % ${TRACKERS}`,
    [account, company, leads],
  );
  await client.query(
    `insert into call (account_id, id, company_id, tracker_id, direction, state, outcome, from_number, to_number,
                       carrier_session_id, started_at, answered_at, ended_at, first_call, prior_calls, machine)
     select $1, c.id, $2, t.id, 'INBOUND', 'ENDED', 'ANSWERED', '+1212555' || lpad((100 + c.n % 100)::text, 4, '0'),
            '+14155550101', 'fill-' || c.n, c.at, c.at + interval '9 s', c.at + interval '90 s', c.n % 3 = 0, c.n % 3, $3
       from fill_call c join tracker t on t.account_id = $1 and t.name = 'Tracker ' || 1 + c.n % ${TRACKERS}`,
    [account, company, JSON.stringify(MACHINE)],
  );
  await client.query(
    `insert into interaction_tag (account_id, interaction_id, tag_id, tagged_at)
     select $1, c.id, g.id, $2 from fill_call c
       join tag g on g.account_id = $1 and g.name in ('Tag ' || 1 + c.n % ${TAGS}, 'Tag ' || 1 + (c.n + 5) % ${TAGS})`,
    [account, at],
  );
}
