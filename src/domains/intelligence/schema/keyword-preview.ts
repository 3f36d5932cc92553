// What keywords would find in calls gone by: Query.previewKeywordSet, and what a set has not been looked for in.
import { Call } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import {
  defineConnection,
  MAX_TOTAL,
  type Page,
  pageArgs,
  pageSize,
  type Total,
} from '#graphql/connection.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { decodeRowKey, encodeRowKey } from '#values/cursor.ts';
import {
  type KeywordPreview,
  type PREVIEW_CHANGES,
  previewKeywords,
} from '../keywords/preview-keywords.ts';
import { countBacklog } from '../keywords/spotting/scan-history.ts';
import { KeywordHit } from './keyword-hit.ts';
import { KeywordInput } from './keyword-mutations.ts';
import { KeywordSet } from './keyword-set.ts';

/** Reading hours of talk is work that the objects of an answer do not tell of, and so is a look at each call gone by. */
const POINTS_OF_PREVIEW = 50;
const POINTS_OF_COUNT = 25;

const KeywordPreviewChange = builder.enumType('KeywordPreviewChange', {
  description: 'How a call changes between what a set has found and what keywords find.',
  values: {
    GAINED: { description: 'The set has found nothing; the keywords do.' },
    LOST: { description: 'The set has found something; the keywords do not.' },
    KEPT: { description: 'Both find something; the places may be others.' },
  } satisfies Record<(typeof PREVIEW_CHANGES)[number], object>,
});

const Preview = builder.objectRef<KeywordPreview>('KeywordPreview').implement({
  description: 'A transcript in which keywords are found, or those of the set were.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call; null when it was erased since, or without the scope CALLS_READ.',
      resolve: ({ callId }) => callId,
    }),
    change: t.expose('change', { type: KeywordPreviewChange, description: 'How it changes.' }),
    hitsBefore: t.exposeInt('hitsBefore', { description: 'Places that the set has found.' }),
    hitsAfter: t.exposeInt('hitsAfter', { description: 'Places that the keywords find.' }),
    gained: t.field({
      type: [KeywordHit],
      description: 'The first 3 places that the keywords find and the set has not.',
      extensions: { listSize: 3 },
      resolve: ({ gained }) => gained,
    }),
    lost: t.field({
      type: [KeywordHit],
      description: 'The first 3 places that the set has found and the keywords do not.',
      extensions: { listSize: 3 },
      resolve: ({ lost }) => lost,
    }),
  }),
});

const PreviewConnection = defineConnection(Preview, 'KeywordPreview', { total: false });
interface PreviewPage extends Page<KeywordPreview> {
  /** transcripts that were looked through for it */
  looked: number;
}

builder.objectFields(PreviewConnection, (t) => {
  const count = (change: KeywordPreview['change'], description: string) =>
    t.int({
      description,
      resolve: ({ edges }) => edges.filter(({ node }) => node.change === change).length,
    });
  return {
    looked: t.int({
      description:
        'How many transcripts were looked through for this page, those without anything found among them: `first`, fewer at the end and where 3 seconds had passed. pageInfo.hasNextPage tells whether more are left.',
      resolve: (page) => (page as PreviewPage).looked,
    }),
    gained: count('GAINED', 'How many of them are GAINED.'),
    lost: count('LOST', 'How many of them are LOST.'),
    kept: count('KEPT', 'How many of them are KEPT.'),
  };
});

builder.queryField('previewKeywordSet', (t) =>
  t.field({
    type: PreviewConnection,
    description:
      'A dry run: what keywords would find in calls gone by, newest first, beside what a set has found there. Nothing is stored, tagged or told; requestKeywordScan does the same in earnest. `first` counts transcripts looked through, so a page may have fewer rows: read on while pageInfo.hasNextPage. Costs 50 points beside its rows.',
    extensions: { points: POINTS_OF_PREVIEW },
    args: {
      keywords: t.arg({
        type: [KeywordInput],
        required: true,
        description: 'What to look for, as createKeywordSet takes it.',
      }),
      keywordSetId: t.arg.id({
        description:
          'The set to compare with, in whose companies is looked; left out for a new set, of which everything is gained.',
      }),
      companyIds: t.arg.idList({ description: 'Only calls of these companies.' }),
      startedFrom: t.arg({ type: 'DateTime', description: 'Only calls that began then or later.' }),
      startedBefore: t.arg({ type: 'DateTime', description: 'Only calls that began before.' }),
      ...pageArgs(t),
    },
    resolve: async (_root, { first, after, keywordSetId, companyIds, ...args }, context) => {
      const { platform, viewer } = context;
      const { previews, looked, hasMore, end } = await previewKeywords(
        platform,
        viewer,
        {
          ...args,
          keywordSetId: readId(keywordSetId, 'KeywordSet', 'keywordSetId') ?? null,
          companyIds: readIds(companyIds, 'Company', 'companyIds'),
        },
        { limit: pageSize(first), after: after ? decodeRowKey(after) : null },
      );
      const page: PreviewPage = {
        edges: previews.map((node) => ({ cursor: encodeRowKey(node.place), node })),
        hasNextPage: hasMore,
        hasPreviousPage: Boolean(after),
        count: null,
        endCursor: end && encodeRowKey(end),
        looked,
      };
      return page;
    },
  }),
);

const KeywordBacklog = builder.objectRef<Total>('KeywordBacklog').implement({
  description: 'Transcripts that were not looked through for a version of a set.',
  fields: (t) => ({
    totalCount: t.exposeInt('count', { description: `How many, counted up to ${MAX_TOTAL}.` }),
    totalCountIsExact: t.exposeBoolean('isExact', {
      description: 'False when there are more than were counted.',
    }),
  }),
});

builder.objectField(KeywordSet, 'backlog', (t) =>
  t.field({
    type: KeywordBacklog,
    description:
      'What requestKeywordScan has to do, or has left to do: the transcripts of calls that began at `startedFrom` or later and were not looked through for this version. Costs 25 points, for each set that it is asked of.',
    extensions: { points: POINTS_OF_COUNT },
    args: {
      startedFrom: t.arg({
        type: 'DateTime',
        description: 'Since when; every call when left out.',
      }),
    },
    resolve: async (set, { startedFrom }, { platform, viewer }) => {
      const count = await countBacklog(platform, viewer, set, startedFrom ?? null, MAX_TOTAL + 1);
      return { count: Math.min(count, MAX_TOTAL), isExact: count <= MAX_TOTAL };
    },
  }),
);
