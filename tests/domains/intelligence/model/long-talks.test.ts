// A talk that is too long for one request is told of as a whole, or not by the model: a part whose notes cannot be read is
// asked about once more, and is never left out without a word.
import { describe, expect, it } from 'vitest';
import { type LanguageModel, MOST_ANSWER_TOKENS } from '#platform/ai/langchain.ts';
import { createModelReader } from '#platform/ai/read-with-model.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';
import { LINES } from '../insights/insight-desk.ts';

const desk = await openAssistDesk();
const { settle, server, draw } = desk;
const SMALL = { AI_INPUT_TOKENS: '1500' };
const FILLER = 'We talk about the weather and the garden for a good while here. '.repeat(20);
const LONG = [...LINES, ...Array.from({ length: 12 }, (_, n) => `A: ${n} ${FILLER}`)];

/** The parts that notes were asked for, by the first turn of each, and how often. */
const partsAsked = () => {
  const parts = new Map<string, number>();
  for (const { system, data } of server.asked.filter((one) => isForNotes(one))) {
    const first = /<\d+>/.exec(data)?.[0] ?? '';
    parts.set(first, (parts.get(first) ?? 0) + 1);
    if (parts.get(first) === 2) expect(system).toContain('not in the form');
  }
  return [...parts.values()];
};
const isForNotes = ({ system }: { system: string }) => system.includes('one part of a long talk');
/** Notes of all that LINES say. */
const notesOf = (data: string) => ({
  notes: [...data.matchAll(/^<(\d+)> (?:CALLER|AGENT): ([A-Z][^\n]+)/gm)].map(([, n, quote]) => ({
    ...{ n: Number(n), quote },
  })),
});
/** Every turn, whole. */
const wholeOf = (data: string) =>
  [...data.matchAll(/^<(\d+)> \w+: ([^\n]+)/gm)].map(([, n, quote]) => ({ n: Number(n), quote }));

describe('notes', () => {
  it.each([
    ['are garbage', { text: 'Sure, here you are!' }],
    ['are cut off', { text: '{"notes": [{"n": 1, "qu', end: 'cut' as const }],
    ['are in another form', { json: { passages: [] } }],
  ])(
    'that %s are asked for once more, and nothing of their part is lost',
    async (_how, garbage) => {
      const { read, write, agree } = await settle();
      await agree();
      const seen = new Set<string>();
      server.answers((asked) => {
        if (!isForNotes(asked)) return { json: READING };
        const part = asked.data.split('\n').find((line) => /^<\d+>/.test(line)) ?? '';
        const isFirst = !seen.has(part);
        seen.add(part);
        return isFirst ? garbage : { json: notesOf(asked.data) };
      });
      const one = await write(LONG);
      expect(await draw(one, SMALL)).toBe('drawn');
      const asked = partsAsked();
      expect(asked.length).toBeGreaterThan(2);
      expect(new Set(asked)).toEqual(new Set([2]));
      expect(server.asked.at(-1)?.data).toContain('<4> AGENT: You are all set.');
      const { insights } = await read(one.callId);
      expect(insights[0]).toMatchObject({ engine: 'openai' });
      expect(insights).toHaveLength(7);
    },
  );

  it('of one part that are garbage twice leave the talk to the rules, which is told', async () => {
    const { read, write, agree, told, costs } = await settle();
    await agree();
    server.answers((asked) => {
      if (!isForNotes(asked)) return { json: READING };
      return asked.data.includes('<17> ') ? { text: 'No.' } : { json: notesOf(asked.data) };
    });
    const one = await write(LONG);
    expect(await draw(one, SMALL)).toBe('drawn');
    expect((await read(one.callId)).insights[0].engine).toBe('extractive');
    expect(await told(`call:${one.callId}`)).toMatchObject([
      { type: 'insight.failed', payload: { engine: 'openai', reason: 'MODEL_ANSWER_INVALID' } },
      { type: 'insight.ready', payload: { engine: 'extractive' } },
    ]);
    expect(partsAsked().at(-1)).toBe(2);
    expect(await costs()).toMatchObject([
      { failure: 'MODEL_ANSWER_INVALID', requests: server.asked.length },
    ]);
  });

  it.each([
    ['are empty for every part', () => ({ notes: [] }), 2],
    ['never make it shorter', (data: string) => ({ notes: wholeOf(data) }), 4],
  ])('that %s do not let its beginning stand for the whole', async (_how, notes, least) => {
    const { read, write, agree, told } = await settle();
    await agree();
    server.answers((asked) => ({ json: isForNotes(asked) ? notes(asked.data) : READING }));
    const one = await write(LONG);
    expect(await draw(one, SMALL)).toBe('drawn');
    expect(server.asked.length).toBeGreaterThanOrEqual(least);
    expect(server.asked.every((asked) => isForNotes(asked))).toBe(true);
    expect((await read(one.callId)).insights[0].engine).toBe('extractive');
    expect((await told(`call:${one.callId}`))[0]).toMatchObject({
      type: 'insight.failed',
      payload: { reason: 'MODEL_ANSWER_INVALID' },
    });
  });

  it('that were made up are asked for once more, and the better ones count', async () => {
    const { write, agree } = await settle();
    await agree();
    const made = { notes: [{ n: 1, quote: 'the house is on fire' }] };
    server.answers((asked, n) => {
      if (!isForNotes(asked)) return { json: READING };
      return { json: n === 1 ? made : notesOf(asked.data) };
    });
    expect(await draw(await write(LONG), SMALL)).toBe('drawn');
    expect(server.asked[1]?.system).toContain('NOTE with turn 1');
    expect(server.asked.at(-1)?.data).toContain('<1> CALLER: Hi there.');
  });
});

it('what a talk may take of the budget is not passed when every request has to be made twice', async () => {
  const asked: string[] = [];
  const model: LanguageModel = {
    ...{ provider: 'openai', model: 'test-1' },
    async ask({ name, data, rules, accept }) {
      const isFirst = !rules.includes('not in the form');
      asked.push(name);
      const notes = [...data.matchAll(/^<(\d+)> \w+: ([^\n]+)/gm)].map(([, n, quote]) => ({
        ...{ n: Number(n), quote },
      }));
      const answer = name === 'notes' ? { notes } : { summary: [] };
      // as much as may be written; what is sent is counted by the reader
      const cost = { tokensIn: 0, tokensOut: MOST_ANSWER_TOKENS };
      return { answer: isFirst ? null : (accept?.(answer) ?? null), ...cost };
    },
  };
  const reader = createModelReader(model, { inputTokens: 1_500 });
  const turns = Array.from({ length: 20 }, (_, n) => ({
    ...{ n, speaker: 'AGENT' as const, startMs: 1_000 * n, text: `${n} ${FILLER}` },
  }));
  let used = 0;
  const conversation = { turns, language: 'en', business: 'Harbor Plumbing', rubric: [] };
  const onUsage = ({ tokensIn, tokensOut }: { tokensIn: number; tokensOut: number }) => {
    used = tokensIn + tokensOut;
  };
  await reader.write({ ...conversation, onUsage }).catch(() => null);
  expect(asked.filter((name) => name === 'notes').length).toBeGreaterThan(20);
  expect(used).toBeLessThanOrEqual(reader.mostTokens(conversation));
});
