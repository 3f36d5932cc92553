// The fields that a company keeps of its leads besides ours: what they take, what they say, and how they change.
import { expect, it } from 'vitest';
import { judgeFieldValue } from '#domains/leads/field-value.ts';
import { openLedger } from '#tests/domains/reports/ledger.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const ledger = await openLedger();
const { prisma } = ledger.db;

async function settle() {
  const town = await ledger.settle();
  const { leadId } = await town.arrives('+14155550134');
  return { ...town, Lead: encodeGlobalId('Lead', leadId ?? '') };
}

const FIELD = `mutation($input: CreateLeadFieldInput!) { createLeadField(input: $input) {
  field { id name type options } userErrors { code field } } }`;

it('a company keeps fields of its own, typed, and every bad value is named', async () => {
  const { ask, Lead, companyId } = await settle();
  const make = async (name: string, type: string, options?: string[]) =>
    (
      await ask(FIELD, {
        input: { companyId: encodeGlobalId('Company', companyId), name, type, options },
      })
    ).createLeadField;
  const budget = (await make('Budget', 'NUMBER')).field.id;
  const size = (await make('Size', 'CHOICE', ['S', 'L'])).field.id;
  expect((await make('Size', 'TEXT')).userErrors).toEqual([
    { code: 'INVALID_INPUT', field: ['name'] },
  ]);
  expect((await make('Other', 'TEXT', ['a'])).userErrors).toEqual([
    { code: 'INVALID_INPUT', field: ['options'] },
  ]);
  const set = async (customFields: object[]) =>
    (
      await ask(
        `mutation($input: UpdateLeadInput!) { updateLead(input: $input) {
          lead { customFields { field { name } value } } userErrors { field } } }`,
        { input: { leadId: Lead, customFields } },
      )
    ).updateLead;
  const bad = await set([
    { fieldId: budget, value: 'much' },
    { fieldId: size, value: 'XL' },
  ]);
  expect(bad.userErrors).toEqual([
    { field: ['customFields', '0', 'value'] },
    { field: ['customFields', '1', 'value'] },
  ]);
  const good = await set([
    { fieldId: budget, value: 1_500.5 },
    { fieldId: size, value: 'L' },
  ]);
  expect(good.lead.customFields).toEqual([
    { field: { name: 'Budget' }, value: 1_500.5 },
    { field: { name: 'Size' }, value: 'L' },
  ]);
  expect((await set([{ fieldId: size, value: null }])).lead.customFields).toHaveLength(1);
  await ask(`mutation($id: ID!) { deleteLeadField(input: { fieldId: $id }) { deletedFieldId } }`, {
    id: budget,
  });
  expect((await set([])).lead.customFields).toEqual([]);
});

it('a field is renamed and its options change; what it said of leads stays', async () => {
  const { ask, Lead, companyId, otherCompanyId, viewer, accountId } = await settle();
  const Company = encodeGlobalId('Company', companyId);
  const make = async (input: object) =>
    (await ask(FIELD, { input: { companyId: Company, ...input } })).createLeadField.field.id;
  const fieldId = await make({ name: 'Size', type: 'CHOICE', options: ['S', 'L'] });
  await make({ name: 'Budget', type: 'NUMBER' });
  await ask(`mutation($input: UpdateLeadInput!) { updateLead(input: $input) { lead { id } } }`, {
    input: { leadId: Lead, customFields: [{ fieldId, value: 'L' }] },
  });
  const update = async (input: object, as?: Viewer) =>
    (
      await ask(
        `mutation($input: UpdateLeadFieldInput!) { updateLeadField(input: $input) {
          field { name options version } userErrors { code field } } }`,
        { input: { fieldId, ...input } },
        as,
      )
    ).updateLeadField;
  const changed = await update({ name: ' Door ', options: ['S', 'M', 'M'], expectedVersion: 1 });
  expect(changed).toEqual({
    field: { name: 'Door', options: ['S', 'M'], version: 2 },
    userErrors: [],
  });
  const refusals: [input: object, code: string, field: string | undefined][] = [
    [{ name: 'Budget' }, 'INVALID_INPUT', 'name'],
    [{ name: '  ' }, 'INVALID_INPUT', 'name'],
    [{ options: [] }, 'INVALID_INPUT', 'options'],
    [{ name: 'x', expectedVersion: 1 }, 'VERSION_CONFLICT', undefined],
  ];
  for (const [input, code, field] of refusals) {
    const { userErrors } = await update(input);
    expect(userErrors).toMatchObject([{ code, ...(field && { field: [field] }) }]);
  }
  const elsewhere = { ...viewer, companyIds: [otherCompanyId] };
  expect((await update({ name: 'x' }, elsewhere)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['fieldId'] },
  ]);
  const { node } = await ask(
    'query($id: ID!) { node(id: $id) { ... on Lead { customFields { field { name } value } } } }',
    { id: Lead },
  );
  expect(node.customFields).toEqual([{ field: { name: 'Door' }, value: 'L' }]);
  const action = 'updateLeadField';
  expect(await prisma.auditEntry.count({ where: { accountId, action } })).toBe(1);
});

it.each([
  ['DATE', '2026-02-29', false],
  ['DATE', '2028-02-29', true],
  ['DATE', '2026-2-3', false],
  ['NUMBER', Number.NaN, false],
  ['BOOLEAN', false, true],
  ['TEXT', 'x'.repeat(1_000), true],
  ['TEXT', 'x'.repeat(1_001), false],
] as const)('a %s takes %s: %s', (type, given, takes) => {
  expect('value' in judgeFieldValue({ name: 'F', type, options: [] }, given)).toBe(takes);
});
