// KeywordHit, Call.keywordHits, and the event that tells of them.
import { may } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { Call } from '#domains/calls/index.ts';
import { Segment, Speaker } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { keywordSpotted } from '../events.ts';
import { type HitRow, hitsOfCalls, hitsOfTranscript, quoteOf } from '../keywords/read-hits.ts';
import { liveHitsOf } from '../keywords/read-live-hits.ts';
import { KeywordSet } from './keyword-set.ts';
import { LiveKeywordHit } from './live-keyword-hit.ts';

export const KeywordHit = builder.objectRef<HitRow>('KeywordHit').implement({
  description: 'A keyword that was said, and where.',
  fields: (t) => ({
    keyword: t.exposeString('keyword', {
      description: 'The keyword, as it stood in its set.',
    }),
    set: t.field({
      type: KeywordSet,
      nullable: true,
      description:
        'The set that it was looked for by; null when that was deleted, or in a preview of no set.',
      resolve: (hit) => hit.setId,
    }),
    isAbsence: t.boolean({
      description:
        'True where an EXPRESSION holds by what was NOT said: speaker, startMs, quote and segment are then those of the first words within the window where it was missed, or else of the first words of the talk.',
      resolve: ({ wordCount }) => wordCount === 0,
    }),
    speaker: t.expose('speaker', { type: Speaker, description: 'Who said it.' }),
    startMs: t.exposeInt('startMs', {
      description: 'When it was said, in ms from the recording’s begin; see wordTimesEstimated.',
    }),
    quote: t.string({
      description:
        'The words around it, at most 8 on each side, exactly as the segment has them; of a phrase that goes on in the next segment, its begin.',
      resolve: quoteOf,
    }),
    segment: t.field({
      type: Segment,
      description: 'The segment in which it was said.',
      resolve: (hit) => hit.segment,
    }),
  }),
});

builder.objectField(Call, 'keywordHits', (t) =>
  t.loadableList({
    type: KeywordHit,
    nullable: true,
    description:
      'Keywords that were said on it, in the order of speech; null without the scope TRANSCRIPTS_READ.',
    extensions: { listSize: 20 },
    load: async (callIds: string[], { platform, viewer }: Context) => {
      // who sees a call sees its company, so the right is the same for all of them
      if (!may(viewer, 'transcripts.read')) return callIds.map(() => null);
      const rows = await hitsOfCalls(platform.db, viewer.accountId, callIds);
      const byCall = Map.groupBy(rows, (row) => row.callId);
      return callIds.map((id) => byCall.get(id) ?? []);
    },
    resolve: (call) => call.id,
  }),
);

type Payload = ReturnType<(typeof keywordSpotted)['payload']['parse']>;

implementEvent({
  typename: 'KeywordEvent',
  types: ['keyword.spotted'],
  description:
    'Keywords were found in a transcript, or in what was said so far of a call that goes on (`isLive`), or those of a changed set in other places than before. While a call goes on, each keyword is told of once for each who says it. When its transcript is looked through, a set is told of again only if other keywords, or other people, come of it; else CALL_UPDATED with the change keywordHits tells that it stands.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call on which they were said; null when it was erased, or without the scope CALLS_READ.',
      resolve: ({ payload }) => (payload as Payload).callId,
    }),
    isLive: t.boolean({
      description:
        'Whether the call goes on and there is no transcript yet: the hits are in `liveHits`.',
      resolve: ({ payload }) => (payload as Payload).isLive === true,
    }),
    liveHits: t.field({
      type: [LiveKeywordHit],
      description:
        'Where `isLive`: what was spotted by now of the sets that this tells of, in the order of speech; empty once the transcript was looked through.',
      extensions: { listSize: 20 },
      resolve: async ({ payload }, _args, { platform, viewer }) => {
        const { callId, setIds, isLive } = payload as Payload;
        if (!isLive) return [];
        const rows = await liveHitsOf(platform.db, viewer, [callId]);
        return rows.filter(({ setId }) => setIds.includes(setId));
      },
    }),
    hits: t.field({
      type: [KeywordHit],
      description:
        'Where they were said, in the order of speech; empty when it was erased, or when a changed set finds nothing any more.',
      extensions: { listSize: 20 },
      resolve: ({ payload }, _args, { platform, viewer }) => {
        const { transcriptId, setIds } = payload as Payload;
        return transcriptId ? hitsOfTranscript(platform.db, viewer, transcriptId, setIds) : [];
      },
    }),
  }),
});
