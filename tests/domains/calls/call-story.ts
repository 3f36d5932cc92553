// Random calls for tests of the machine: what is set for the tracker, what the people do, what the carrier refuses.
import fc from 'fast-check';
import type { CallPlan } from '#domains/calls/machine-state.ts';
import { plan } from './telephone.ts';

/** When the caller has had enough. */
export type Moment = 'greeting' | 'ringing' | 'whisper' | 'voicemail-greeting' | 'never';

export interface CallStory {
  plan: CallPlan;
  business: 'answers' | 'is busy' | 'does not answer';
  answersAfterS: number;
  hangsUpIn: Moment;
  talkS: number;
  /** who ends the talk */
  ends: 'caller' | 'destination';
  /** how long the caller speaks after the beep */
  messageS: number;
  /** then stays silent until the recording ends, or hangs up */
  staysSilent: boolean;
  /** commands that the carrier refuses each time; what is spoken by its step */
  refused: string[];
}

const said = (text: string) => fc.constantFrom(null, text);

export const callStory: fc.Arbitrary<CallStory> = fc.record({
  plan: fc
    .record({
      greeting: said('This call may be recorded for quality and for training.'),
      // so long that the word of a caller who leaves at its beginning comes before its end
      whisper: said('This is a call from the search ad. '.repeat(4)),
      record: fc.boolean(),
      voicemailGreeting: said('Nobody is here at the moment. Please leave us a message.'),
    })
    // a recording is announced, which createTracker sees to
    .map(({ record, ...words }) =>
      plan({ ...words, ringSeconds: 40, record: record && words.greeting !== null }),
    ),
  business: fc.constantFrom('answers', 'answers', 'is busy', 'does not answer'),
  answersAfterS: fc.integer({ min: 1, max: 30 }),
  hangsUpIn: fc.constantFrom(
    'greeting',
    'ringing',
    'whisper',
    'voicemail-greeting',
    'never',
    'never',
    'never',
  ),
  talkS: fc.integer({ min: 5, max: 300 }),
  ends: fc.constantFrom('caller', 'destination'),
  messageS: fc.constantFrom(0, 1, 4, 60, 200),
  staysSilent: fc.boolean(),
  refused: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    {
      weight: 1,
      arbitrary: fc.subarray(
        [
          'greeting',
          'whisper',
          'voicemail-greeting',
          'farewell',
          'dial',
          'bridge',
          'playRingback',
          'record',
          'voicemail',
        ],
        { maxLength: 2 },
      ),
    },
  ),
});
