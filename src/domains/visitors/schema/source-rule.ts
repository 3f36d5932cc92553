// SourceRule, and Company.sourceRules.
import { Company, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineNode } from '#graphql/node.ts';
import type { SourceCondition } from '../sources/judge/source-rule.ts';
import {
  countSourceRules,
  findSourceRules,
  listSourceRules,
} from '../sources/rules/read-source-rules.ts';

export const SourcePart = builder.enumType('SourcePart', {
  description: 'What of a visit a source rule looks at. Capitals never matter.',
  values: {
    LANDING_URL: { description: 'The whole address of the first page.' },
    LANDING_PATH: { description: 'Its path, from the first slash to the question mark.' },
    PARAMETER: { description: 'One of its parameters, named by `parameter`.' },
    REFERRER_HOST: {
      description: 'The host of the page before; EQUALS also takes the hosts below it.',
    },
    REFERRER_URL: { description: 'The whole address of the page before, as the browser tells it.' },
    UTM_SOURCE: { description: 'utm_source, or Matomo’s name for the same.' },
    UTM_MEDIUM: { description: 'utm_medium.' },
    UTM_CAMPAIGN: { description: 'utm_campaign.' },
    UTM_TERM: { description: 'utm_term.' },
    UTM_CONTENT: { description: 'utm_content.' },
  } as const,
});

export const SourceMatch = builder.enumType('SourceMatch', {
  description: 'How a source rule compares.',
  values: {
    EQUALS: { description: 'It is this.' },
    CONTAINS: { description: 'This is in it.' },
    STARTS_WITH: { description: 'It begins with this.' },
    EXISTS: { description: 'It is there, whatever it is.' },
  } as const,
});

const Condition = builder.objectRef<SourceCondition>('SourceCondition').implement({
  description: 'One thing that must be so for a source rule to fit.',
  fields: (t) => ({
    part: t.expose('part', { type: SourcePart, description: 'What is looked at.' }),
    parameter: t.exposeString('parameter', {
      nullable: true,
      description: 'The parameter’s name; null for every other part.',
    }),
    match: t.expose('match', { type: SourceMatch, description: 'How it is compared.' }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'What it is compared with; null for EXISTS.',
    }),
  }),
});

export const SourceRule = defineNode('SourceRule', (ids, { platform, viewer }) =>
  findSourceRules(platform, viewer, ids),
);
SourceRule.implement({
  description:
    'What a company says of its visits: when all conditions hold, this is their source. The rules are asked in order, before anything else, and the first that fits decides.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      nullable: true,
      description: 'Whose visits it judges.',
      resolve: (rule) => rule.companyId,
    }),
    position: t.exposeInt('position', { description: 'Its place among them: 1 is asked first.' }),
    conditions: t.field({
      type: [Condition],
      description: 'What must be so, all of it; at most 10.',
      resolve: (rule) => [...rule.conditions],
    }),
    name: t.exposeString('name', {
      description:
        'The source’s name. One as sources are listed, such as Google Ads or Bing, is that network to trackers of searches.',
    }),
    medium: t.exposeString('medium', { description: 'Its medium; empty for none.' }),
    campaign: t.exposeString('campaign', {
      nullable: true,
      description: 'Its campaign; null for what utm_campaign says.',
    }),
    version: t.exposeInt('version', {
      description: 'Rises when the rule is changed or moved, not when others move around it.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

const SourceRuleConnection = defineConnection(SourceRule, 'SourceRule');

builder.objectField(Company, 'sourceRules', (t) =>
  t.field({
    type: SourceRuleConnection,
    nullable: true,
    description:
      'Its rules for where visits come from, in the order in which they are asked; null without the scope SETTINGS_READ.',
    args: pageArgs(t),
    resolve: ({ id: companyId }, args, { platform, viewer }) =>
      may(viewer, 'sourceRules.read', companyId)
        ? readPage(args, {
            rows: (page) => listSourceRules(platform, viewer, { companyId, ...page }),
            count: (cap) => countSourceRules(platform, viewer, companyId, cap),
            sortValue: ({ position }) => String(position),
          })
        : null,
  }),
);
