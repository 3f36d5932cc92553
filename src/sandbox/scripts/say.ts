// What a scripted person says: the name of a dialogue or clip, or clips and words laid out by hand.
import { z } from 'zod';
import type { Sound } from '../audio/frames.ts';
import { soundMs } from '../audio/frames.ts';
import { humOf } from '../audio/hum.ts';
import { isSpeech, speechCatalogue, speechSound } from '../audio/speech.ts';

const SpeechName = z
  .string()
  .refine(isSpeech, { error: 'no such speech: GET /sandbox/speech lists the names' });
const atSeconds = z.number().min(0).max(3600);

export const Say = z.union([
  SpeechName,
  z.array(
    z.union([
      z.strictObject({ speech: SpeechName, atSeconds }),
      /** heard as a hum that lasts as long; a live transcription writes the words */
      z.strictObject({ words: z.string().min(1).max(500), atSeconds }),
    ]),
  ),
]);
export type Say = z.infer<typeof Say>;

/** What one speaker says without a pause; its start in ms from the moment the talking begins. */
export interface Line {
  sound: Sound;
  startMs: number;
  text: string;
}

const FIRST_WORD_MS = 500;

/**
 * The lines of one speaker.
 * A dialogue gives each speaker their own lines; a clip is said by whoever names it, half a second in.
 */
export function linesOf(say: Say, speaker: 'caller' | 'agent'): Line[] {
  if (typeof say !== 'string') {
    return say.flatMap((part) =>
      'words' in part
        ? [{ sound: humOf(part.words), startMs: part.atSeconds * 1000, text: part.words }]
        : linesOf(part.speech, speaker).map((line) => ({
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
      .map(({ file, startMs, text }) => ({ sound: speechSound(file), startMs, text }));
  }
  const clip = clips[say];
  return clip ? [{ sound: speechSound(clip.file), startMs: FIRST_WORD_MS, text: clip.text }] : [];
}

/** When the last word is over, in ms from the beginning; a dialogue ends with its last speaker. */
export function talkMs(say: Say): number {
  const lines = [...linesOf(say, 'caller'), ...linesOf(say, 'agent')];
  return Math.max(0, ...lines.map((line) => line.startMs + soundMs(line.sound)));
}
