// FormSettings: which fields a company does not keep.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { formSettingsOf, updateFormSettings } from '../form-settings.ts';
import type { FormSettingRow } from '../store.ts';

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
    'Says which fields of its forms a company does not keep: at once for those that come, and within a while for those that it has. What its leads are known by stays.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose forms.' }),
    ignoredFields: t.stringList({
      required: true,
      description: 'All names of fields that are not kept, up to 200 of up to 200 characters.',
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
