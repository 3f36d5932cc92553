// Attribution of an interaction: the visit, the candidates, the touchpoints and their credits, and why.
import { Interaction } from '#domains/interactions/index.ts';
import { Lead } from '#domains/leads/index.ts';
import { CERTAIN, VisitorSession } from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { readCreditModel } from '../credit-model.ts';
import { explainAttribution } from '../explain-attribution.ts';
import {
  type AttributionRow,
  journeyOf,
  type Milestones,
  MOST_TOUCHPOINTS,
  milestonesOf,
  type TouchpointRow,
} from '../read-attributions.ts';
import { type CreditModel, type PlaceWeights, shareCredit, WHOLE_CREDIT } from '../share-credit.ts';
import type { CandidateRow } from '../store.ts';
import { attributionOf } from './attribution-of.ts';
import { SESSION_SCOPE, Touchpoint } from './touchpoint.ts';
import {
  AttributionBasis,
  AttributionModel,
  AttributionWeights,
  CandidateReason,
} from './words.ts';

const Credit = builder
  .objectRef<{ touchpoint: TouchpointRow; millionths: number }>('AttributionCredit')
  .implement({
    description: 'What a touchpoint may claim of an interaction.',
    fields: (t) => ({
      touchpoint: t.expose('touchpoint', { type: Touchpoint, description: 'The touchpoint.' }),
      millionths: t.exposeInt('millionths', {
        description: `Its share in millionths: those of an interaction sum to exactly ${WHOLE_CREDIT}, or to 0 when the model gives nothing.`,
      }),
    }),
  });

const Candidate = builder.objectRef<CandidateRow>('AttributionCandidate').implement({
  description: 'A visit that may be the caller’s.',
  fields: (t) => ({
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description: `The visit; ${SESSION_SCOPE}`,
      resolve: ({ sessionId }) => sessionId,
    }),
    probability: t.float({
      description: 'How likely it is, 0 to 1; what all of them lack to 1 is a stranger’s.',
      resolve: ({ probability }) => probability / CERTAIN,
    }),
    reasons: t.field({
      type: [CandidateReason],
      description: 'Why.',
      extensions: { listSize: 3 },
      resolve: ({ reasons }) => reasons as never,
    }),
  }),
});

type Judged = AttributionRow & { model: CreditModel | PlaceWeights };

const Attribution = builder.objectRef<Judged>('Attribution').implement({
  description: 'What an interaction was put down to, how sure that is, and why.',
  fields: (t) => ({
    basis: t.expose('basis', { type: AttributionBasis, description: 'By what it was judged.' }),
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description: `The visit that it most likely came from; null where none is known; ${SESSION_SCOPE}`,
      resolve: ({ sessionId }) => sessionId,
    }),
    confidence: t.float({
      description: 'How sure that is, 0 to 1.',
      resolve: ({ confidence }) => confidence / CERTAIN,
    }),
    candidates: t.field({
      type: [Candidate],
      description:
        'The visits that may be the caller’s, one of each visitor, the most likely first, at most 10; of a form none.',
      extensions: { listSize: 3 },
      resolve: ({ candidates }) => candidates,
    }),
    touchpoints: t.field({
      type: [Touchpoint],
      description: `What had brought the lead closer by then, oldest first: the first and the newest, at most ${MOST_TOUCHPOINTS}; empty when nobody knows who it was.`,
      extensions: { listSize: 5 },
      resolve: ({ touchpoints }) => touchpoints,
    }),
    credits: t.field({
      type: [Credit],
      description: 'The credit of each touchpoint, in the same order, by the model asked for.',
      extensions: { listSize: 5 },
      resolve: (row) => {
        const credits = shareCredit(row.model, journeyOf(row));
        return row.touchpoints.map((touchpoint, n) => ({
          touchpoint,
          millionths: credits[n] as number,
        }));
      },
    }),
    explanation: t.string({
      description: 'The same in words: which visit, why that one, how sure.',
      resolve: explainAttribution,
    }),
  }),
});

builder.interfaceField(Interaction, 'attribution', (t) =>
  t.field({
    type: Attribution,
    nullable: true,
    description:
      'What brought it; null for the moment until it is judged, and where the company itself got in touch.',
    args: {
      model: t.arg({
        type: AttributionModel,
        description: 'How `credits` are shared; FIRST_TOUCH when left out.',
      }),
      weights: t.arg({
        type: AttributionWeights,
        description: 'Weights of one’s own, in place of a model.',
      }),
    },
    resolve: async ({ id }, args, context) => {
      const model = readCreditModel(args);
      const row = await attributionOf(id, context);
      return row && { ...row, model };
    },
  }),
);

const LeadMilestones = builder.objectRef<Milestones>('LeadMilestones').implement({
  description: 'The touchpoints that mark a lead’s way.',
  fields: (t) => {
    const mark = (name: keyof Milestones, description: string) =>
      t.expose(name, { type: Touchpoint, nullable: true, description });
    return {
      firstTouch: mark('firstTouch', 'The first of all.'),
      leadCreated: mark(
        'leadCreated',
        'The last before they first called, wrote, chatted or sent a form.',
      ),
      qualified: mark('qualified', 'The last before they became a good lead; null until then.'),
      lastTouch: mark('lastTouch', 'The last before their newest interaction.'),
    };
  },
});

builder.objectField(Lead, 'milestones', (t) =>
  t.loadable({
    type: LeadMilestones,
    description: 'The touchpoints that mark this lead’s way.',
    load: (ids: string[], { platform, viewer }: Context) => milestonesOf(platform, viewer, ids),
    resolve: ({ id }) => id,
  }),
);
