// Matches and pools through the schema: what is asked for is what stands, and refusals name the field.
import { describe, expect, it } from 'vitest';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

const TRACKER = `fragment T on Tracker {
  id type poolSize overflow swapTargets version source { name } phoneNumbers { id number }
  match { kind landing parameter referrer engine searchType }
  poolMatch { direct searches { engine searchType } landings referrers inverted } }`;
const ERRORS = 'userErrors { code field message }';
const CREATE = `${TRACKER} mutation($input: CreateTrackerInput!) {
  createTracker(input: $input) { tracker { ...T } ${ERRORS} } }`;
const CREATE_POOL = `${TRACKER} mutation($input: CreateSessionTrackerInput!) {
  createSessionTracker(input: $input) { tracker { ...T } ${ERRORS} } }`;
const UPDATE = `${TRACKER} mutation($input: UpdateTrackerInput!) {
  updateTracker(input: $input) { tracker { ...T } ${ERRORS} } }`;

async function customer() {
  const people = await depot.settle();
  const run = (source: string, variables: Record<string, unknown> = {}, viewer = people.viewer) =>
    runOperation(schema, source, variables, { platform: depot, viewer });
  const common = {
    companyId: encodeGlobalId('Company', people.companyId),
    name: 'Website',
    destination: '+13125550177',
  };
  const wish = () => ({ phoneNumber: depot.nextNumber() });
  const source = (changes: object = {}) => ({
    input: { ...common, source: { name: 'Google Ads' }, number: wish(), ...changes },
  });
  const pool = (changes: object = {}) => ({
    input: { ...common, numbers: [wish(), wish()], ...changes },
  });
  return { ...people, run, source, pool, wish };
}

describe('the match of a source tracker', () => {
  it('is OFFLINE at first, as asked for, or changed; the targets are the destination at first', async () => {
    const { run, source } = await customer();
    const none = { landing: null, parameter: null, referrer: null, engine: null, searchType: null };
    const plain = (await run(CREATE, source({ match: null }))).data.createTracker.tracker;
    expect(plain).toMatchObject({
      type: 'SOURCE',
      match: { ...none, kind: 'OFFLINE' },
      poolSize: null,
      poolMatch: null,
      overflow: null,
      swapTargets: ['+13125550177'],
    });
    const search = { kind: 'SEARCH', engine: 'GOOGLE', searchType: 'PAID' };
    const swapTargets = ['(312) 555-0177', '+1 415 555 0100', '4155550100'];
    const made = await run(CREATE, source({ match: search, swapTargets }));
    expect(made.data.createTracker.tracker).toMatchObject({
      match: { ...none, ...search },
      swapTargets: ['+13125550177', '+14155550100'],
    });
    const trackerId = plain.id;
    const match = { kind: 'LANDING_URL', landing: '/spring' };
    const changed = await run(UPDATE, { input: { trackerId, match, expectedVersion: 1 } });
    expect(changed.data.updateTracker.tracker).toMatchObject({
      match: { ...none, ...match },
      version: 2,
    });
    const stale = await run(UPDATE, { input: { trackerId, match, expectedVersion: 1 } });
    expect(stale.data.updateTracker.userErrors[0].code).toBe('VERSION_CONFLICT');
  });

  it('is refused with the field that is wrong', async () => {
    const { run, source } = await customer();
    for (const [match, field, message] of [
      [{ kind: 'LANDING_URL' }, 'landing', 'LANDING_URL needs landing.'],
      [
        { kind: 'DIRECT', referrer: 'yelp.com' },
        'referrer',
        'DIRECT takes no referrer. Leave it out, or take another kind.',
      ],
      [{ kind: 'REFERRER', referrer: '' }, 'referrer', 'referrer takes 1 to 500 characters.'],
    ] as const) {
      const refused = await run(CREATE, source({ match }));
      expect(refused.data.createTracker).toEqual({
        tracker: null,
        userErrors: [{ code: 'INVALID_INPUT', field: ['match', field], message }],
      });
    }
  });
});

