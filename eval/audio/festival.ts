// Speaks with festival (Debian): the HTS voice of the speaker slt, and the diphones of the speaker kal.
import { execFileSync } from 'node:child_process';
import type { Say } from './speak.ts';

const HTS = '(voice_cmu_us_slt_arctic_hts)';

/** each voice by the words that choose it */
const VOICES: Record<string, string> = {
  'slt-hts': HTS,
  'slt-hts-quick': `${HTS} (set! hts_engine_params (cons '("-r" 1.15) hts_engine_params))`,
  kal: '(voice_kal_diphone)',
};

/** The voices of festival. */
export const FESTIVAL_VOICES = Object.keys(VOICES);

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** prints when each word of the text begins, and when the last one ends */
const TIMES = `(define (begins one)
  (if one
    (begin
      (format t "%f\n" (item.feat (item.relation.daughter1 one 'Token) "word_start"))
      (begins (item.next one)))
    (format t "%f\n" (item.feat (utt.relation.last said 'Word) "word_end"))))`;

/** Speaks with one of festival's voices; the times of words are its own. */
export const sayWithFestival: Say = (name, text, file) => {
  const steps = [
    ...[VOICES[name], TIMES, `(set! said (SynthText ${quoted(text)}))`],
    ...["(begins (utt.relation.first said 'Token))", `(utt.save.wave said ${quoted(file)} 'riff)`],
  ];
  const said = execFileSync('festival', ['-b', `(begin ${steps.join(' ')})`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const times = said
    .split('\n')
    .filter((line) => /^[\d.]+$/.test(line))
    .map(Number);
  const words = text.split(/\s+/).length;
  if (times.length !== words + 1) throw new Error(`${times.length} times of ${words}: ${text}`);
  const begin = Math.max(0, (times[0] ?? 0) - 0.03);
  return {
    begin,
    end: (times.at(-1) ?? 0) + 0.06,
    startOf: (word) => (word === 0 ? begin : (times[word] ?? begin)),
  };
};
