// Which text is found, by networks that are scripted: what each token is worth hangs on those before it, as with the real ones.

import { describe, expect, it } from 'vitest';
import { searchText } from '#platform/speech/beam-search.ts';
import type { Networks, Sound, Step } from '#platform/speech/networks.ts';

const PIECES = [
  '<unk>',
  '<s>',
  '</s>',
  '▁a',
  '▁key',
  '▁roof',
  'board',
  's',
  '▁in',
  '▁ring',
  '▁tree',
];
const NOTHING = {} as Sound;

/** How likely each next piece is behind a text; every other piece has one in a million. */
type Script = Record<string, Record<string, number>>;

/** Counts the rows that the decoder was asked for, how often it was asked, and the steps that were not used up. */
function scripted(script: Script) {
  const asked = { rows: 0, steps: 0, open: 0 };
  const said = new WeakMap<Step, string[]>();
  function step(texts: string[]): Step {
    asked.rows += texts.length;
    asked.steps += 1;
    asked.open += 1;
    const weights = texts.map((text) => {
      const next = script[text.trim()] ?? { '</s>': 1 };
      return Float32Array.from(PIECES, (piece) => Math.log(next[piece] ?? 1e-6));
    });
    const made = { weights, past: {}, ofSound: {} };
    said.set(made, texts);
    return made;
  }
  const networks: Networks = {
    listen: async () => NOTHING,
    begin: async () => step(['']),
    async follow(_sound, before, next) {
      const texts = said.get(before);
      networks.end(before);
      return step(
        next.map(({ row, token }) => `${texts?.[row]}${(PIECES[token] ?? '').replace('▁', ' ')}`),
      );
    },
    // what was used up is known no more
    end(step) {
      if (!said.delete(step)) throw new Error('A step was used twice.');
      asked.open -= 1;
    },
  };
  return { networks, asked };
}

const tokensOf = (text: string) => text.split(' ').map((piece) => PIECES.indexOf(piece));
const expecting = (text: string, bonus = 3) => ({ tokens: tokensOf(text), bonus });

async function find(script: Script, expected: ReturnType<typeof expecting>[] = [], most = 20) {
  const { networks, asked } = scripted(script);
  const tokens = await searchText(networks, NOTHING, { expected, pieces: PIECES, beams: 4, most });
  const { open, rows, steps } = asked;
  expect(open).toBe(0);
  return { text: tokens.map((token) => PIECES[token]).join(' '), rows, steps };
}

describe('the search for the likeliest text', () => {
  it('finds a text that begins with a token less likely than another', async () => {
    const script = {
      '': { '▁a': 0.55, '▁key': 0.45 },
      a: { '▁in': 0.2, '▁tree': 0.2, '▁ring': 0.2, '▁roof': 0.2, '▁key': 0.2 },
      key: { '▁ring': 1 },
    };
    expect((await find(script)).text).toBe('▁key ▁ring');
  });

  it('goes on with one text alone where nothing speaks for another', async () => {
    const script = { '': { '▁a': 0.9 }, a: { '▁key': 0.9 } };
    expect(await find(script)).toEqual({ text: '▁a ▁key', rows: 3, steps: 3 });
  });

  it('goes on once where two texts have come to the same words', async () => {
    const same = { '▁in': 1 };
    const script = {
      '': { '▁a': 0.55, '▁roof': 0.45 },
      ...{
        a: { '▁key': 1 },
        roof: { '▁key': 1 },
        'a key': { '▁ring': 1 },
        'roof key': { '▁ring': 1 },
      },
      ...{ 'a key ring': same, 'roof key ring': same, 'a key ring in': { '▁tree': 1 } },
    };
    const { text, rows, steps } = await find(script);
    expect(text).toBe('▁a ▁key ▁ring ▁in ▁tree');
    // two a token as far as "key", one behind "key ring in"
    expect({ rows, steps }).toEqual({ rows: 1 + 2 + 2 + 2 + 1 + 1, steps: 6 });
  });

  it('ends a text only where nothing is likelier than its end: a short one is likelier as a whole', async () => {
    const script = {
      ...{ '': { '▁a': 1 }, a: { '▁key': 0.6, '</s>': 0.4 } },
      ...{ 'a key': { '▁ring': 0.6, '▁in': 0.4 }, 'a key ring': { '</s>': 1 } },
    };
    expect((await find(script)).text).toBe('▁a ▁key ▁ring');
  });

  it('breaks off a text that does not end', async () => {
    const endless: Script = new Proxy({}, { get: () => ({ '▁a': 0.9 }) });
    expect((await find(endless, [], 5)).text).toBe('▁a ▁a ▁a ▁a ▁a ▁a');
  });

  it('finds a word said over and over', async () => {
    const four = (text: string) => ({ [text]: { '▁a': 0.9, '</s>': 0.1 } });
    const script = ['', 'a', 'a a', 'a a a', 'a a a a'].map(four);
    expect((await find(Object.assign({}, ...script))).text).toBe('▁a ▁a ▁a ▁a ▁a');
  });

  it('finds nothing where the end is the likeliest', async () => {
    expect((await find({ '': { '</s>': 1 } })).text).toBe('');
  });
});

describe('words to expect', () => {
  const script = { '': { '▁a': 0.99, '▁roof': 0.01 }, a: { '▁tree': 1 }, roof: { '▁tree': 1 } };

  it('are found where they are up to twenty times less likely than others', async () => {
    expect((await find(script)).text).toBe('▁a ▁tree');
    expect((await find(script, [expecting('▁roof', 5)])).text).toBe('▁roof ▁tree');
    expect((await find(script, [expecting('▁roof', 3)])).text).toBe('▁a ▁tree');
  });

  it('count only when they are said to their end', async () => {
    const phrase = { '': { '▁a': 0.9, '▁key': 0.1 }, key: { '▁ring': 0.5, '▁in': 0.5 } };
    expect((await find(phrase, [expecting('▁key ▁ring')])).text).toBe('▁key ▁ring');
    const cut = { ...phrase, key: { '▁in': 1 } };
    expect((await find(cut, [expecting('▁key ▁ring')])).text).toBe('▁a');
  });

  it('are not those that go on as another word, but are with an ending', async () => {
    const longer = { '': { '▁a': 0.9, '▁key': 0.1 }, key: { board: 1 } };
    expect((await find(longer, [expecting('▁key')])).text).toBe('▁a');
    const several = { ...longer, key: { s: 1 } };
    expect((await find(several, [expecting('▁key')])).text).toBe('▁key s');
  });

  it('drive no other text out before they are said', async () => {
    const talk = { '': { '▁a': 0.9, '▁key': 0.1 }, a: { '▁tree': 1 }, key: { '▁in': 1 } };
    expect((await find(talk, [expecting('▁key ▁ring', 9)])).text).toBe('▁a ▁tree');
  });

  it('may begin alike', async () => {
    const both = [expecting('▁key'), expecting('▁key ▁ring')];
    const talk = { '': { '▁a': 0.9, '▁key': 0.1 }, key: { '▁ring': 0.6, '▁in': 0.4 } };
    expect((await find(talk, both)).text).toBe('▁key ▁ring');
    expect((await find({ ...talk, key: { '▁in': 1 } }, both)).text).toBe('▁key ▁in');
  });
});
