// Scripted calls of TEST accounts: who may place them, what is refused with which words, and that a repetition is one call.
import { expect, it } from 'vitest';
import {
  createAccount,
  createApiKey,
  createCompany,
  systemViewer,
} from '#domains/accounts/index.ts';
import { openTown } from '#tests/support/town.ts';
import { SCOPES } from '#values/scopes.ts';

const town = await openTown();
const tracker = await town.tracker({ voicemail: false });
const other = await town.tracker();

const FROM = '+14155550134';
const place = async (input: object, key?: string) => {
  const { data, errors } = await town.answer(
    `mutation($input: PlaceSandboxCallInput!) { placeSandboxCall(input: $input) {
       to userErrors { code field message } } }`,
    { input: { trackerId: tracker.id, from: FROM, ...input } },
    key,
  );
  return { placed: data?.placeSandboxCall, errors };
};
const ringing = (from: string) =>
  town.seen((e) => e.type === 'CALL_RINGING' && e.call.from === from);

it.each([
  ['ANSWER', 'ANSWERED'],
  ['BUSY', 'BUSY'],
  ['REJECT', 'MISSED'],
])('a business that is told to %s makes the call %s', async (destination, outcome) => {
  const from = { ANSWER: '+14155550141', BUSY: '+14155550142' }[destination] ?? '+14155550143';
  const { placed } = await place({ from, destination, callerName: 'R MILLER' });
  expect(placed).toEqual({ to: tracker.number, userErrors: [] });
  expect(await town.endedCall(from)).toMatchObject({ outcome, lead: { name: 'R MILLER' } });
});

it('each call has its own business, also where a later one to the same telephone is under way', async () => {
  const second = await town.tracker({ voicemail: false, destination: tracker.destination });
  await place({ from: '+14155550145' });
  await place({ from: '+14155550146', trackerId: second.id, destination: 'BUSY' });
  expect(await town.endedCall('+14155550145')).toMatchObject({ outcome: 'ANSWERED' });
  expect(await town.endedCall('+14155550146')).toMatchObject({ outcome: 'BUSY' });
  // how that telephone is scripted beside them is left as it was
  await place({ from: '+14155550147', destination: 'BUSY' });
  await town.endedCall('+14155550147');
  town.caller('+14155550148').dials(tracker, { hangUpAfterSeconds: 20 });
  expect(await town.endedCall('+14155550148')).toMatchObject({ outcome: 'ANSWERED' });
});

it('a repetition under one idempotencyKey is one call', async () => {
  const input = { from: '+14155550144', hangUpAfterSeconds: 1, idempotencyKey: 'one-call' };
  const [first, second] = [await place(input), await place(input)];
  expect([first.placed, second.placed]).toEqual([
    { to: tracker.number, userErrors: [] },
    { to: tracker.number, userErrors: [] },
  ]);
  await town.endedCall(input.from);
  expect(ringing(input.from)).toHaveLength(1);
});

it.each([
  [{ from: '+15' }, 'INVALID_INPUT'],
  [{ answerAfterSeconds: 121 }, 'INVALID_INPUT'],
  [{ hangUpAfterSeconds: -1 }, 'INVALID_INPUT'],
  [{ callerName: 'x'.repeat(61) }, 'INVALID_INPUT'],
  [{ dialogue: 'no-such-dialogue' }, 'INVALID_INPUT'],
])('%o is refused: %s, and nobody is called', async (input, code) => {
  const before = town.sandbox.calls().legs.length;
  const { placed, errors } = await place(input);
  // a malformed number is refused by the scalar, before the verb
  const codes = errors
    ? errors.map(() => 'INVALID_INPUT')
    : placed.userErrors.map((error: { code: string }) => error.code);
  expect(codes).toEqual([code]);
  expect(town.sandbox.calls().legs).toHaveLength(before);
});

it.each([
  ['ORDERING', / is being ordered\. Try again when its status is ACTIVE/],
  ['FAILED', / could not be had, .* Take another one with replacePhoneNumber\./],
  ['RELEASED', /no number in service any more/],
] as const)(
  'a tracker whose number is %s cannot be called, and why is told',
  async (status, why) => {
    const { prisma } = town.server.platform.db;
    await prisma.phoneNumber.updateMany({ where: { number: other.number }, data: { status } });
    const { placed } = await place({ trackerId: other.id });
    expect(placed).toMatchObject({
      to: null,
      userErrors: [{ code: 'WRONG_STATE', field: ['trackerId'] }],
    });
    expect(placed.userErrors[0].message).toMatch(why);
  },
);

it('a key without sandbox:write is forbidden, by name of the scope', async () => {
  const { errors } = await place({}, await town.keyWith(['calls:read', 'numbers:read']));
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'SANDBOX_WRITE' } }]);
  expect(errors?.[0]?.message).toContain('This key lacks the scope SANDBOX_WRITE');
});

it('a LIVE account has no scripted calls', async () => {
  const { platform } = town.server;
  const account = await createAccount(platform, { name: 'Live', mode: 'LIVE' });
  const viewer = systemViewer(account.id, 'LIVE', 'test');
  await createCompany(platform, viewer, { name: 'Company' });
  const { secret } = await createApiKey(platform, viewer, { name: 'Key', scopes: [...SCOPES] });
  const { placed } = await place({}, secret ?? '');
  expect(placed.userErrors).toMatchObject([{ code: 'TEST_ACCOUNT_REQUIRED' }]);
});
