// The guards against the recogniser's two silent failures. No recording provokes them on demand, so a scripted recogniser stands in
// for the model's answers; everything around it is real.

import { describe, expect, it } from 'vitest';
import { decodeStretch, findLoopEnd } from '#platform/speech/decode-stretch.ts';
import type { Recognizer } from '#platform/speech/recognizer.ts';
import { SampleWindow } from '#platform/speech/sample-window.ts';
import { estimateWordTimes } from '#platform/speech/word-times.ts';
import { scripted } from './scripted-recognizer.ts';

const RATE = 16_000;

function tenSeconds(): SampleWindow {
  const window = new SampleWindow();
  const samples = Float32Array.from({ length: 10 * RATE }, (_, i) => Math.sin(i / 5));
  // A pause at 4.5 s, where a split should fall.
  window.append(samples.fill(0, 4.4 * RATE, 4.6 * RATE));
  return window;
}

const GOOD = 'one two three four five six seven eight nine ten';

const hear = (recognizer: Recognizer) => (samples: Float32Array) =>
  recognizer.hear(samples, { expected: new Map(), beams: 1 });

describe('decoding a stretch', () => {
  it('keeps a good first answer', async () => {
    const recognizer = scripted(() => GOOD);
    const heard = await decodeStretch(hear(recognizer), tenSeconds(), 2 * RATE, 8 * RATE);
    expect(heard).toEqual({ text: GOOD, uncertain: false });
    expect(recognizer.asked).toEqual([6]);
  });

  it('tries other paddings when nothing comes back', async () => {
    const recognizer = scripted((seconds) => (seconds > 6.5 ? GOOD : ''));
    const heard = await decodeStretch(hear(recognizer), tenSeconds(), 2 * RATE, 8 * RATE);
    expect(heard).toEqual({ text: GOOD, uncertain: false });
    expect(recognizer.asked).toHaveLength(4);
  });

  it('splits at the quietest point when no padding helps', async () => {
    const recognizer = scripted((seconds) =>
      seconds < 5 ? `this is a part of ${seconds.toFixed(1)}` : '',
    );
    const heard = await decodeStretch(hear(recognizer), tenSeconds(), RATE, 9 * RATE);
    expect(heard.text).toMatch(/^this is a part of 3\.\d this is a part of 4\.\d$/);
    expect(heard.uncertain).toBe(false);
  });

  it('gives up with an uncertain empty text when all is silent', async () => {
    const heard = await decodeStretch(hear(scripted(() => '')), tenSeconds(), 0, 10 * RATE);
    expect(heard).toEqual({ text: '', uncertain: true });
  });

  it('cuts a loop that no padding cures after its first round', async () => {
    const loop = `call me at${' 1111'.repeat(40)}`;
    const heard = await decodeStretch(hear(scripted(() => loop)), tenSeconds(), 0, 2 * RATE);
    expect(heard).toEqual({ text: 'call me at 1111', uncertain: true });
  });
});

describe('finding a loop', () => {
  it.each([
    ['one token 18 times', 'a '.repeat(18), 1],
    ['one token 17 times', 'a '.repeat(17), undefined],
    ['three tokens 6 times', 'a b c '.repeat(6), 3],
    ['three tokens 5 times', 'a b c '.repeat(5), undefined],
    ['eight tokens 6 times', 'a b c d e f g h '.repeat(6), 8],
    ['nine tokens 6 times', 'a b c d e f g h i '.repeat(6), undefined],
    ['a loop behind other words', `x y ${'a b '.repeat(9)}`, 4],
    ['nothing', '', undefined],
  ])('%s', (_name, tokens, end) => {
    expect(findLoopEnd(tokens.split(' ').filter(Boolean))).toBe(end);
  });
});

describe('the sliding window', () => {
  it('reads by absolute position, before and after forgetting', () => {
    const window = new SampleWindow();
    for (let start = 0; start < 1_000; start += 100) {
      window.append(Float32Array.from({ length: 100 }, (_, i) => start + i));
      window.forget(start - 150);
    }
    expect(window.end).toBe(1_000);
    expect([...window.slice(900, 903)]).toEqual([900, 901, 902]);
    expect([...window.slice(700, 752)]).toEqual([750, 751]);
    expect([...window.slice(998, 1_005)]).toEqual([998, 999]);
  });
});

describe('estimated word times', () => {
  it('share the segment by weight: figures are long words, marks are pauses', () => {
    expect(estimateWordTimes('I am, 42', 1_000, 3_000)).toEqual([
      { text: 'I', startMs: 1_000, endMs: 1_316 },
      { text: 'am,', startMs: 1_316, endMs: 1_947 },
      { text: '42', startMs: 1_947, endMs: 3_000 },
    ]);
  });
});
