// LiveKeywordHit and Call.liveKeywordHits: what was spotted on a call that goes on.
import { may } from '#domains/accounts/index.ts';
import { Call } from '#domains/calls/index.ts';
import { Speaker } from '#domains/transcripts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { quoteOf } from '../keywords/read-hits.ts';
import { type LiveHitRow, liveHitsOf } from '../keywords/read-live-hits.ts';
import { KeywordSet } from './keyword-set.ts';

export const LiveKeywordHit = builder.objectRef<LiveHitRow>('LiveKeywordHit').implement({
  description:
    'A keyword that was said on a call that goes on, where it was said first by whoever said it. An EXPRESSION is spotted live if nothing of it is about what is NOT said or about the end of the talk; numbers are not, since they are hidden.',
  fields: (t) => ({
    keyword: t.exposeString('keyword', { description: 'The keyword, as it stood in its set.' }),
    set: t.field({
      type: KeywordSet,
      nullable: true,
      description: 'The set that it was looked for by; null when that was deleted.',
      resolve: (hit) => hit.setId,
    }),
    speaker: t.expose('speaker', { type: Speaker, description: 'Who said it.' }),
    startMs: t.exposeInt('startMs', {
      description: 'When it was said, in ms from the recording’s begin; estimated.',
    }),
    quote: t.string({
      nullable: true,
      description:
        'The words around it, at most 8 on each side; null once the transcript is there, which has them.',
      resolve: ({ text, ...hit }) =>
        text === null ? null : quoteOf({ ...hit, segment: { text } }),
    }),
  }),
});

builder.objectField(Call, 'liveKeywordHits', (t) =>
  t.loadableList({
    type: LiveKeywordHit,
    nullable: true,
    description:
      'Keywords that were said on it so far, in the order of speech; empty once its transcript was looked through, see `keywordHits`, and after a day where none came. Null without the scope TRANSCRIPTS_READ.',
    extensions: { listSize: 20 },
    load: async (callIds: string[], { platform, viewer }: Context) => {
      // who sees a call sees its company, so the right is the same for all of them
      if (!may(viewer, 'transcripts.read')) return callIds.map(() => null);
      const rows = await liveHitsOf(platform.db, viewer, callIds);
      const byCall = Map.groupBy(rows, (row) => row.callId);
      return callIds.map((id) => byCall.get(id) ?? []);
    },
    resolve: (call) => call.id,
  }),
);
