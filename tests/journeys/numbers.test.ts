// The life of a tracking number through the public doors: held, bought, replaced, given back, bought again; with orders
// that the carrier decides late, silently, twice over or not at all.
import { afterEach, describe, expect, it } from 'vitest';
import { keepNumbers } from '#domains/numbers/keep-numbers.ts';
import { openTown, SANDBOX_KEY } from '#tests/support/town.ts';

const town = await openTown();
const { sandbox } = town;
const { platform } = town.server;

afterEach(() => {
  sandbox.numberRules([]);
  sandbox.chaos({ profile: calm });
});
const calm = {
  delayMs: 0,
  reorderWindowMs: 0,
  duplicateProbability: 0,
  dropFirstAttemptProbability: 0,
};

const NUMBER = 'id number status failure version releaseAt replacedBy { id } replaces { id }';
const offers = async (areaCode: string): Promise<string[]> => {
  const { availablePhoneNumbers } = await town.ask(
    'query($areaCode: String) { availablePhoneNumbers(areaCode: $areaCode) { phoneNumber } }',
    { areaCode },
  );
  return availablePhoneNumbers.map((offer: { phoneNumber: string }) => offer.phoneNumber);
};
const companyId = async (): Promise<string> =>
  (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id;

let made = 0;
const create = async (number: object, more: object = {}) => {
  const { createTracker } = await town.ask(
    `mutation($input: CreateTrackerInput!) { createTracker(input: $input) {
       tracker { id phoneNumbers { ${NUMBER} } } userErrors { code message field } } }`,
    {
      input: {
        companyId: await companyId(),
        name: 'Spring ad',
        source: { name: 'Google Ads' },
        destination: `+1312555${String(100 + made++).padStart(4, '0')}`,
        number,
        ...more,
      },
    },
  );
  return createTracker.tracker;
};
const inStatus = (id: string, status: string) =>
  town.sees('NUMBER_STATUS_CHANGED', (e) => e.phoneNumber.id === id && e.status === status);
const numbersOf = async (trackerId: string) => {
  const { node } = await town.ask(
    `query($id: ID!) { node(id: $id) { ... on Tracker { phoneNumbers { ${NUMBER} } } } }`,
    { id: trackerId },
  );
  return node.phoneNumbers;
};
const rings = async (number: string) => {
  const caller = town.caller();
  caller.dials({ number }, { hangUpAfterSeconds: 3 });
  return (await town.endedCall(caller.from)).id;
};
const ordersFor = (number: string) =>
  fetch(`${sandbox.url}/v2/number_orders?page[size]=250`, {
    headers: { authorization: `Bearer ${SANDBOX_KEY}` },
  })
    .then((answer) => answer.json())
    .then(({ data }) =>
      data.filter((order: { phone_numbers: { phone_number: string }[] }) =>
        order.phone_numbers.some((line) => line.phone_number === number),
      ),
    );

it('a number is held, bought, replaced, given back and bought again', async () => {
  const [first = '', second = ''] = await offers('206');
  const { reservePhoneNumbers } = await town.ask(
    `mutation($input: ReservePhoneNumbersInput!) { reservePhoneNumbers(input: $input) {
       reservation { id isHeld expiresAt numbers { phoneNumber state } } userErrors { message } } }`,
    { input: { companyId: await companyId(), phoneNumbers: [first, second] } },
  );
  const { reservation } = reservePhoneNumbers;
  expect(reservation).toMatchObject({
    isHeld: true,
    numbers: [{ state: 'HELD' }, { state: 'HELD' }],
  });
  expect(await offers('206')).not.toContain(first);

  const tracker = await create({ phoneNumber: first, reservationId: reservation.id });
  const [old] = tracker.phoneNumbers;
  await inStatus(old.id, 'ACTIVE');
  const before = await rings(first);

  const { releaseNumberReservation } = await town.ask(
    `mutation($input: ReleaseNumberReservationInput!) { releaseNumberReservation(input: $input) {
       reservation { isHeld numbers { phoneNumber state } } userErrors { message } } }`,
    { input: { reservationId: reservation.id } },
  );
  expect(releaseNumberReservation.reservation).toMatchObject({ isHeld: false });

  const { replacePhoneNumber } = await town.ask(
    `mutation($input: ReplacePhoneNumberInput!) { replacePhoneNumber(input: $input) {
       phoneNumber { ${NUMBER} } userErrors { code message } } }`,
    { input: { phoneNumberId: old.id, number: { phoneNumber: second }, graceDays: 0 } },
  );
  const fresh = replacePhoneNumber.phoneNumber;
  expect(fresh).toMatchObject({ status: 'ORDERING', replaces: { id: old.id } });
  await inStatus(fresh.id, 'ACTIVE');
  const meanwhile = [await rings(first), await rings(second)];

  await keepNumbers(platform);
  await inStatus(old.id, 'RELEASED');
  expect(await numbersOf(tracker.id)).toMatchObject([
    { number: first, status: 'RELEASED', replacedBy: { id: fresh.id } },
    { number: second, status: 'ACTIVE' },
  ]);
  const { calls } = await town.ask(
    'query($filter: CallFilter) { calls(filter: $filter) { nodes { id } } }',
    { filter: { trackerIds: [tracker.id] } },
  );
  expect(calls.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(
    [before, ...meanwhile].sort(),
  );

  // the carrier still sends a call of the number that it took back
  const [{ connectionId = '' } = {}] = sandbox.calls().legs;
  sandbox.own({ phoneNumber: first, connectionId });
  const late = town.caller();
  const leg = late.dials({ number: first });
  await town.until('the late caller was told, and hung up on', () =>
    town.commands(leg, 'hangup').at(0),
  );
  expect(town.logged).toContainEqual(
    expect.objectContaining({ level: 'warn', pii_to: first, accountId: town.accountId }),
  );
  expect(town.seen((e) => e.call?.from === late.from)).toEqual([]);
  await fetch(`${sandbox.url}/v2/phone_numbers/${encodeURIComponent(first)}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${SANDBOX_KEY}` },
  });

  const again = await create({ phoneNumber: first });
  await inStatus(again.phoneNumbers[0].id, 'ACTIVE');
  const call = await town.call(await rings(first));
  expect(call.to).toBe(first);
});

