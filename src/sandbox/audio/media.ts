// Finds what a playback command asks for: a WAV at a URL, a WAV in the request, or one of the sandbox's own sounds.
import type { Sound } from './frames.ts';
import { humOf } from './hum.ts';
import { readWav } from './read-wav.ts';
import { speechCatalogue, speechSound } from './speech.ts';
import { beep, ringTone } from './tones.ts';

const FETCH_TIMEOUT_MS = 5_000;
const UNREADABLE_TEXT = 'This stands for a sound file that is not a readable WAV.';

export type Media = { sound: Sound } | { failure: 'file_not_found' | 'failed' };

/** Loads the sound of a playback; a file that is no WAV (MP3, say) is replaced by a hum. */
export async function loadMedia(given: {
  url: string | null;
  name: string | null;
  contentBase64: string | null;
}): Promise<Media> {
  if (given.name !== null) return namedSound(given.name);
  if (given.contentBase64 !== null)
    return { sound: soundOf(Buffer.from(given.contentBase64, 'base64')) };
  if (given.url === null) return { failure: 'file_not_found' };
  try {
    const response = await fetch(given.url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return response.ok ? { sound: soundOf(bytes) } : { failure: 'file_not_found' };
  } catch {
    return { failure: 'failed' };
  }
}

function namedSound(name: string): Media {
  if (name === 'ringback') return { sound: ringTone() };
  if (name === 'beep') return { sound: beep() };
  const clips = speechCatalogue().clips;
  const clip = Object.hasOwn(clips, name) ? clips[name] : undefined;
  return clip ? { sound: speechSound(clip.file) } : { failure: 'file_not_found' };
}

function soundOf(bytes: Buffer): Sound {
  try {
    return { samples: readWav(bytes), loop: false };
  } catch {
    return humOf(UNREADABLE_TEXT);
  }
}
