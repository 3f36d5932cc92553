// The mutation drawCallInsights.
import { Call } from '#domains/calls/index.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { requestCallInsights } from '../insights/request-call-insights.ts';

defineMutation('drawCallInsights', {
  description:
    'Has the transcript of a call read again as it is now: by the present model, wording and rubric where its company has `assist` on (also a call from before that), else, or where `assistModel` is null, by the rules of this server. INSIGHT_READY tells when others are drawn, and automation rules are judged by them; INSIGHT_FAILED tells when the model failed, and what stood there stays. While it is being read for such a request, another one begins nothing. What was drawn before is left as it is, with what people noted on it, under its ids (`node`), but it is shown no more, and what is written to it is refused with WRONG_STATE. A score that somebody corrected and signals that somebody took out hold for the new ones too, what says the same stays hidden or rated, and tasks that say the same keep what people put to them; words that people typed are not taken over. Where people have worked on what is shown, that is refused with WRONG_STATE unless `replaceReviewed` is true; where they do so while it is read, what they made of it stands, and INSIGHT_FAILED tells REVIEWED_MEANWHILE. LIMIT_REACHED: the month’s tokens of the model do not suffice; `limit`, `current` and `retryAt` tell how many there are, how many are used and when the next month begins.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'Which call.' }),
    replaceReviewed: t.boolean({
      description:
        'true = also where people have reviewed insights of it (`updateInsight`, `approveFollowUpEmail`) or gone on with its tasks; false when left out.',
    }),
  }),
  run: async ({ callId, replaceReviewed }, { platform, viewer }) => ({
    id: await requestCallInsights(platform, viewer, {
      ...{ callId: readId(callId, 'Call', 'callId'), replaceReviewed },
    }),
  }),
  payload: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call, as it is before anything is drawn.',
      resolve: ({ id }) => id,
    }),
  }),
});
