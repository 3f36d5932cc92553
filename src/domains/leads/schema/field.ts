// LeadField: what a company keeps of its leads besides our fields, what it says of a lead, and its changes.
import { Company, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createLeadField, deleteLeadField, updateLeadField } from '../change-field.ts';
import { fieldValuesOf, findFields, listFields } from '../read-fields.ts';
import type { FieldValueRow } from '../store-fields.ts';
import { Lead } from './refs.ts';

const LeadFieldType = builder.enumType('LeadFieldType', {
  description: 'What a field of leads takes.',
  values: {
    TEXT: { description: 'A text of 1 to 1,000 characters.' },
    NUMBER: { description: 'A number.' },
    BOOLEAN: { description: 'true or false.' },
    DATE: { description: 'A day, as the text 2026-11-23.' },
    CHOICE: { description: 'One of its options.' },
  } as const,
});

const LeadField = defineNode('LeadField', (ids, { platform, viewer }) =>
  findFields(platform, viewer, ids),
);
LeadField.implement({
  description: 'What a company keeps of its leads besides the fields that every lead has.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company that keeps it.',
      resolve: ({ companyId }) => companyId,
    }),
    name: t.exposeString('name', { description: 'What it is called, unique in its company.' }),
    type: t.expose('type', { type: LeadFieldType, description: 'What it takes.' }),
    options: t.exposeStringList('options', {
      description: 'Of a CHOICE: what can be chosen, at most 100; else empty.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

const LeadFieldValue = builder.objectRef<FieldValueRow>('LeadFieldValue').implement({
  description: 'What a field of the company says of a lead.',
  fields: (t) => ({
    field: t.field({
      type: LeadField,
      nullable: true,
      description: 'The field; null when it was deleted a moment ago.',
      resolve: ({ fieldId }) => fieldId,
    }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'A text, number or boolean by the field’s type; null without the scope PERSONAL_READ.',
      resolve: ({ value }, _args, { viewer }) => (may(viewer, 'personal.read') ? value : null),
    }),
  }),
});

builder.objectFields(Lead, (t) => ({
  customFields: t.loadableList({
    type: LeadFieldValue,
    description:
      'What the company’s own fields say of it, by their names; those that say nothing are left out.',
    load: (ids: string[], { platform, viewer }: Context) => fieldValuesOf(platform, viewer, ids),
    resolve: ({ id }) => id,
  }),
}));

builder.objectFields(Company, (t) => ({
  leadFields: t.field({
    type: [LeadField],
    description:
      'What it keeps of its leads besides the fields that every lead has, by name; at most 50.',
    extensions: { listSize: 10 },
    resolve: ({ id }, _args, { platform, viewer }) => listFields(platform, viewer, id),
  }),
}));

const OPTIONS = 'Of a CHOICE: 1 to 100 texts of up to 60 characters.';
const NAME = '1 to 60 characters, unique in the company.';

defineMutation('createLeadField', {
  description: 'Has a company keep one more thing of its leads; at most 50.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Which company.' }),
    name: t.string({ required: true, description: NAME }),
    type: t.field({ type: LeadFieldType, required: true, description: 'What it takes.' }),
    options: t.stringList({ description: OPTIONS }),
    ...idempotencyKey(t),
  }),
  run: ({ companyId, ...input }, { platform, viewer }) =>
    createLeadField(platform, viewer, {
      ...input,
      companyId: readId(companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    field: t.field({
      type: LeadField,
      nullable: true,
      description: 'The field.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('updateLeadField', {
  description: 'Changes a field; what it said of leads stays. Left out = unchanged.',
  input: (t) => ({
    fieldId: t.id({ required: true, description: 'Which field.' }),
    name: t.string({ description: NAME }),
    options: t.stringList({ description: OPTIONS }),
    ...expectedVersion(t),
  }),
  run: ({ fieldId, ...input }, { platform, viewer }) =>
    updateLeadField(platform, viewer, {
      ...input,
      fieldId: readId(fieldId, 'LeadField', 'fieldId'),
    }),
  payload: (t) => ({
    field: t.field({
      type: LeadField,
      nullable: true,
      description: 'The field as it is now.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('deleteLeadField', {
  description: 'Deletes a field with all that it says of leads.',
  input: (t) => ({
    fieldId: t.id({ required: true, description: 'Which field.' }),
    ...expectedVersion(t),
  }),
  run: ({ fieldId, ...input }, { platform, viewer }) =>
    deleteLeadField(platform, viewer, {
      ...input,
      fieldId: readId(fieldId, 'LeadField', 'fieldId'),
    }),
  payload: (t) => ({
    deletedFieldId: t.id({
      nullable: true,
      description: 'The field that was.',
      resolve: ({ id }) => encodeGlobalId('LeadField', id),
    }),
  }),
});
