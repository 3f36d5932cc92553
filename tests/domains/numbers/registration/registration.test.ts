// A registration between its maker and the registry: refused and corrected, answers lost, words that never come; nothing is
// submitted twice, and each change is told once.
import { expect, it } from 'vitest';
import { checkNumber } from '#domains/numbers/check-number.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { keepNumbers } from '#domains/numbers/keep-numbers.ts';
import { advanceRegistration } from '#domains/numbers/registration/advance-registration.ts';
import { createRegistration } from '#domains/numbers/registration/create-registration.ts';
import type { RegistrationKind } from '#domains/numbers/registration/store-registrations.ts';
import { submitRegistration } from '#domains/numbers/registration/submit-registration.ts';
import { updateRegistration } from '#domains/numbers/registration/update-registration.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { schema } from '#schema';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';
import { BRAND, CAMPAIGN } from '#tests/support/register-sender.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Refused } from '#values/refusals.ts';
import { openDepot } from '../depot.ts';

const depot = await openDepot();
const HOUR_MS = 3_600_000;

async function registrar() {
  const people = await depot.settle();
  const { accountId, companyId, viewer } = people;
  const begin = (kind: RegistrationKind, details: object = kind === 'brand' ? BRAND : CAMPAIGN) =>
    createRegistration(depot, viewer, kind, { companyId, details });
  const submit = (kind: RegistrationKind, registrationId: string) =>
    submitRegistration(depot, viewer, kind, { registrationId });
  const advance = (
    kind: RegistrationKind,
    registrationId: string,
    platform: Parameters<typeof advanceRegistration>[0] = depot,
  ) => advanceRegistration(platform, { accountId, kind, registrationId });
  const states = async (id: string) =>
    (await people.told(`registration:${id}`)).map(
      ({ payload }) => (payload as { state: string }).state,
    );
  /** A registration of a kind that the registry has approved. */
  const approve = async (kind: RegistrationKind) => {
    const { id } = await begin(kind);
    await submit(kind, id);
    await advance(kind, id);
    await depot.passes(5_000);
    expect(await advance(kind, id)).toBe('approved');
    return id;
  };
  return { ...people, begin, submit, advance, states, approve };
}

it('names every field that the registry would refuse, and sends nothing', async () => {
  const { begin, submit, states, viewer, companyId } = await registrar();
  const { id } = await begin('brand', { ...BRAND, taxId: '123', region: 'XX', email: '' });
  const refusal: Refused = await submit('brand', id).then(
    () => expect.fail('It was submitted.'),
    (thrown) => thrown,
  );
  const all = [refusal, ...refusal.also].map(({ field, code }) => [code, ...field]);
  expect(all).toEqual([
    ['INVALID_INPUT', 'taxId'],
    ['INVALID_INPUT', 'email'],
    ['INVALID_INPUT', 'region'],
  ]);
  const wrong = { companyId, details: { displayName: 7, vertical: 'MAGIC' } };
  const malformed = await refusalOf(createRegistration(depot, viewer, 'brand', wrong));
  expect(malformed.code).toBe('INVALID_INPUT');
  expect((await refusalOf(begin('brand'))).code).toBe('WRONG_STATE');
  expect(await states(id)).toEqual(['DRAFT']);
});

it.each([
  ['Brand', BRAND, { displayName: 'Wren', taxId: null }, 'taxId'],
  [
    'Campaign',
    CAMPAIGN,
    { samples: [...CAMPAIGN.samples, 'x'.repeat(20)], helpMessage: null },
    'helpMessage',
  ],
])('a draft of a %s is filled in by API, field by field', async (Kind, whole, patch, missing) => {
  const { viewer, begin } = await registrar();
  const kind = Kind.toLowerCase() as RegistrationKind;
  const { id } = await begin(kind, whole);
  const names = Object.keys(whole).join(' ');
  const update = async (input: object) => {
    const source = `mutation($input: Update${Kind}RegistrationInput!) { update${Kind}Registration(input: $input) {
      ${kind}Registration { state version ${names} problems { field } } userErrors { code field } } }`;
    const as = { platform: depot, viewer };
    const given = {
      [`${kind}RegistrationId`]: encodeGlobalId(`${Kind}Registration`, id),
      ...input,
    };
    const { data } = await runOperation(schema, source, { input: given }, as);
    return data[`update${Kind}Registration`];
  };
  const changed = await update({ ...patch, expectedVersion: 1 });
  expect(changed.userErrors).toEqual([]);
  expect(changed[`${kind}Registration`]).toMatchObject({
    ...{ ...whole, ...patch, state: 'DRAFT', version: 2 },
    problems: expect.arrayContaining([{ field: missing }]),
  });
  expect((await update({ expectedVersion: 1 })).userErrors).toMatchObject([
    { code: 'VERSION_CONFLICT' },
  ]);
});

