// CoachingRubric: what coaching looks at on a company's calls.
import { Company, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import type { Criterion } from '#platform/ai/index.ts';
import type { Rubric } from '../rubrics/store-rubrics.ts';
import { rubricsOf, updateRubric } from '../rubrics/update-rubric.ts';

const CoachingCriterion = builder.objectRef<Criterion>('CoachingCriterion').implement({
  description: 'One thing that coaching looks at.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'What it is called in `InsightItem.criterion` and `coachingTrend`.',
    }),
    question: t.exposeString('question', {
      description: 'What is looked for, as the language model is told it.',
    }),
  }),
});

const CoachingCriterionInput = builder.inputType('CoachingCriterionInput', {
  description: 'One thing that coaching is to look at.',
  fields: (t) => ({
    key: t.string({
      required: true,
      description:
        'What it is called: 1 to 40 letters, digits, spaces, - and _. Each once, whatever its capitals.',
    }),
    question: t.string({
      required: true,
      description: 'A sentence of what is looked for, 1 to 200 characters.',
    }),
  }),
});

const CoachingRubric = builder.objectRef<Rubric>('CoachingRubric').implement({
  description: 'What coaching looks at on a company’s calls.',
  fields: (t) => ({
    criteria: t.field({
      type: [CoachingCriterion],
      description: 'Its criteria, in their order.',
      resolve: ({ criteria }) => criteria,
    }),
    isOwn: t.exposeBoolean('isOwn', {
      description: 'Whether the company wrote it; else it is that of this product.',
    }),
    version: t.exposeInt('version', {
      description: 'Rises with every change; 0 before the first.',
    }),
  }),
});

builder.objectField(Company, 'coachingRubric', (t) =>
  t.loadable({
    type: CoachingRubric,
    nullable: true,
    description:
      'What coaching looks at on its calls, where a language model reads them; null without the scope TRANSCRIPTS_READ.',
    load: (companyIds: string[], { platform, viewer }: Context) =>
      rubricsOf(platform, viewer, companyIds),
    resolve: (company) => company.id,
  }),
);

defineMutation('updateCoachingRubric', {
  description:
    'Says what coaching looks at on a company’s calls from now on, in its own words. They go to the language model with each talk. Calls that were read before keep what was found, under the criteria of then; only those that are read again anyway, since their words changed, are judged by the new ones.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Whose calls.' }),
    criteria: t.field({
      type: [CoachingCriterionInput],
      description:
        'All criteria, 1 to 12; they replace those of before. null = those of this product; left out = unchanged.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateRubric(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    coachingRubric: t.field({
      type: CoachingRubric,
      nullable: true,
      description: 'The rubric as it is now; null without the scope TRANSCRIPTS_READ.',
      resolve: (rubric, _args, { viewer }) =>
        may(viewer, 'coachingRubrics.read', rubric.companyId) ? rubric : null,
    }),
  }),
});
