// How a number that is called behaves.
import { z } from 'zod';
import { Say } from './say.ts';

const Seconds = z.number().min(0).max(14_400);

export const DestinationScript = z.strictObject({
  behaviour: z.enum(['answer', 'busy', 'no-answer', 'reject', 'voicemail', 'not-found']),
  /** ring time before an answer, a busy signal or a refusal */
  answerAfterSeconds: Seconds.default(3),
  /** said from the moment of the bridge; of a dialogue, the agent's lines. A voicemail says it as its greeting */
  say: Say.optional(),
  /** keys pressed some seconds after the answer, for instance to accept a call */
  dtmf: z
    .strictObject({ digits: z.string().regex(/^[0-9A-D*#]+$/), afterSeconds: Seconds })
    .optional(),
  /** counted from the bridge, or from the answer when there is none */
  hangUpAfterSeconds: Seconds.optional(),
});
export type DestinationScript = z.infer<typeof DestinationScript>;

/** A number that nobody scripted is answered after three seconds by somebody who says nothing. */
export const UNSCRIPTED: DestinationScript = { behaviour: 'answer', answerAfterSeconds: 3 };
