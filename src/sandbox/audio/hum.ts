// Stands in for text-to-speech: no voice engine is available at run time, so a spoken prompt is a quiet, syllable-like
// hum that lasts about as long as the words would. Listed among the assumptions.
import { SAMPLE_RATE, type Sound } from './frames.ts';

const SYLLABLE_MS = 150;
const GAP_MS = 40;
const WORD_GAP_MS = 60;
const PAUSE_MS = 250;
const AMPLITUDE = 1800;

/**
 * Renders a text as a hum.
 * @param text plain text or SSML (tags are left out)
 */
export function humOf(text: string): Sound {
  const beats = beatsOf(text.replace(/<[^>]*>/g, ' '));
  const totalMs = beats.reduce((sum, beat) => sum + beat.onMs + beat.offMs, 0);
  const samples = new Int16Array(Math.round((totalMs * SAMPLE_RATE) / 1000));
  let start = 0;
  for (const [index, beat] of beats.entries()) {
    const length = Math.round((beat.onMs * SAMPLE_RATE) / 1000);
    const hertz = 130 + ((index * 37) % 5) * 9;
    for (let at = 0; at < length; at++) {
      const swell = Math.sin((Math.PI * at) / length) ** 2;
      const phase = (2 * Math.PI * hertz * at) / SAMPLE_RATE;
      const wave = Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase);
      samples[start + at] = Math.round((wave / 1.6) * swell * AMPLITUDE);
    }
    start += length + Math.round((beat.offMs * SAMPLE_RATE) / 1000);
  }
  return { samples, loop: false };
}

function beatsOf(text: string): { onMs: number; offMs: number }[] {
  const beats: { onMs: number; offMs: number }[] = [];
  for (const word of text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part))) {
    const digits = word.match(/\d/g)?.length ?? 0;
    const syllables = Math.max(1, (word.match(/[aeiouy]+/gi)?.length ?? 0) + digits);
    for (let index = 0; index < syllables; index++)
      beats.push({ onMs: SYLLABLE_MS, offMs: GAP_MS });
    const last = beats.at(-1);
    if (last) last.offMs = /[.,;:!?]$/.test(word) ? PAUSE_MS : WORD_GAP_MS;
  }
  return beats.length > 0 ? beats : [{ onMs: SYLLABLE_MS, offMs: PAUSE_MS }];
}
