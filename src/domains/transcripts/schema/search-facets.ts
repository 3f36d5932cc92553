// The counts beside a search.
import { Company } from '#domains/accounts/index.ts';
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import type { FacetCount, SearchFacets, Speaker as SpeakerWord } from '#platform/search/index.ts';
import { Speaker } from './transcript.ts';

const count = 'How many transcripts would be found with it in the filter.';

const CompanyCount = builder.objectRef<FacetCount>('CompanyCount').implement({
  description: 'How much of what was found belongs to a company.',
  fields: (t) => ({
    company: t.field({ type: Company, description: 'The company.', resolve: (row) => row.value }),
    count: t.exposeInt('count', { description: count }),
  }),
});

const TrackerCount = builder.objectRef<FacetCount>('TrackerCount').implement({
  description: 'How much of what was found came over a tracker.',
  fields: (t) => ({
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker; null without the scope NUMBERS_READ.',
      resolve: (row) => row.value,
    }),
    count: t.exposeInt('count', { description: count }),
  }),
});

const TagCount = builder.objectRef<FacetCount>('TagCount').implement({
  description: 'How much of what was found has a tag.',
  fields: (t) => ({
    tag: t.exposeString('value', { description: 'The tag’s name.' }),
    count: t.exposeInt('count', { description: count }),
  }),
});

const MonthCount = builder.objectRef<FacetCount>('MonthCount').implement({
  description: 'How much of what was found is from one month.',
  fields: (t) => ({
    month: t.field({
      type: 'Date',
      description: 'The month’s first day, in the account’s time zone.',
      resolve: (row) => row.value,
    }),
    count: t.exposeInt('count', { description: 'How many transcripts are from it.' }),
  }),
});

const SpeakerCount = builder.objectRef<FacetCount>('SpeakerCount').implement({
  description: 'How often one speaker said all of the words.',
  fields: (t) => ({
    speaker: t.field({
      type: Speaker,
      description: 'Who spoke.',
      resolve: (row) => row.value as SpeakerWord,
    }),
    count: t.exposeInt('count', { description: count }),
  }),
});

export const TranscriptFacets = builder.objectRef<SearchFacets>('TranscriptFacets').implement({
  description: 'What was found, counted by its properties; the most frequent first.',
  fields: (t) => ({
    companies: t.expose('companyIds', { type: [CompanyCount], description: 'By company.' }),
    trackers: t.expose('trackerIds', { type: [TrackerCount], description: 'By tracker.' }),
    tags: t.expose('tags', { type: [TagCount], description: 'By tag; a call may have many.' }),
    months: t.expose('months', { type: [MonthCount], description: 'By month, the newest first.' }),
    speakers: t.expose('speakers', {
      type: [SpeakerCount],
      description:
        'By who said all of the words, those that the query asks of another speaker included: who said only some of them is not counted, though `matches` show these, too.',
    }),
  }),
});
