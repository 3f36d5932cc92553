// Query.explainSource: where a visit would be said to come from, and why.
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import type { ClickId, SourceVerdict, Trial } from '../sources/judge/source-verdict.ts';
import { explainSource } from '../sources/rules/explain-source.ts';
import { SourceRule } from './source-rule.ts';

const SourceConfidence = builder.enumType('SourceConfidence', {
  description: 'How sure a source is.',
  values: {
    CERTAIN: { description: 'A rule of the company says so, or a click id that only ads have.' },
    HIGH: { description: 'utm values or a referrer that the tables know.' },
    MEDIUM: { description: 'A word of a value, a value as it was given, or an unknown referrer.' },
    LOW: { description: 'Nothing was told.' },
  } as const,
});

const ClickIdType = builder.objectRef<ClickId>('ClickId').implement({
  description: 'An id that an ad network added to the link.',
  fields: (t) => ({
    parameter: t.exposeString('parameter', {
      description: 'Its parameter, in small letters: gclid.',
    }),
    value: t.exposeString('value', { description: 'The id.' }),
  }),
});

const SourceTrial = builder.objectRef<Trial>('SourceTrial').implement({
  description: 'A rule that was asked before the one that decided.',
  fields: (t) => ({
    ruleId: t.exposeString('ruleId', { description: 'Which rule.' }),
    reason: t.exposeString('reason', { description: 'Why it did not decide.' }),
  }),
});

const COMPANY_RULE = /^company\.(.+)$/;

const SourceExplanation = builder.objectRef<SourceVerdict>('SourceExplanation').implement({
  description: 'Where a visit is said to come from, and why.',
  fields: (t) => ({
    network: t.exposeString('network', {
      description: 'Who sent the visitor: Google, Facebook, example.com, Direct.',
    }),
    source: t.exposeString('name', {
      description: 'The source’s name, as it is listed: Google Ads, Google Organic, Facebook.',
    }),
    medium: t.string({
      nullable: true,
      description:
        'cpc, paid_social, display, organic, social, local, ai, email, sms, affiliate, referral, direct, or what utm_medium says; null when nothing tells it.',
      resolve: ({ medium }) => medium || null,
    }),
    campaign: t.string({
      nullable: true,
      description: 'The campaign; null for none.',
      resolve: ({ campaign }) => campaign || null,
    }),
    term: t.string({
      nullable: true,
      description: 'utm_term, or what was searched for where the search engine tells it.',
      resolve: ({ term }) => term || null,
    }),
    content: t.string({
      nullable: true,
      description: 'utm_content: which ad or link of several.',
      resolve: ({ content }) => content || null,
    }),
    clickIds: t.field({
      type: [ClickIdType],
      description: 'The click ids of the landing page’s address.',
      extensions: { listSize: 2 },
      resolve: ({ clickIds }) => [...clickIds],
    }),
    keepsSession: t.exposeBoolean('kept', {
      description:
        'Whether a session that stands goes on with its own source: the visitor comes from the site itself, from paying or from signing in.',
    }),
    ruleId: t.exposeString('ruleId', {
      description: 'The rule that decided: click-id.gclid, utm.source, referrer.search, direct.',
    }),
    rule: t.field({
      type: SourceRule,
      nullable: true,
      description:
        'The company’s rule that decided; null when it was none, or without the scope SETTINGS_READ.',
      resolve: ({ ruleId }) => COMPANY_RULE.exec(ruleId)?.[1] ?? null,
    }),
    rulesVersion: t.exposeString('rulesVersion', {
      description: 'The version of the built-in tables: the same visit is judged the same by it.',
    }),
    confidence: t.expose('confidence', {
      type: SourceConfidence,
      description: 'How sure it is.',
    }),
    explanation: t.exposeString('explanation', {
      description: 'What decided, and what of the visit it saw, in plain English.',
    }),
    tried: t.field({
      type: [SourceTrial],
      description: 'The rules that were asked before, in order.',
      extensions: { listSize: 20 },
      resolve: ({ tried }) => [...tried],
    }),
  }),
});

builder.queryField('explainSource', (t) =>
  t.field({
    type: SourceExplanation,
    description:
      'Where a visit with this landing page and referrer would be said to come from, by the company’s rules and the built-in tables. Nothing is stored.',
    args: {
      url: t.arg.string({
        required: true,
        description:
          'The address of the first page, as the browser has it; 8,192 characters are read.',
      }),
      referrer: t.arg.string({
        description: 'The address of the page before, as the browser tells it; none when left out.',
      }),
      companyId: t.arg.id({ required: true, description: 'Whose rules are asked.' }),
    },
    resolve: (_root, { url, referrer, companyId }, { platform, viewer }) =>
      explainSource(platform, viewer, {
        companyId: readId(companyId, 'Company', 'companyId'),
        url,
        referrer: referrer ?? null,
      }),
  }),
);
