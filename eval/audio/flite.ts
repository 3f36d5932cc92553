// Speaks with flite (Debian).
import { execFileSync } from 'node:child_process';
import type { Say } from './speak.ts';

/**
 * flite's voices, and the same at another pace. Moved in pitch they were tried and left out: what recognition then mishears is
 * the moving, not the line.
 */
const VOICES: Record<string, { voice: string; stretch?: number }> = {
  slt: { voice: 'slt' },
  'slt-calm': { voice: 'slt', stretch: 1.1 },
  rms: { voice: 'rms' },
  'rms-calm': { voice: 'rms', stretch: 1.1 },
  awb: { voice: 'awb' },
};

/** What flite says, sound by sound, with the time at which each ends. */
function sounds(name: string, text: string, file: string): { name: string; end: number }[] {
  const { voice, stretch = 1 } = VOICES[name] ?? { voice: name };
  const words = ['-voice', voice, '--setf', `duration_stretch=${stretch}`];
  const said = execFileSync('flite', [...words, '-psdur', '-t', text, '-o', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return said
    .trim()
    .split(/\s+/)
    .map((one) => {
      const [name = '', end = '0'] = one.split(':');
      return { name, end: Number(end) };
    });
}

/** Speaks with one of flite's voices; the times of words are of its own list of sounds. */
export const sayWithFlite: Say = (name, text, file) => {
  const all = sounds(name, text, file);
  const spoken = all.filter((one) => one.name !== 'pau');
  const begin = (all[0]?.name === 'pau' ? all[0].end : 0) - 0.03;
  const words = text.split(/\s+/);
  return {
    begin,
    end: (spoken.at(-1)?.end ?? 0) + 0.06,
    startOf(word) {
      if (word === 0) return begin;
      const before = words.slice(0, word).join(' ');
      const count = sounds(name, before, 'none').filter((one) => one.name !== 'pau').length;
      // a pause before the word belongs to the one before it
      const at = all.indexOf(spoken[count] as (typeof all)[number]);
      return all[at - 1]?.end ?? begin;
    },
  };
};