describe('an order', () => {
  it('asked for twice with one key buys one number', async () => {
    const [number = ''] = await offers('303');
    const key = { idempotencyKey: 'one number', destination: '+13125550199' };
    const trackers = await Promise.all([1, 2, 3].map(() => create({ phoneNumber: number }, key)));
    expect(new Set(trackers.map(({ id }) => id)).size).toBe(1);
    await inStatus(trackers[0].phoneNumbers[0].id, 'ACTIVE');
    expect(await ordersFor(number)).toHaveLength(1);
  });

  it('that the carrier tells nobody about is found by asking', async () => {
    sandbox.numberRules([{ on: 'order', silent: true }]);
    const [phoneNumber = ''] = await offers('512');
    const { phoneNumbers } = await create({ phoneNumber });
    await inStatus(phoneNumbers[0].id, 'ACTIVE');
    expect(await ordersFor(phoneNumber)).toHaveLength(1);
  });

  it('that the carrier could not fill is FAILED, and the tracker takes another number', async () => {
    const [phoneNumber = ''] = await offers('404');
    sandbox.numberRules([{ on: 'order', phoneNumber, outcome: 'failure' }]);
    const tracker = await create({ phoneNumber });
    const [{ id }] = tracker.phoneNumbers;
    await inStatus(id, 'FAILED');
    const { replacePhoneNumber } = await town.ask(
      `mutation($input: ReplacePhoneNumberInput!) { replacePhoneNumber(input: $input) {
         phoneNumber { id number } userErrors { code message } } }`,
      { input: { phoneNumberId: id, number: { phoneNumber: (await offers('404'))[1] } } },
    );
    await inStatus(replacePhoneNumber.phoneNumber.id, 'ACTIVE');
    expect(await numbersOf(tracker.id)).toMatchObject([
      { status: 'FAILED', failure: 'The carrier could not fill the order.' },
      { status: 'ACTIVE' },
    ]);
  });

  it('whose answer is lost, whose webhook comes late and twice, is placed and told once', async () => {
    sandbox.faults([{ command: 'POST /v2/number_orders', hang: true }]);
    sandbox.chaos({ profile: { ...calm, reorderWindowMs: 5_000, duplicateProbability: 1 } });
    const [phoneNumber = ''] = await offers('602');
    const { phoneNumbers } = await create({ phoneNumber });
    const [{ id }] = phoneNumbers;
    await inStatus(id, 'ACTIVE');
    await town.until('the webhooks have come', () =>
      sandbox.deliveries().every((one) => one.status !== 'pending'),
    );
    const told = town.seen((e) => e.phoneNumber?.id === id).map((e) => e.status);
    expect(told).toEqual(['ORDERING', 'ACTIVE']);
    expect(await ordersFor(phoneNumber)).toHaveLength(1);
    sandbox.faults([]);
  });
});

it('a return that the carrier refuses is told with its reason', async () => {
  const tracker = await town.tracker();
  const [{ id }] = await numbersOf(tracker.id);
  sandbox.faults([{ command: 'DELETE /v2/phone_numbers/:id', status: 422, detail: 'Locked.' }]);
  await town.ask(
    `mutation($input: DisableTrackerInput!) { disableTracker(input: $input) { userErrors { code } } }`,
    { input: { trackerId: tracker.id } },
  );
  const { releasePhoneNumber } = await town.ask(
    `mutation($input: ReleasePhoneNumberInput!) { releasePhoneNumber(input: $input) {
       phoneNumber { status } userErrors { code message } } }`,
    { input: { phoneNumberId: id } },
  );
  expect(releasePhoneNumber.phoneNumber.status).toBe('RELEASING');
  await town.until('it is in service again', async () => {
    const [number] = await numbersOf(tracker.id);
    return number.status === 'ACTIVE' && number.failure?.includes('Locked.');
  });
  sandbox.faults([]);
});
