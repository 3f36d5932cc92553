// What a scripted person says: the name of a dialogue or clip, or clips laid out by hand.
import { z } from 'zod';
import type { Sound } from '../audio/frames.ts';
import { soundMs } from '../audio/frames.ts';
import { isSpeech, speechCatalogue, speechSound } from '../audio/speech.ts';

const SpeechName = z
  .string()
  .refine(isSpeech, { error: 'no such speech: GET /sandbox/speech lists the names' });

export const Say = z.union([
  SpeechName,
  z.array(z.strictObject({ speech: SpeechName, atSeconds: z.number().min(0).max(3600) })),
]);
export type Say = z.infer<typeof Say>;

const FIRST_WORD_MS = 500;

/**
 * The sounds of one speaker, with starts in ms from the moment the talking begins.
 * A dialogue gives each speaker their own lines; a clip is said by whoever names it, half a second in.
 */
export function linesOf(
  say: Say,
  speaker: 'caller' | 'agent',
): { sound: Sound; startMs: number }[] {
  if (typeof say !== 'string') {
    return say.flatMap((part) =>
      linesOf(part.speech, speaker).map((line) => ({
        ...line,
        startMs: line.startMs - FIRST_WORD_MS + part.atSeconds * 1000,
      })),
    );
  }
  const { dialogues, clips } = speechCatalogue();
  const dialogue = dialogues[say];
  if (dialogue) {
    return dialogue
      .filter((line) => line.speaker === speaker)
      .map((line) => ({ sound: speechSound(line.file), startMs: line.startMs }));
  }
  const clip = clips[say];
  return clip ? [{ sound: speechSound(clip.file), startMs: FIRST_WORD_MS }] : [];
}

/** When the last word is over, in ms from the beginning; a dialogue ends with its last speaker. */
export function talkMs(say: Say): number {
  const lines = [...linesOf(say, 'caller'), ...linesOf(say, 'agent')];
  return Math.max(0, ...lines.map((line) => line.startMs + soundMs(line.sound)));
}