describe('a session tracker', () => {
  it('is made with its numbers, counts those in service, grows, and lets one go', async () => {
    const { run, pool, wish, accountId } = await customer();
    const poolMatch = {
      direct: true,
      searches: [{ engine: 'ALL', searchType: 'ORGANIC' }],
      referrers: ['yelp.com'],
    };
    const wanted = pool({ poolMatch, overflow: 'FIRST_NUMBER' });
    const made = (await run(CREATE_POOL, wanted)).data.createSessionTracker;
    expect(made).toMatchObject({
      tracker: {
        type: 'SESSION',
        poolSize: 0,
        match: null,
        overflow: 'FIRST_NUMBER',
        source: { name: 'Website' },
        poolMatch: { ...poolMatch, landings: [], inverted: false },
        phoneNumbers: wanted.input.numbers.map(({ phoneNumber }) => ({ number: phoneNumber })),
      },
      userErrors: [],
    });
    const trackerId = made.tracker.id;
    const third = wish();
    const grown = await run(
      `${TRACKER} mutation($input: AddPoolNumbersInput!) {
         addPoolNumbers(input: $input) { tracker { ...T } ${ERRORS} } }`,
      { input: { trackerId, numbers: [third] } },
    );
    const { phoneNumbers } = grown.data.addPoolNumbers.tracker;
    expect(phoneNumbers).toHaveLength(3);
    expect(phoneNumbers[2].number).toBe(third.phoneNumber);
    const rows = await depot.db.prisma.phoneNumber.findMany({ where: { accountId } });
    for (const { id } of rows) await depot.bring(accountId, id);
    const read = async () =>
      (await run(`${TRACKER} { trackers(filter: { type: SESSION }) { nodes { ...T } } }`)).data
        .trackers.nodes;
    expect(await read()).toMatchObject([{ poolSize: 3 }]);

    const removed = await run(
      `mutation($input: RemovePoolNumberInput!) {
         removePoolNumber(input: $input) { phoneNumber { status releaseAt } ${ERRORS} } }`,
      { input: { phoneNumberId: phoneNumbers[0].id, graceDays: 1 } },
    );
    expect(removed.data.removePoolNumber).toEqual({
      phoneNumber: {
        status: 'ACTIVE',
        releaseAt: new Date(depot.clock.now(accountId).getTime() + 86_400_000).toISOString(),
      },
      userErrors: [],
    });
    expect(await read()).toMatchObject([{ poolSize: 2 }]);
  });

  it('names the place of a number that is wrong, and of a reservation that is not there', async () => {
    const { run, pool, wish } = await customer();
    const bad = await run(CREATE_POOL, pool({ numbers: [wish(), { phoneNumber: 'no' }] }));
    expect(bad.data.createSessionTracker.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['numbers', '1', 'phoneNumber'] },
    ]);
    const reservationId = encodeGlobalId(
      'NumberReservation',
      '0190a1b2-0000-7000-8000-00000000000a',
    );
    const lost = await run(CREATE_POOL, pool({ numbers: [{ ...wish(), reservationId }] }));
    expect(lost.data.createSessionTracker.userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['numbers', '0', 'reservationId'] },
    ]);
  });

  it('shows the newest fifty of its numbers, and all of them page by page', async () => {
    const { run, pool, accountId, companyId } = await customer();
    const { id } = (await run(CREATE_POOL, pool())).data.createSessionTracker.tracker;
    const { rows } = await depot.db.pool.query('select id from tracker where account_id = $1', [
      accountId,
    ]);
    await depot.db.pool.query(
      `insert into phone_number (account_id, id, company_id, tracker_id, number, status, created_at)
       select $1, uuidv7(), $2, $3, '+1212555' || lpad(n::text, 4, '0'), 'ACTIVE',
              $4::timestamptz + n * interval '1 second' from generate_series(1, 60) n`,
      [accountId, companyId, rows[0].id, depot.clock.now(accountId)],
    );
    const answer = await run(
      `query($id: ID!) {
         node(id: $id) { ... on Tracker { poolSize phoneNumbers { number } } }
         phoneNumbers(first: 100, filter: { trackerIds: [$id] }) { totalCount nodes { id } } }`,
      { id },
    );
    const shown = answer.data.node.phoneNumbers.map(({ number }: { number: string }) => number);
    expect(shown).toEqual(
      Array.from({ length: 50 }, (_, n) => `+1212555${String(n + 11).padStart(4, '0')}`),
    );
    expect(answer.data.node.poolSize).toBe(60);
    expect(answer.data.phoneNumbers.nodes).toHaveLength(62);
  });
});

it('availablePhoneNumbers offers as many as are asked for, up to a hundred', async () => {
  const { run } = await customer();
  const offers = (first: number) =>
    run(`{ availablePhoneNumbers(areaCode: "602", first: ${first}) { phoneNumber } }`);
  expect((await offers(100)).data.availablePhoneNumbers).toHaveLength(100);
  expect((await offers(3)).data.availablePhoneNumbers).toHaveLength(3);
  expect((await offers(101)).errors?.[0].message).toBe('first takes 1 to 100.');
});
