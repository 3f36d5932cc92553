// KeywordSet, and the list of sets.
import { Company } from '#domains/accounts/index.ts';
import { tellCondition } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineNode } from '#graphql/node.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { callsWithHits } from '../calls-that-came-to.ts';
import type { StoredKeyword } from '../keywords/keyword-set-shape.ts';
import {
  countKeywordSets,
  findKeywordSets,
  type KeywordSetOrder,
  listKeywordSets,
} from '../keywords/read-keyword-sets.ts';

export const KeywordMatch = builder.enumType('KeywordMatch', {
  description: 'How a keyword is compared with what was said; capitals and marks never matter.',
  values: {
    STEM: {
      description:
        'In every form of its words (English): leak finds leaks, leaking and leaked, break finds broke, big finds bigger, do not finds don’t. A word that is made of another is no form of it, as plumber of plumb: use a PREFIX for both.',
    },
    EXACT: {
      description:
        'These words in this order and no other form; a word may be written otherwise: 24/7 finds twenty four seven.',
    },
    PREFIX: { description: 'What begins so: plumb* finds plumber and plumbing.' },
    EXPRESSION: {
      description:
        'Terms joined by AND, OR, NOT and NEAR, for the whole transcript. A term is words in every form (broken spring), a beginning (plumb*) or an exact "phrase"; speaker:agent, speaker:caller, within:first-30s, within:last-30s and within:30s-2m behind a term or group narrow it. NEAR/5: at most 5 words between; NEAR/10s: begins within 10 seconds; NOT NEAR/5: none so near. NOT holds when its speaker is known and did not say it. It binds: NEAR, NOT, AND, OR; parentheses group. Its hits are the places of its terms (of NEAR, of the term before it); see KeywordHit.isAbsence for what was not said. At most 25 terms, 10 deep.',
    },
  } as const,
});

export const KeywordSpeaker = builder.enumType('KeywordSpeaker', {
  description: 'In whose words a keyword is looked for.',
  values: {
    CALLER: { description: 'In the caller’s; recordings of one channel tell no speakers.' },
    AGENT: { description: 'In those of who answered; recordings of one channel tell no speakers.' },
    ANY: { description: 'In everybody’s.' },
  } as const,
});

const Keyword = builder.objectRef<StoredKeyword>('Keyword').implement({
  description: 'A word or phrase that is looked for in transcripts.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The word, phrase or expression.' }),
    match: t.expose('match', { type: KeywordMatch, description: 'How it is compared.' }),
    speaker: t.expose('speaker', { type: KeywordSpeaker, description: 'In whose words.' }),
    tag: t.exposeString('tag', {
      nullable: true,
      description: 'The tag that a call gets when it was said; null for none.',
    }),
  }),
});

export const KeywordSet = defineNode('KeywordSet', (ids, { platform, viewer }) =>
  findKeywordSets(platform, viewer, ids),
);
KeywordSet.implement({
  description:
    'Keywords that belong together; every transcript is looked through for them. Their words, with the company’s name, are told to the engine that writes its recordings down as words to expect: not beginnings of words, not what follows NOT, nothing with digits.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company whose calls it looks into; null for every company.',
      resolve: (set) => set.companyId,
    }),
    keywords: t.field({
      type: [Keyword],
      description: 'What is looked for, at most 100.',
      extensions: { listSize: 20 },
      resolve: (set) => set.keywords,
    }),
    version: t.exposeInt('version', {
      description: 'Rises with every change. Each transcript is looked through once per version.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

tellCondition('keywordSetIds', {
  field: (t) =>
    t.idList({
      description:
        'Calls on which a keyword of one of these sets was said, as in `keywordHits`. Takes the scope TRANSCRIPTS_READ.',
    }),
  part: callsWithHits,
});

const KeywordSetConnection = defineConnection(KeywordSet, 'KeywordSet');

const KeywordSetFilter = builder.inputType('KeywordSetFilter', {
  description: 'Which keyword sets.',
  fields: (t) => ({
    companyIds: t.idList({
      description:
        'Only those that look into one of these companies; sets of every company do too.',
    }),
    name: t.string({ description: 'Only those whose name contains this, in capitals or not.' }),
  }),
});

const KeywordSetOrderField = builder.enumType('KeywordSetOrderField', {
  description: 'What keyword sets are sorted by.',
  values: {
    NAME: { value: 'name', description: 'By name.' },
    CREATED_AT: { value: 'createdAt', description: 'By the time they were made.' },
  } as const,
});

const KeywordSetOrderInput = builder.inputType('KeywordSetOrder', {
  description: 'How keyword sets are sorted.',
  fields: (t) => ({
    field: t.field({ type: KeywordSetOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const BY_NAME: KeywordSetOrder = { field: 'name', direction: 'asc' };

builder.queryField('keywordSets', (t) =>
  t.field({
    type: KeywordSetConnection,
    description: 'The keyword sets that this viewer may see, by name unless told otherwise.',
    args: {
      filter: t.arg({ type: KeywordSetFilter, description: 'Which keyword sets.' }),
      order: t.arg({ type: KeywordSetOrderInput, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const companyIds = readIds(args.filter?.companyIds, 'Company', 'companyIds');
      const filter = { ...args.filter, companyIds };
      const order = args.order ?? BY_NAME;
      return readPage(args, {
        rows: (page) => listKeywordSets(platform, viewer, { filter, order, ...page }),
        count: (cap) => countKeywordSets(platform, viewer, filter, cap),
        sortValue: (row) => (order.field === 'name' ? row.name : row.createdAt.toISOString()),
      });
    },
  }),
);
