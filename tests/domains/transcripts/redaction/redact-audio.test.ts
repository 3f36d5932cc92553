// What is silenced for what was hidden: whole segments where word times are guesses, never less than the words.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { stretchesToMute } from '#domains/transcripts/redaction/redact-audio.ts';
import { talk } from './redact-support.ts';

const mutedOf = (wordTimes: 'native' | 'estimated', ...lines: string[]) => {
  const { segments, redactions } = redactTranscript(talk(...lines));
  return stretchesToMute(segments, redactions, wordTimes);
};

describe('the stretches', () => {
  it('are the whole segment and 0.3 s around it where word times are estimates', () => {
    expect(mutedOf('estimated', 'A: hello there', 'A 10s: the card is 4242 4242 yes')).toEqual([
      { startMs: 9_700, endMs: 12_700 },
    ]);
  });

  it('are the words and 0.5 s around them where word times were measured', () => {
    expect(mutedOf('native', 'A 10s: the card is 4242 4242 yes')).toEqual([
      { startMs: 10_700, endMs: 12_500 },
    ]);
  });

  it('begin with the recording at the earliest, and are joined where they meet', () => {
    expect(
      mutedOf('estimated', 'A 0s: card 4242 4242', 'B 1s: 4242 4242 right?', 'A 30s: 42 42'),
    ).toEqual([
      { startMs: 0, endMs: 2_500 },
      { startMs: 29_700, endMs: 31_100 },
    ]);
  });

  it('are none where nothing was hidden', () => {
    expect(mutedOf('estimated', 'A: the service call is $89')).toEqual([]);
  });

  it('cover every hidden word of any call, are sorted, and touch nothing but what they must', () => {
    const word = fc.constantFrom('card', '4242', 'four', 'two', 'sink', 'cvv', '317', 'well');
    const line = fc.tuple(
      fc.constantFrom('A', 'B'),
      fc.array(word, { minLength: 1, maxLength: 9 }),
    );
    const wordTimes = fc.constantFrom('native', 'estimated');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), wordTimes, (lines, times) => {
        const said = talk(...lines.map(([speaker, words]) => `${speaker}: ${words.join(' ')}`));
        const { segments, redactions } = redactTranscript(said);
        const muted = stretchesToMute(segments, redactions, times);
        for (const hidden of redactions) {
          expect(
            muted.some((one) => one.startMs <= hidden.startMs && one.endMs >= hidden.endMs),
          ).toBe(true);
        }
        for (const [n, one] of muted.entries()) {
          expect(one.startMs).toBeGreaterThanOrEqual(0);
          expect(one.startMs).toBeGreaterThan(muted[n - 1]?.endMs ?? -1);
        }
        const untouched = said.filter((_, i) => segments[i] === said[i]);
        const isFar = ({ startMs, endMs }: { startMs: number; endMs: number }) =>
          redactions.every((one) => one.endMs + 4_100 < startMs || one.startMs - 4_100 > endMs);
        for (const segment of untouched.filter(isFar)) {
          expect(
            muted.some((one) => one.startMs < segment.endMs && one.endMs > segment.startMs),
          ).toBe(false);
        }
      }),
      { seed: 20_261_125, numRuns: 300 },
    );
  });
});
