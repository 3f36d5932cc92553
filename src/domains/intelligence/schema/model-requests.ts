// Query.modelRequests: what was asked of language models, and what each of it cost.
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import {
  countModelRequests,
  type ListedRequest,
  listModelRequests,
} from '../model/list-model-requests.ts';

const ModelRequestPurpose = builder.enumType('ModelRequestPurpose', {
  description: 'What a language model was asked for.',
  values: {
    CALL_INSIGHTS: { description: 'The insights of a call.' },
    LEAD_INSIGHTS: { description: 'The insights of a lead’s whole history.' },
  } as const,
});

const ModelRequestState = builder.enumType('ModelRequestState', {
  description: 'Where a reading by a language model stands.',
  values: {
    OPEN: { description: 'It is under way; tokens are held back for it.' },
    DONE: { description: 'It was answered.' },
    FAILED: { description: 'It came to nothing; `failure` says why.' },
  } as const,
});

const ModelRequest = builder.objectRef<ListedRequest>('ModelRequest').implement({
  description:
    'One reading that a language model was asked for, and what it cost. It tells nothing of the words, and stays when they are erased. One that is begun again in another month of the account’s time zone is a row of each.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company whose words were read.',
      resolve: ({ companyId }) => companyId,
    }),
    purpose: t.expose('purpose', {
      type: ModelRequestPurpose,
      nullable: true,
      description: 'What for; null of requests from before that was noted.',
    }),
    engine: t.exposeString('engine', { description: 'Whose API it was reached by.' }),
    model: t.exposeString('model', { description: 'Which model.' }),
    promptVersion: t.exposeString('promptVersion', {
      description: 'Which wording of the question.',
    }),
    state: t.expose('state', { type: ModelRequestState, description: 'Where it stands.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        'Why it came to nothing, as the `reason` of INSIGHT_FAILED; LEFT: its words were erased meanwhile, or the company took its word back.',
    }),
    reservedTokens: t.exposeInt('reservedTokens', {
      description: 'Of an OPEN one: tokens that are held back for it; else 0.',
    }),
    tokensIn: t.exposeInt('tokensIn', {
      description: 'Tokens that it read, in all its tries of the month.',
    }),
    tokensOut: t.exposeInt('tokensOut', {
      description: 'Tokens that it wrote, in all its tries of the month.',
    }),
    requests: t.exposeInt('requests', {
      description: 'How often the model was asked: a long talk is read in parts.',
    }),
    tries: t.exposeInt('tries', { description: 'How often it was begun, in months before too.' }),
    durationMs: t.exposeInt('durationMs', {
      description: 'How long it took, in all its tries of the month.',
    }),
    dropped: t.exposeInt('dropped', {
      description: 'Items that were left out, since no words of the talk showed them.',
    }),
    costMicros: t.float({
      description: 'What it cost, in millionths of a US dollar, by the prices of its day.',
      resolve: ({ priceMicros }) => Number(priceMicros),
    }),
    startedAt: t.expose('at', {
      type: 'DateTime',
      description: 'When it was begun, the last time in its month.',
    }),
  }),
});

const ModelRequestFilter = builder.inputType('ModelRequestFilter', {
  description: 'Which requests: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'For words of these companies.' }),
    startedFrom: t.field({ type: 'DateTime', description: 'Only those begun from then on.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'Only those begun before then.' }),
  }),
});

const ModelRequestConnection = defineConnection(ModelRequest, 'ModelRequest');

builder.queryField('modelRequests', (t) =>
  t.field({
    type: ModelRequestConnection,
    description:
      'What language models were asked for, and what it cost, row by row: those begun last first. For viewers who may read the audit log. `assistModel { use { … } }` sums up the month.',
    args: {
      filter: t.arg({ type: ModelRequestFilter, description: 'Which requests.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const filter = { ...args.filter, companyIds };
      return readPage(args, {
        rows: (want) => listModelRequests(platform, viewer, filter, want),
        count: (cap) => countModelRequests(platform, viewer, filter, cap),
        sortValue: ({ at }) => at.toISOString(),
      });
    },
  }),
);
