// What is likely to be said goes along with the sound, to each provider in the way that it documents, and never more than it
// takes.
import { beforeEach, describe, expect, it } from 'vitest';
import { CALL, openProviderServer, turns } from './provider-server.ts';

const server = await openProviderServer();
beforeEach(() => server.answers());

const WORDS = ['Acme Roofing', 'furnace', 'burst pipe'];
const MANY = Array.from({ length: 100 }, (_, n) => `thermo ${'abcdefghij'[n % 10]}stat`);

/** The hints that a provider was given with each request, as name and value. */
const told = async (
  name: 'openai' | 'telnyx' | 'deepgram',
  vocabulary: readonly string[] | undefined,
  model?: string,
) => {
  const provider = server.provider(name, model ? { SPEECH_PROVIDER_MODEL: model } : {});
  const { segments } = await provider.transcribe(CALL, { vocabulary });
  const hints = server.heard.map(({ url, fields }) =>
    [...url.searchParams, ...fields].filter(([key]) => /^(prompt|keyterm|keywords)$/.test(key)),
  );
  return { segments, hints };
};

describe('OpenAI', () => {
  it('is told in the prompt of every part', async () => {
    const { segments, hints } = await told('openai', WORDS);
    const prompt = ['prompt', 'Acme Roofing, furnace, burst pipe.'];
    expect(hints).toEqual([[prompt], [prompt]]);
    expect(segments).toHaveLength(turns.length);
  });

  it('of a newer model is told so in a sentence', async () => {
    const { hints } = await told('openai', WORDS, 'gpt-4o-transcribe');
    expect(hints[0]).toEqual([['prompt', 'Words to expect: Acme Roofing, furnace, burst pipe.']]);
  });

  it('of the model that refuses a prompt is told nothing', async () => {
    const { hints } = await told('openai', WORDS, 'gpt-4o-transcribe-diarize');
    expect(hints).toEqual([[], []]);
  });

  it('is told the first that it can read', async () => {
    const { hints } = await told('openai', MANY);
    const [, prompt = ''] = hints[0]?.[0] ?? [];
    expect(Buffer.byteLength(prompt)).toBeLessThanOrEqual(450);
    expect(MANY.join(', ').startsWith(prompt.slice(0, -1))).toBe(true);
    expect(prompt.split(', ').length).toBeGreaterThan(20);
  });
});

describe('Deepgram', () => {
  it('is told by keyterms, a phrase as one', async () => {
    const { segments, hints } = await told('deepgram', WORDS);
    expect(hints).toEqual([WORDS.map((one) => ['keyterm', one])]);
    expect(segments).toHaveLength(turns.length);
  });

  it('of a model before Nova-3 is told by keywords, which are single words', async () => {
    const { hints } = await told('deepgram', [...WORDS, 'furnace man', 'gas'], 'nova-2-phonecall');
    const words = ['Acme', 'Roofing', 'furnace', 'burst', 'pipe', 'gas'];
    expect(hints).toEqual([words.map((one) => ['keywords', one])]);
  });

  it('of a model that takes neither is told nothing', async () => {
    expect((await told('deepgram', WORDS, 'whisper-large')).hints).toEqual([[]]);
  });

  it('is told no more than it takes, however its tokens are counted', async () => {
    const { hints } = await told('deepgram', MANY);
    const terms = hints[0]?.map(([, term]) => term) ?? [];
    expect(terms).toEqual(MANY.slice(0, terms.length));
    expect(Buffer.byteLength(terms.join(' '))).toBeLessThan(500);
  });
});

it('Telnyx, which documents no way, is told nothing', async () => {
  expect((await told('telnyx', WORDS)).hints).toEqual([[], []]);
});

it.each(['openai', 'deepgram'] as const)(
  '%s is told nothing where nothing is expected',
  async (name) => {
    expect((await told(name, undefined)).hints.flat()).toEqual([]);
    server.answers();
    expect((await told(name, [])).hints.flat()).toEqual([]);
  },
);

it('a part that was heard with other words to expect is not sent again', async () => {
  const kept = new Map<string, string>();
  const parts = {
    read: async (part: string) => kept.get(part) ?? null,
    keep: async (part: string, heard: string) => void kept.set(part, heard),
  };
  const provider = server.provider('openai');
  const first = await provider.transcribe(CALL, { vocabulary: WORDS, parts });
  expect(await provider.transcribe(CALL, { vocabulary: ['furnace'], parts })).toEqual(first);
  expect(server.heard).toHaveLength(2);
  expect([...kept.keys()].join()).not.toContain('furnace');
});
