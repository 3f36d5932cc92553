// Rules that refuse: which codes come back, that each refusal is an event, and that an account can turn metered calling on.
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const tracker = await town.tracker();

const forwardTo = async (destination: string) => {
  const { data } = await town.answer(
    `mutation($input: UpdateTrackerInput!) { updateTracker(input: $input) {
       tracker { destination } userErrors { code message field } } }`,
    { input: { trackerId: tracker.id, destination } },
  );
  return data.updateTracker;
};

const meter = (meteredCalling: boolean) =>
  town.ask(
    `mutation($on: Boolean!) { updateAccount(input: { meteredCalling: $on }) { userErrors { message } } }`,
    { on: meteredCalling },
  );

const refusals = async (): Promise<object[]> => {
  const { events } = await town.ask(
    `{ events(first: 100, filter: { types: [POLICY_REFUSED] }) { nodes {
         ... on PolicyEvent { code mutation actor } } } }`,
  );
  return events.nodes;
};

it.each([
  ['a number of Jamaica, though it begins with +1', '+18765550123', 'DESTINATION_NOT_US_CA'],
  ['a toll-free number', '+18005550199', 'TOLL_FREE_NOT_ALLOWED'],
  ['an emergency number', '911', 'EMERGENCY_CALL'],
  ['its own number', tracker.number, 'TRUNKING_PROHIBITED'],
])('a tracker is not forwarded to %s, and the refusal is told', async (_what, number, code) => {
  const before = (await refusals()).length;
  expect(await forwardTo(number)).toMatchObject({
    tracker: null,
    userErrors: [{ code, field: ['destination'] }],
  });
  // an event is shown once every transaction that began before it has ended
  const told = await town.until('the refusal is in the log', async () => {
    const now = await refusals();
    return now.length > before ? now : null;
  });
  expect(told).toHaveLength(before + 1);
  expect(told.at(-1)).toMatchObject({
    code,
    mutation: 'updateTracker',
    actor: expect.stringMatching(/^key:/),
  });
});

it('live words are refused while no third party may hear calls, and the refusal is told', async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const { data } = await town.answer(
    'mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) { userErrors { code field } } }',
    { input: { companyId: companies.nodes[0].id, liveTranscription: true } },
  );
  const code = 'AI_PROCESSING_NOT_ALLOWED';
  expect(data.updateCompany.userErrors).toEqual([{ code, field: ['liveTranscription'] }]);
  await town.until('the refusal is in the log', async () =>
    (await refusals()).some((one) => 'code' in one && one.code === code),
  );
});

it('a key without the right to settings is not told of refusals', async () => {
  const narrow = await town.keyWith(['calls:read', 'numbers:write']);
  const { errors } = await town.answer(
    '{ events(filter: { types: [POLICY_REFUSED] }) { nodes { id } } }',
    {},
    narrow,
  );
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
});

it('metered calling opens the world, and such calls are rated as metered', async () => {
  await meter(true);
  expect(await forwardTo('+18005550199')).toMatchObject({
    tracker: { destination: '+18005550199' },
    userErrors: [],
  });
  const abroad = await town.tracker({ destination: '+18765550123' });
  town
    .business({ ...abroad, destination: '+18765550123' })
    .is('answer', { hangUpAfterSeconds: 12 });
  const caller = town.caller();
  caller.dials(abroad);
  const { id } = await town.endedCall(caller.from);
  const { node } = await town.ask(
    'query($id: ID!) { node(id: $id) { ... on Call { ratingClass } } }',
    {
      id,
    },
  );
  expect(node.ratingClass).toBe('METERED');
  // the other tests may come after this one
  await forwardTo(tracker.destination);
  await meter(false);
});
