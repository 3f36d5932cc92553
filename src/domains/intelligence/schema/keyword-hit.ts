// KeywordHit, Call.keywordHits, and the event that tells of them.
import { may } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { Call } from '#domains/calls/index.ts';
import { Segment, Speaker } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import type { keywordSpotted } from '../events.ts';
import { type HitRow, hitsOfCalls, hitsOfTranscript, quoteOf } from '../read-hits.ts';
import { KeywordSet } from './keyword-set.ts';

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
    'Keywords were found in a transcript, or those of a changed set in other places than before.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call on which they were said; null when it was erased, or without the scope CALLS_READ.',
      resolve: ({ payload }) => (payload as Payload).callId,
    }),
    hits: t.field({
      type: [KeywordHit],
      description:
        'Where they were said, in the order of speech; empty when it was erased, or when a changed set finds nothing any more.',
      extensions: { listSize: 20 },
      resolve: ({ payload }, _args, { platform, viewer }) => {
        const { transcriptId, setIds } = payload as Payload;
        return hitsOfTranscript(platform.db, viewer, transcriptId, setIds);
      },
    }),
  }),
});
