// Making, changing and deleting keyword sets.
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createKeywordSet } from '../keywords/create-keyword-set.ts';
import { requestKeywordScan } from '../keywords/request-keyword-scan.ts';
import { deleteKeywordSet, updateKeywordSet } from '../keywords/update-keyword-set.ts';
import { KeywordMatch, KeywordSet, KeywordSpeaker } from './keyword-set.ts';

export const KeywordInput = builder.inputType('KeywordInput', {
  description: 'A word or phrase to look for.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description:
        'The word or phrase: 1 to 100 characters, at most 8 words. It is found in what one speaker says without a pause of more than a second, however it is written: good-bye is goodbye, twenty four is 24, colour is color. Or an EXPRESSION of 1 to 500 characters.',
    }),
    match: t.field({ type: KeywordMatch, description: 'How it is compared; STEM when left out.' }),
    speaker: t.field({
      type: KeywordSpeaker,
      description:
        'In whose words it is looked for; ANY when left out. Of an EXPRESSION: for terms without a speaker: of their own.',
    }),
    tag: t.string({
      description: 'A tag for calls on which it is said: 1 to 60 characters; null for none.',
    }),
  }),
});

defineMutation('createKeywordSet', {
  description:
    'Makes a keyword set. Transcripts that are ready from now on are looked through for it; KEYWORD_SPOTTED tells what was found.',
  input: (t) => ({
    companyId: t.id({
      description: 'The company whose calls it looks into; left out or null for every company.',
    }),
    name: t.string({ required: true, description: 'Its name, 1 to 100 characters.' }),
    keywords: t.field({
      type: [KeywordInput],
      required: true,
      description:
        'What to look for: 1 to 100 keywords, expressions with at most 500 terms in all among them. The first 500 places in a transcript are kept.',
    }),
    ...idempotencyKey(t),
  }),
  run: ({ companyId, ...input }, { platform, viewer }) =>
    createKeywordSet(platform, viewer, {
      ...input,
      companyId: readId(companyId, 'Company', 'companyId') ?? null,
    }),
  payload: (t) => ({
    keywordSet: t.field({
      type: KeywordSet,
      nullable: true,
      description: 'The new set.',
      resolve: (set) => set,
    }),
  }),
});

defineMutation('updateKeywordSet', {
  description:
    'Changes a keyword set. What was spotted before stays as it is until requestKeywordScan, or until words of the call are corrected or more of them is hidden, which has it looked through for the sets as they are then. Transcripts to come are looked through for the new keywords.',
  input: (t) => ({
    keywordSetId: t.id({ required: true, description: 'Which set.' }),
    name: t.string({ description: 'A new name, 1 to 100 characters.' }),
    keywords: t.field({
      type: [KeywordInput],
      description: 'Keywords that take the place of all that are there.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateKeywordSet(platform, viewer, {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as Parameters<typeof updateKeywordSet>[2]),
      keywordSetId: readId(input.keywordSetId, 'KeywordSet', 'keywordSetId'),
    }),
  payload: (t) => ({
    keywordSet: t.field({
      type: KeywordSet,
      nullable: true,
      description: 'The set as it is now.',
      resolve: (set) => set,
    }),
  }),
});

defineMutation('deleteKeywordSet', {
  description:
    'Takes a keyword set out of use. What was spotted by it stays on a call until more of its words is hidden: the call is then looked through for the sets that are there. The tags that it gave stay.',
  input: (t) => ({
    keywordSetId: t.id({ required: true, description: 'Which set.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    deleteKeywordSet(platform, viewer, {
      ...input,
      keywordSetId: readId(input.keywordSetId, 'KeywordSet', 'keywordSetId'),
    }),
  payload: (t) => ({
    deletedKeywordSetId: t.id({
      nullable: true,
      description: 'The id that the set had.',
      resolve: (set) => encodeGlobalId('KeywordSet', set.id),
    }),
  }),
});

defineMutation('requestKeywordScan', {
  description:
    'Has calls gone by looked through for a set as it stands, newest first, in the background; previewKeywordSet shows before what that comes to. KEYWORD_SPOTTED tells of each call whose hits are other ones than before, also of one that has none any more; tags are put on, but none is taken off, and no automation rule acts. Each transcript is looked through once per version, so a request may come again; KeywordSet.backlog tells what is left.',
  input: (t) => ({
    keywordSetId: t.id({ required: true, description: 'Which set.' }),
    startedFrom: t.field({
      type: 'DateTime',
      required: true,
      description: 'Calls that began then or later are looked through.',
    }),
    ...expectedVersion(t),
  }),
  run: ({ keywordSetId, ...input }, { platform, viewer }) =>
    requestKeywordScan(platform, viewer, {
      ...input,
      keywordSetId: readId(keywordSetId, 'KeywordSet', 'keywordSetId'),
    }),
  payload: (t) => ({
    keywordSet: t.field({
      type: KeywordSet,
      nullable: true,
      description: 'The set.',
      resolve: (set) => set,
    }),
  }),
});
