// The call that made a regular a good lead: so many later ones read so by it that they cannot all follow in the
// transaction that erases it. It says so, and what to do instead; any other call of theirs is erased all the same.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown({ speed: 20 });
const { prisma } = town.server.platform.db;
const FROM = '+14155550177';
const uuidOf = (id: string) => decodeGlobalId(id)?.id ?? '';

const erase = async (callId: string) => {
  const { data } = await town.answer(
    `mutation($input: EraseCallInput!) { eraseCall(input: $input) {
       erasure { erased { leads } } userErrors { code field message } } }`,
    { input: { callId } },
  );
  return data.eraseCall;
};
const statusOf = async (id: string) => (await town.call(id)).leadStatus;

it('is not erased while more than 1,000 would follow; others are', {
  timeout: 60_000,
}, async () => {
  const tracker = await town.tracker();
  town.business(tracker).is('no-answer');
  const ends = () => town.seen(({ type }) => type === 'CALL_ENDED').map(({ call }) => call.id);
  for (const nth of [1, 2, 3]) {
    town.caller(FROM).dials(tracker, { hangUpAfterSeconds: 1 });
    await town.until('it is over', () => ends().length === nth);
  }
  const [good = '', other = '', last = ''] = ends();
  await town.ask(
    `mutation($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code message } } }`,
    { input: { callId: good, leadStatus: 'GOOD_LEAD' } },
  );
  expect(await statusOf(last)).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');
  const row = await prisma.interaction.findFirstOrThrow({ where: { id: uuidOf(last) } });
  const copies = Array.from({ length: 1_000 }, () => ({ ...row, id: randomUUID() }));
  await prisma.interaction.createMany({ data: copies });

  expect(await erase(good)).toEqual({
    erasure: null,
    userErrors: [
      { code: 'WRONG_STATE', field: ['callId'], message: expect.stringContaining('eraseLead') },
    ],
  });
  expect(await statusOf(good)).toBe('GOOD_LEAD');
  expect(await erase(other)).toEqual({ erasure: { erased: { leads: 0 } }, userErrors: [] });
  expect(await statusOf(last)).toBe('PREVIOUSLY_MARKED_GOOD_LEAD');

  await prisma.interaction.deleteMany({ where: { id: { in: copies.map(({ id }) => id) } } });
  expect(await erase(good)).toEqual({ erasure: { erased: { leads: 0 } }, userErrors: [] });
  expect(await statusOf(last)).toBe('NOT_SCORED');
});
