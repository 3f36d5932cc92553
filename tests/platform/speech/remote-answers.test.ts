// Answers of providers that recordings are sent to: words in any order, other words, no words, no times, doubts.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openProviderServer, wordsOf } from './provider-server.ts';
import { writeWav } from './wav-file.ts';

const server = await openProviderServer();
const folder = temporaryFolder();

const ONE = { text: 'hello there', start: 1, end: 2 };
const mono = (name: string, seconds: number) => {
  // a tone, so that it is not taken for silence
  const data = Buffer.alloc(seconds * 8_000, Buffer.from([0x20, 0x20, 0xa0, 0xa0]));
  const shape = { code: 7, bits: 8, channels: 1, rate: 8_000, data };
  return writeWav(path.join(folder, `${name}.wav`), shape);
};

describe('an answer', () => {
  const openai = (json: unknown, more = {}) => {
    server.answers({ json });
    return server.provider('openai', more);
  };

  it('whose words come in any order has them in the order of speech', async () => {
    const words = wordsOf(ONE).toReversed();
    const provider = openai({ text: ONE.text, segments: [ONE], words });
    const { segments, wordTimes } = await provider.transcribe(await mono('order', 3), {});
    expect(wordTimes).toBe('native');
    expect(segments[0]?.words).toEqual([
      { text: 'hello', startMs: 1_000, endMs: 1_500 },
      { text: 'there', startMs: 1_500, endMs: 2_000 },
    ]);
  });

  it('with other words than its text has their times estimated', async () => {
    const words = wordsOf(ONE).slice(1);
    const provider = openai({ text: ONE.text, segments: [ONE], words });
    const { segments, wordTimes } = await provider.transcribe(await mono('other', 3), {});
    expect(wordTimes).toBe('estimated');
    expect(segments[0]?.words.map(({ text }) => text)).toEqual(['hello', 'there']);
  });

  it('with words alone has them parted at pauses', async () => {
    const words = [...wordsOf(ONE), ...wordsOf({ text: 'good bye', start: 4, end: 5 })];
    const provider = openai({ text: 'hello there good bye', words });
    const { segments } = await provider.transcribe(await mono('pauses', 6), {});
    expect(segments.map(({ text, startMs }) => [text, startMs])).toEqual([
      ['hello there', 1_000],
      ['good bye', 4_000],
    ]);
  });

  it('without a single time is one uncertain segment', async () => {
    const { segments, wordTimes } = await openai({ text: ' hello  there ' }).transcribe(
      await mono('text', 3),
      {},
    );
    expect(segments).toMatchObject([
      { text: 'hello there', startMs: 0, endMs: 3_000, uncertain: true },
    ]);
    expect(wordTimes).toBe('estimated');
  });

  it('beyond the end of the sound is kept within it', async () => {
    const far = { text: 'far away', start: -2, end: 900 };
    const provider = openai({ text: far.text, segments: [far], words: wordsOf(far) });
    const { segments } = await provider.transcribe(await mono('far', 2), {});
    expect(segments).toMatchObject([{ startMs: 0, endMs: 2_000 }]);
    for (const { startMs, endMs } of segments[0]?.words ?? []) {
      expect(startMs).toBeGreaterThanOrEqual(0);
      expect(endMs).toBeLessThanOrEqual(2_000);
    }
  });

  it.each([
    [{ avg_logprob: -1.2 }, true],
    [{ compression_ratio: 2.6 }, true],
    [{ no_speech_prob: 0.7 }, true],
    [{ avg_logprob: -0.9, compression_ratio: 2.3, no_speech_prob: 0.5 }, false],
  ])('of OpenAI with %j is uncertain: %s', async (signs, uncertain) => {
    const provider = openai({ text: ONE.text, segments: [{ ...ONE, ...signs }] });
    const { segments } = await provider.transcribe(await mono('signs', 3), {});
    expect(segments[0]?.uncertain).toBe(uncertain);
  });

  it.each([
    [[0.9, 0.4], true],
    [[0.9, 0.6], false],
  ])('of Deepgram whose words have the confidence %j is uncertain: %s', async (sure, uncertain) => {
    const words = wordsOf(ONE).map((word, n) => ({ ...word, confidence: sure[n] }));
    const alternatives = [{ transcript: ONE.text, words }];
    server.answers({ json: { results: { channels: [{ alternatives }] } } });
    const provider = server.provider('deepgram');
    const { segments } = await provider.transcribe(await mono('sure', 3), {});
    expect(segments).toMatchObject([{ text: ONE.text, startMs: 1_000, endMs: 2_000, uncertain }]);
  });

  it('tells the language as a tag, whatever it calls it', async () => {
    for (const [language, tag] of [
      ['spanish', 'es'],
      ['pt', 'pt'],
      ['pt-BR', 'pt-BR'],
      ['gibberish!', null],
    ]) {
      const provider = openai({ text: ONE.text, segments: [ONE], language });
      expect((await provider.transcribe(await mono('tag', 3), {})).language).toBe(tag);
    }
  });
});