it('a refused brand says why, is corrected and goes again under a new reference', async () => {
  const { begin, submit, advance, states, viewer } = await registrar();
  const { id } = await begin('brand');
  depot.sandbox.registrationRules([
    { on: 'brand', outcome: 'rejected', reason: 'No such tax id.', silent: true },
  ]);
  await submit('brand', id);
  expect(await advance('brand', id)).toBe('submitted');
  await depot.passes(2_000);
  expect(await advance('brand', id)).toBe('rejected');
  depot.sandbox.registrationRules([]);
  const corrected = await updateRegistration(depot, viewer, 'brand', {
    registrationId: id,
    details: { taxId: '987654321', stockSymbol: null },
  });
  expect(corrected).toMatchObject({ state: 'REJECTED', reason: 'No such tax id.' });
  await submit('brand', id);
  const early = updateRegistration(depot, viewer, 'brand', { registrationId: id, details: {} });
  expect((await refusalOf(early)).code).toBe('WRONG_STATE');
  await advance('brand', id);
  await depot.passes(2_000);
  expect(await advance('brand', id)).toBe('approved');
  expect(await states(id)).toEqual([
    'DRAFT',
    'SUBMITTED',
    'PENDING',
    'REJECTED',
    'REJECTED',
    'SUBMITTED',
    'PENDING',
    'APPROVED',
  ]);
});

it('an answer that is lost is looked up: the registry is paid once', async () => {
  const { begin, submit, advance } = await registrar();
  const line = await depot.line();
  let submissions = 0;
  const lost: NumberInventory = {
    ...line,
    async submitBrand(...request) {
      submissions += 1;
      await line.submitBrand(...request);
      throw new CarrierUnreachable('The answer was lost.');
    },
    async submitCampaign(...request) {
      submissions += 1;
      await line.submitCampaign(...request);
      throw new CarrierUnreachable('The answer was lost.');
    },
  };
  const shaky = { ...depot, carriers: { of: async () => lost } };
  const brand = await begin('brand');
  await submit('brand', brand.id);
  await expect(advance('brand', brand.id, shaky)).rejects.toThrow('lost');
  expect(await advance('brand', brand.id, shaky)).toBe('submitted');
  await depot.passes(2_000);
  expect(await advance('brand', brand.id)).toBe('approved');
  const campaign = await begin('campaign');
  await submit('campaign', campaign.id);
  await expect(advance('campaign', campaign.id, shaky)).rejects.toThrow('lost');
  expect(await advance('campaign', campaign.id, shaky)).toBe('submitted');
  expect(submissions).toBe(2);
});

it('a campaign needs its brand first, and puts the numbers on itself when it is approved', async () => {
  const { begin, submit, approve, serve, number, accountId } = await registrar();
  const { phoneNumberId } = await serve();
  const early = await begin('campaign');
  expect((await refusalOf(submit('campaign', early.id))).code).toBe('WRONG_STATE');
  await approve('brand');
  await submit('campaign', early.id);
  const key = { accountId, kind: 'campaign' as const, registrationId: early.id };
  await advanceRegistration(depot, key);
  await depot.passes(5_000);
  // nobody told: the hourly look finds it
  depot.clock.advance(HOUR_MS);
  await keepNumbers(depot);
  expect(await depot.waiting('numbers.check-registration', accountId)).toContainEqual(key);
  await advanceRegistration(depot, key);
  expect(await depot.waiting('numbers.check', accountId)).toContainEqual({
    accountId,
    phoneNumberId,
  });
  await checkNumber(depot, { accountId, phoneNumberId });
  expect(await number(phoneNumberId)).toMatchObject({ assignment: 'PENDING' });
  await depot.sandbox.clock.advance(2_000);
  await checkNumber(depot, { accountId, phoneNumberId });
  expect(await number(phoneNumberId)).toMatchObject({ assignment: 'ASSIGNED' });
});

it('a number that the carrier will not put on the campaign says why, and is tried again', async () => {
  const { approve, serve, number, accountId } = await registrar();
  const { phoneNumberId } = await serve();
  await approve('brand');
  await approve('campaign');
  depot.sandbox.registrationRules([{ on: 'assignment', outcome: 'rejected', reason: 'Full.' }]);
  const check = () => checkNumber(depot, { accountId, phoneNumberId });
  await check();
  await depot.sandbox.clock.advance(2_000);
  depot.sandbox.registrationRules([]);
  await check();
  await depot.sandbox.clock.advance(2_000);
  await check();
  expect(await number(phoneNumberId)).toMatchObject({
    assignment: 'ASSIGNED',
    assignmentFailure: null,
  });
});

it('companies have profiles of their own, each made once, however many numbers ask for it', async () => {
  const { create, numberOf, accountId } = await registrar();
  const trackers = await Promise.all([create(), create(), create()]);
  const numbers = await Promise.all(trackers.map(({ id }) => numberOf(id)));
  await Promise.all(numbers.map(({ id }) => depot.bring(accountId, id)));
  const rows = await Promise.all(trackers.map(({ id }) => numberOf(id)));
  const profiles = new Set(rows.map(({ carrierProfileId }) => carrierProfileId));
  expect([...profiles]).toEqual([expect.any(String)]);
  const { serve, number } = await registrar();
  const other = await number((await serve()).phoneNumberId);
  expect(profiles.has(other.carrierProfileId)).toBe(false);
});
