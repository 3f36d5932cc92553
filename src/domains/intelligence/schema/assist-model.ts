// AssistModel: where words go when a company lets them, how much of the month's tokens is used, and what that cost.
import { may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { type ModelUse, readAssistModel, readModelUse } from '../model/read-assist-model.ts';

const AssistUse = builder.objectRef<ModelUse>('AssistUse').implement({
  description: 'What an account has used of the language model in this month.',
  fields: (t) => ({
    tokens: t.exposeInt('tokens', {
      description: 'Tokens read and written, those held back for requests under way with them.',
    }),
    monthlyTokens: t.exposeInt('monthlyTokens', {
      description: 'How many there are; beyond them the rules of this server draw insights.',
    }),
    requests: t.exposeInt('requests', { description: 'Requests that were made.' }),
    failed: t.exposeInt('failed', { description: 'Readings that came to nothing.' }),
    dropped: t.exposeInt('dropped', {
      description: 'Items that were left out, since no words of the talk showed them.',
    }),
    costMicros: t.exposeFloat('costMicros', {
      description: 'What it cost, in millionths of a US dollar, by the prices in the settings.',
    }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      description: 'When the next month of the account begins.',
    }),
  }),
});

const AssistModel = builder.objectRef<ReturnType<typeof readAssistModel> & object>('AssistModel');
AssistModel.implement({
  description:
    'The language model that draws insights for companies with `assist` on: the processor that their redacted words go to.',
  fields: (t) => ({
    engine: t.exposeString('engine', { description: 'Whose API it is reached by.' }),
    model: t.exposeString('model', { description: 'Which model.' }),
    host: t.exposeString('host', { description: 'The host that the words are sent to.' }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'Where that stands, as the operator says; null when they do not.',
    }),
    use: t.field({
      type: AssistUse,
      nullable: true,
      description:
        'What this account has used of it in this month; null for viewers who may not read the audit log.',
      resolve: (_model, _args, { platform, viewer }) =>
        may(viewer, 'audit.read') ? readModelUse(platform, viewer.accountId) : null,
    }),
  }),
});

builder.queryField('assistModel', (t) =>
  t.field({
    type: AssistModel,
    nullable: true,
    description:
      'The language model that this server is set up with; null when there is none, and rules draw all insights.',
    resolve: (_root, _args, { platform }) => readAssistModel(platform.config),
  }),
);
