// The tries that brought nothing, though a provider may have worked for them and be paid: a few in a row and no more. What is
// known of them is kept beside what was heard, and goes with it.
import { NotYet } from '#platform/jobs/index.ts';
import { type HeardParts, SpeechError } from '#platform/speech/index.ts';

const PAID: readonly SpeechError['reason'][] = ['TIMEOUT', 'PROVIDER_ANSWER_INVALID'];
const MOST_PAID = 3;
const KEY = 'tries in vain';
/** no longer than the half of an hour, the least of the job's longest pauses: its last try is none that rests */
const REST_MS = 15 * 60_000;

/** `restsSince`, in milliseconds: there came what is no answer; null = it was another fault */
type Vain = { tries: number; restsSince: number | null };
const NONE: Vain = { tries: 0, restsSince: null };

/** The tries of one transcript. */
interface Tries {
  /** what was heard; with every part that is kept the tries are counted anew: what follows is asked for the first time */
  parts: HeardParts;
  /**
   * Has nothing sent soon after what was no answer: whatever stands in the provider's place answers all tries alike.
   * @throws NotYet
   */
  rest(): Promise<void>;
  /** Counts a try that failed, and tells why no other is paid for; null when another may be. */
  spentReason(error: unknown): Promise<string | null>;
}

/** Counts the tries of one transcript that a provider hears. */
export function countTries(heard: HeardParts, now: () => Date): Tries {
  const read = async (): Promise<Vain> => JSON.parse((await heard.read(KEY)) ?? 'null') ?? NONE;
  const note = (vain: Vain) => heard.keep(KEY, JSON.stringify(vain));
  return {
    parts: {
      read: (part) => heard.read(part),
      async keep(part, words) {
        await heard.keep(part, words);
        if ((await read()).tries > 0) await note(NONE);
      },
    },
    async rest() {
      const { restsSince } = await read();
      if (restsSince === null) return;
      const rested = now().getTime() - restsSince;
      // less than nothing: it was noted by a clock that was ahead
      if (rested >= 0 && rested < REST_MS) throw new NotYet('what came was no answer');
    },
    async spentReason(error) {
      if (!(error instanceof SpeechError && PAID.includes(error.reason))) return null;
      const tries = (await read()).tries + 1;
      const isAnswered = error.reason === 'PROVIDER_ANSWER_INVALID';
      await note({ tries, restsSince: isAnswered ? now().getTime() : null });
      return tries >= MOST_PAID ? error.reason : null;
    },
  };
}
