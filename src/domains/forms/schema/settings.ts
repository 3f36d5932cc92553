// FormSettings: which fields a company does not keep.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { formSettingsOf, updateFormSettings } from '../form-settings.ts';
import type { FormSettingRow } from '../store.ts';

const FormConsentBox = builder
  .objectRef<{ field: string; shownText: string }>('FormConsentBox')
  .implement({
    description: 'A box of a form that is ticked to agree to texts.',
    fields: (t) => ({
      field: t.exposeString('field', { description: 'The name of its field, whatever its case.' }),
      shownText: t.exposeString('shownText', { description: 'The words beside it.' }),
    }),
  });

const FormConsentBoxInput = builder.inputType('FormConsentBoxInput', {
  description: 'A box of a form that is ticked to agree to texts.',
  fields: (t) => ({
    field: t.string({ required: true, description: 'The name of its field, 1 to 200 characters.' }),
    shownText: t.string({
      required: true,
      description: 'The words that stand beside it, 1 to 2,000 characters: they are the proof.',
    }),
  }),
});

const FormSettings = builder.objectRef<FormSettingRow>('FormSettings').implement({
  description: 'What a company says of its forms.',
  fields: (t) => ({
    ignoredFields: t.exposeStringList('ignoredFields', {
      description: 'The names of fields that are not kept, whatever their case.',
    }),
    removingSince: t.expose('removingSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'Since when such fields are being taken out of the forms that were stored before; null when that is done.',
    }),
    consentBox: t.field({
      type: FormConsentBox,
      nullable: true,
      description: 'The box by which people agree to be texted; null when there is none.',
      resolve: ({ consentField: field, consentText: shownText }) =>
        field !== null && shownText !== null ? { field, shownText } : null,
    }),
    version: t.exposeInt('version', {
      description: 'Rises with every change; 0 before the first.',
    }),
  }),
});

builder.objectField(Company, 'formSettings', (t) =>
  t.loadable({
    type: FormSettings,
    nullable: true,
    description: 'What it says of its forms; null without the scope SETTINGS_READ.',
    load: (companyIds: string[], { platform, viewer }: Context) =>
      formSettingsOf(platform, viewer, companyIds),
    resolve: (company) => company.id,
  }),
);

defineMutation('updateFormSettings', {
  description:
    'Says which fields of its forms a company does not keep: at once for those that come, and within a while for those that it has. What its leads are known by stays. And which box gives consent: a form that comes with it ticked is an opt-in of the telephone numbers in it, with the form, its page and the words as proof; unticked it gives nothing, and so does a form with a spamScore of 50 or more. Whoever opted out, or asked for no more texts, is not brought back by a form: they text START, or recordConsent says so.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose forms.' }),
    ignoredFields: t.stringList({
      description:
        'All names of fields that are not kept, up to 200 of up to 200 characters; left out = unchanged.',
    }),
    consentBox: t.field({
      type: FormConsentBoxInput,
      description: 'The box that gives consent; null = none, left out = unchanged.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateFormSettings(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    formSettings: t.field({
      type: FormSettings,
      nullable: true,
      description: 'The settings as they are now.',
      resolve: (settings) => settings,
    }),
  }),
});
