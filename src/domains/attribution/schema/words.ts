// The words of attribution: by what an interaction was judged, the models of credit and weights in their place, the reasons
// of candidates.

import { builder } from '#graphql/builder.ts';
import { MOST_WEIGHT } from '../credit-model.ts';
import { type CreditModel, HALF_LIFE_DAYS } from '../share-credit.ts';
import type { CandidateReason as Reason } from '../store.ts';

export const AttributionBasis = builder.enumType('AttributionBasis', {
  description: 'By what an interaction was put down to where it came from.',
  values: {
    NUMBER_HELD: { description: 'A visitor had been shown the number that was dialled.' },
    CALLER_HISTORY: {
      description:
        'Nobody had been shown the number, or only others since this person was, or no visit was told with the form; but visits of this person are known.',
    },
    SESSION_KNOWN: { description: 'The browser told in which visit the form was sent.' },
    SOURCE_TOLD: {
      description: 'Whoever brought the form in told the landing page, but no visit.',
    },
    TRACKER: {
      description:
        'Only the number that was dialled tells it. A source tracker’s stands for one source, which is certain; a pool’s is put down to the pool’s own source, with a confidence of 0.',
    },
    CONSENT_DENIED: {
      description:
        'The form was sent by a browser without consent, denied or not given yet: no visit may be told with it. Its source is "Unattributed: consent denied".',
    },
    UNKNOWN: { description: 'Nothing tells where the form came from.' },
  } as const,
});

export const AttributionModel = builder.enumType('AttributionModel', {
  description: 'How the credit for an interaction is shared among its touchpoints.',
  values: {
    FIRST_TOUCH: { description: 'All to the first.' },
    LAST_TOUCH: { description: 'All to the last.' },
    LEAD_CREATION: { description: 'All to the last before the lead was made.' },
    QUALIFIED: {
      description: 'All to the last before the lead was qualified; nothing until it is.',
    },
    FIFTY_FIFTY: { description: 'Half to the first, half to the last before the lead was made.' },
    W_SHAPED: {
      description:
        '30 % each to the first, the last before the lead was made and the last before it was qualified, 10 % to the others.',
    },
    POSITION_BASED: { description: '40 % each to the first and the last, 20 % to the others.' },
    LINEAR: { description: 'The same to each.' },
    TIME_DECAY: { description: `Half as much for every ${HALF_LIFE_DAYS} days before.` },
  } as const satisfies Record<CreditModel, object>,
});

export const AttributionWeights = builder.inputType('AttributionWeightsInput', {
  description: `Weights of one’s own, each 0 to ${MOST_WEIGHT}: only their proportions count. A place that a journey lacks gives its weight to the others. A place of weight 0 is not told apart: its touchpoint counts among the others.`,
  fields: (t) => {
    const weight = (description: string) => t.int({ required: true, description });
    return {
      first: weight('Of the first touchpoint.'),
      leadCreated: weight('Of the last before the lead was made.'),
      qualified: weight('Of the last before the lead was qualified.'),
      last: weight('Of the last touchpoint.'),
      others: weight('Of all others together, those at places of weight 0 included.'),
    };
  },
});

export const CandidateReason = builder.enumType('CandidateReason', {
  description: 'Why a visit is likely to be the caller’s, or less likely.',
  values: {
    HELD_NUMBER: { description: 'It was shown the number when the call rang.' },
    HELD_NUMBER_BEFORE: { description: 'It had been shown the number a while before.' },
    SHARED_NUMBER: { description: 'The pool had none left: others were shown the same number.' },
    PRESSED_TO_CALL: { description: 'The link that dials the number had just been pressed.' },
    KNOWN_CALLER: { description: 'This caller used the browser before.' },
    SAVED_NUMBER: {
      description:
        'Against it: the caller was shown the number once in a browser of their own, so they have most likely kept it.',
    },
  } as const satisfies Record<Reason, object>,
});
