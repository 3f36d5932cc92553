// Company: what calls, trackers and leads belong to.
import { builder } from '#graphql/builder.ts';
import { defineConnection, type PageArgs, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { createCompany } from '../create-company.ts';
import {
  type CompanyFilter,
  type CompanyOrder,
  countCompaniesOf,
  findCompanies,
  listCompanies,
} from '../list-companies.ts';
import { updateCompany } from '../update-company.ts';

const CompanyStatus = builder.enumType('CompanyStatus', {
  description: 'Whether a company is in use.',
  values: {
    ACTIVE: { description: 'In use.' },
    DISABLED: { description: 'Out of use; what it holds can still be read.' },
  } as const,
});

export const RedactionClass = builder.enumType('RedactionClass', {
  description:
    'A kind of thing that is taken out of transcripts, and silenced in their recordings.',
  values: {
    SECURE: {
      description:
        'Card numbers, their security codes, expiry dates and PINs, verification codes, social security numbers. Always taken out.',
    },
    PERSONAL: {
      description:
        'Phone numbers, e-mail addresses, street addresses with a number, postcodes and dates of birth that are told as such, names that are told as such (“my name is”) or that somebody asked for, and what people say they are: their age (“she turned forty”), religion (“we keep kosher”) and party (“I vote …”). Found by rules: what is told otherwise stays, such as a name in passing.',
    },
    MEDICAL: {
      description:
        'Illnesses, treatments and medicines by a list of some hundred names, also where a vowel was misheard, and what is told as one (“diagnosed with”). What is neither stays.',
    },
    ALL_DIGITS: { description: 'Every number, in figures or words: prices and times too.' },
  } as const,
});

export const Company = defineNode('Company', (ids, { platform, viewer }) =>
  findCompanies(platform, viewer, ids),
);
Company.implement({
  description: 'A business whose calls are tracked. An account has one or more.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    status: t.expose('status', { type: CompanyStatus, description: 'Whether it is in use.' }),
    timeZone: t.exposeString('timeZone', {
      description: 'The IANA zone in which its days and hours are counted.',
    }),
    callTranscription: t.exposeBoolean('callTranscription', {
      description:
        'Whether recordings of calls may be transcribed, where a tracker asks for it. Off: their audio reaches no transcriber.',
    }),
    voicemailTranscription: t.exposeBoolean('voicemailTranscription', {
      description:
        'Whether voicemails may be transcribed, where a tracker asks for it. Off: their audio reaches no transcriber.',
    }),
    thirdPartyTranscription: t.exposeBoolean('thirdPartyTranscription', {
      description:
        'Whether recordings that may be transcribed are given to `transcriptionProvider`, which may be a third party. Off, or where the server has none: the engine inside this server writes them down, and no recording leaves it; see `liveTranscription` for what the carrier hears. Either is told the company’s name and the words of its keyword sets as words to expect.',
    }),
    liveTranscription: t.exposeBoolean('liveTranscription', {
      description:
        'Whether the carrier, a third party, writes calls down while they go on, where both parties were told of a recording that is transcribed; see `Call.liveSegments`. In English only. Never on without `thirdPartyTranscription`.',
    }),
    speechLanguage: t.exposeString('speechLanguage', {
      nullable: true,
      description:
        'What is spoken on its calls, as a BCP 47 tag; null = nobody said: a provider that can tell languages apart does, the engine inside this server takes everything for English.',
    }),
    recordingRetentionDays: t.exposeInt('recordingRetentionDays', {
      nullable: true,
      description: 'After how many days recordings and voicemails are deleted; null = never.',
    }),
    deleteTranscriptsWithRecordings: t.exposeBoolean('deleteTranscriptsWithRecordings', {
      description: 'Whether a transcript is deleted with the recording that it was made from.',
    }),
    insights: t.exposeBoolean('insights', {
      description:
        'Whether summaries, moods and the like are drawn from its transcripts: by rules on this server, unless `assist` is on.',
    }),
    assist: t.exposeBoolean('assist', {
      description:
        'Whether the redacted words of its transcripts may go to the language model that the server is set up with; see `assistModel`. Where that is null it changes nothing: the rules of this server go on.',
    }),
    redactionClasses: t.expose('redactionClasses', {
      type: [RedactionClass],
      description: 'What is taken out of its transcripts before anything reads them.',
    }),
    keepRawTranscripts: t.exposeBoolean('keepRawTranscripts', {
      description:
        'Whether the words as they were heard are kept beside the redacted ones, sealed; see `revealRawTranscript`.',
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

const CompanyConnection = defineConnection(Company, 'Company');

const CompanyFilterInput = builder.inputType('CompanyFilter', {
  description: 'Which companies.',
  fields: (t) => ({
    status: t.field({ type: CompanyStatus, description: 'Only those in this status.' }),
    name: t.string({ description: 'Only those whose name contains this, in capitals or not.' }),
  }),
});

const CompanyOrderField = builder.enumType('CompanyOrderField', {
  description: 'What companies are sorted by.',
  values: {
    NAME: { value: 'name', description: 'By name.' },
    CREATED_AT: { value: 'createdAt', description: 'By the time they were made.' },
  } as const,
});

const CompanyOrderInput = builder.inputType('CompanyOrder', {
  description: 'How companies are sorted.',
  fields: (t) => ({
    field: t.field({ type: CompanyOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const BY_NAME: CompanyOrder = { field: 'name', direction: 'asc' };

function readCompanies(
  args: PageArgs & {
    filter?: CompanyFilter | null | undefined;
    order?: CompanyOrder | null | undefined;
  },
  { platform, viewer }: Context,
) {
  const filter = args.filter ?? {};
  const order = args.order ?? BY_NAME;
  return readPage(args, {
    rows: (page) => listCompanies(platform, viewer, { filter, order, ...page }),
    count: (cap) => countCompaniesOf(platform, viewer, filter, cap),
    sortValue: (company) =>
      order.field === 'name' ? company.name : company.createdAt.toISOString(),
  });
}

builder.queryField('companies', (t) =>
  t.field({
    type: CompanyConnection,
    description: 'The companies that this viewer may see, by name unless told otherwise.',
    args: {
      filter: t.arg({ type: CompanyFilterInput, description: 'Which companies.' }),
      order: t.arg({ type: CompanyOrderInput, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, context) => readCompanies(args, context),
  }),
);

defineMutation('createCompany', {
  description: 'Makes a company.',
  input: (t) => ({
    name: t.string({ required: true, description: 'Its name, up to 100 characters.' }),
    timeZone: t.string({ description: 'Its IANA zone; the account’s when left out.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) => createCompany(platform, viewer, input),
  payload: (t) => ({
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The new company.',
      resolve: (company) => company,
    }),
  }),
});

defineMutation('updateCompany', {
  description: 'Changes a company. The last active company of an account cannot be disabled.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'Which company.' }),
    name: t.string({ description: 'A new name.' }),
    timeZone: t.string({ description: 'A new IANA zone.' }),
    status: t.field({ type: CompanyStatus, description: 'Takes it out of use, or back.' }),
    callTranscription: t.boolean({
      description: 'Whether recordings of calls may be transcribed; on at first.',
    }),
    voicemailTranscription: t.boolean({
      description: 'Whether voicemails may be transcribed; on at first.',
    }),
    thirdPartyTranscription: t.boolean({
      description:
        'Gives recordings to `transcriptionProvider`, which may be a third party, instead of the engine inside this server, and with them the company’s name and the words of its keyword sets as words to expect; off at first. Kept also where that is null, and then nothing goes.',
    }),
    liveTranscription: t.boolean({
      description:
        'Has the carrier, a third party, write calls down while they go on; off at first. Refused while `thirdPartyTranscription` is off (AI_PROCESSING_NOT_ALLOWED) or `speechLanguage` is another than English (INVALID_INPUT), and switched off with that: numbers in live words are hidden in English only. Switched off, it ends on calls that go on.',
    }),
    speechLanguage: t.string({
      description:
        'What is spoken on its calls: en, es-MX; null = nobody says. Recordings in a language that the engine does not know are not written down; in another than English all numbers are taken out of them, see `Transcript.numberWordsKnown`.',
    }),
    recordingRetentionDays: t.int({
      description:
        'Deletes recordings and voicemails that are older, those of before too: 1 to 2,555 days; null = keeps them.',
    }),
    deleteTranscriptsWithRecordings: t.boolean({
      description: 'Whether a transcript goes with its recording; on at first.',
    }),
    insights: t.boolean({
      description:
        'Draws summaries, moods and the like from transcripts that come, or no more; on at first.',
    }),
    assist: t.boolean({
      description:
        'Lets redacted words go to the language model of `assistModel`, which may be a third party; off at first. Kept also where that is null, and then nothing goes.',
    }),
    redactionClasses: t.field({
      type: [RedactionClass],
      description:
        'Takes these out of transcripts, and SECURE always. More than before: past ones are redacted again, with their sound. Fewer: what is gone does not come back.',
    }),
    keepRawTranscripts: t.boolean({
      description:
        'Keeps the words of transcripts that come as they were heard, sealed; off at first. Switched off, those that were kept are deleted.',
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    updateCompany(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company as it is now.',
      resolve: (company) => company,
    }),
  }),
});
