// A pool through the public doors: bought from the carrier, one number failing, called on the number of one's choice,
// replaced, and shrunk without a lost call.
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const TRACKER = 'tracker { id poolSize phoneNumbers { id number status } }';
const ERRORS = 'userErrors { code message field }';

it('a pool comes into service number by number, and each leads callers to the business', async () => {
  const { availablePhoneNumbers: offers } = await town.ask(
    '{ availablePhoneNumbers(areaCode: "617", first: 100) { phoneNumber } }',
  );
  const [lost, ...numbers]: string[] = offers
    .slice(0, 9)
    .map(({ phoneNumber }: { phoneNumber: string }) => phoneNumber);
  town.sandbox.numberRules([{ on: 'order', phoneNumber: lost ?? '', outcome: 'failure' }]);
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const input = {
    companyId: companies.nodes[0].id,
    name: 'Website',
    destination: '+13125550190',
    numbers: [lost, ...numbers].map((phoneNumber) => ({ phoneNumber })),
    poolMatch: { direct: true, inverted: true },
    idempotencyKey: 'website',
  };
  const create = () =>
    town.ask(
      `mutation($input: CreateSessionTrackerInput!) {
         createSessionTracker(input: $input) { ${TRACKER} ${ERRORS} } }`,
      { input },
    );
  const [first, again] = await Promise.all([create(), create()]);
  const { id } = first.createSessionTracker.tracker;
  expect(again.createSessionTracker.tracker.id).toBe(id);
  const pool = async () =>
    (
      await town.ask(
        `query($id: ID!) { node(id: $id) { ... on ${TRACKER.replace('tracker', 'Tracker')} } }`,
        { id },
      )
    ).node;
  await town.until('eight are in service', async () => (await pool()).poolSize === 8);
  await town.sees('NUMBER_STATUS_CHANGED', (e) => e.status === 'FAILED');
  expect((await pool()).phoneNumbers.map(({ status }: { status: string }) => status)).toEqual([
    'FAILED',
    ...numbers.map(() => 'ACTIVE'),
  ]);

  const call = async (to: string) => {
    const { from } = town.caller();
    const { placeSandboxCall } = await town.ask(
      `mutation($input: PlaceSandboxCallInput!) { placeSandboxCall(input: $input) { to ${ERRORS} } }`,
      { input: { trackerId: id, to, from, hangUpAfterSeconds: 4 } },
    );
    expect(placeSandboxCall.to).toBe(to);
    return (await town.endedCall(from)).to;
  };
  const [one = '', , , four = ''] = numbers;
  expect(await Promise.all([call(one), call(four)])).toEqual([one, four]);

  const phoneNumberId = (await pool()).phoneNumbers[1].id;
  const { removePoolNumber } = await town.ask(
    `mutation($input: RemovePoolNumberInput!) {
       removePoolNumber(input: $input) { phoneNumber { status releaseAt } ${ERRORS} } }`,
    { input: { phoneNumberId, graceDays: 1 } },
  );
  expect(removePoolNumber.phoneNumber.status).toBe('ACTIVE');
  expect((await pool()).poolSize).toBe(7);
  expect(await call(one)).toBe(one);
  const { releasePhoneNumber } = (
    await town.answer(
      `mutation($input: ReleasePhoneNumberInput!) {
         releasePhoneNumber(input: $input) { phoneNumber { id } ${ERRORS} } }`,
      { input: { phoneNumberId } },
    )
  ).data;
  expect(releasePhoneNumber.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  const stray = await town.answer(
    `mutation($input: PlaceSandboxCallInput!) { placeSandboxCall(input: $input) { to ${ERRORS} } }`,
    { input: { trackerId: id, to: '+14155550100', from: '+14155550134' } },
  );
  expect(stray.data.placeSandboxCall.userErrors).toMatchObject([
    { code: 'WRONG_STATE', field: ['to'] },
  ]);
});
