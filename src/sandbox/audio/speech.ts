// The speech that scripted people can say: dialogues for two, and single clips. Read once from src/sandbox/speech.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Sound } from './frames.ts';
import { readWav } from './read-wav.ts';

const FOLDER = new URL('../speech/', import.meta.url);

const Clip = z.object({
  speaker: z.enum(['caller', 'agent']),
  file: z.string(),
  text: z.string(),
  durationMs: z.number(),
});
const Catalogue = z.object({
  dialogues: z.record(z.string(), z.array(Clip.extend({ startMs: z.number() }))),
  clips: z.record(z.string(), Clip),
});

export type SpeechCatalogue = z.infer<typeof Catalogue>;

let catalogue: SpeechCatalogue | null = null;
const sounds = new Map<string, Sound>();

/** Every dialogue and clip by name, with wording and times (ms; a dialogue's are counted from the bridge). */
export function speechCatalogue(): SpeechCatalogue {
  catalogue ??= Catalogue.parse(JSON.parse(readFileSync(new URL('dialogue.json', FOLDER), 'utf8')));
  return catalogue;
}

/** The sound of one file of the speech folder, as named in the catalogue. */
export function speechSound(file: string): Sound {
  const known = sounds.get(file);
  if (known) return known;
  const sound = { samples: readWav(readFileSync(new URL(file, FOLDER))), loop: false };
  sounds.set(file, sound);
  return sound;
}

/** True when `name` is a dialogue or a clip that can be said. */
export function isSpeech(name: string): boolean {
  const { dialogues, clips } = speechCatalogue();
  return Object.hasOwn(dialogues, name) || Object.hasOwn(clips, name);
}
