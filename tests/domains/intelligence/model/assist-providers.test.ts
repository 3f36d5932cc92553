// A talk is read by a model of any provider: the same insights, with evidence, under its name, at the tokens it told.
import { describe, expect, it } from 'vitest';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';

const desk = await openAssistDesk();

describe.each(['openai', 'anthropic', 'ollama'])('insights of a model of %s', (provider) => {
  const more = { AI_MODEL: `${provider}:test-1` };

  it.each(['schema', 'tool', 'json'])('are drawn by %s, with their costs', async (method) => {
    const { agree, write, read, costs } = await desk.settle();
    await agree();
    const one = await write();
    desk.server.answers({ json: READING });
    expect(await desk.draw(one, { ...more, AI_STRUCTURED: method })).toBe('drawn');
    const { insights } = await read(one.callId);
    expect(insights.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['SUMMARY', 'SENTIMENT', 'SIGNALS', 'LEAD_SCORE', 'ACTION_PLAN', 'COACHING'],
      'FOLLOW_UP_EMAIL',
    ]);
    expect(insights[0]).toMatchObject({ engine: provider, model: 'test-1', dropped: 0 });
    const [asked, ...others] = desk.server.asked;
    expect(asked?.data).toContain('I have a leak under my kitchen sink');
    expect(others).toEqual([]);
    expect(await costs()).toMatchObject([{ tokensIn: 900, tokensOut: 210, failure: null }]);
  });

  it('are asked for once more where the answer was cut off, and both are paid', async () => {
    const { agree, write, read, costs } = await desk.settle();
    await agree();
    const one = await write();
    const cut = JSON.stringify(READING).slice(0, 300);
    desk.server.answers((_asked, n) => (n === 1 ? { text: cut, end: 'cut' } : { json: READING }));
    expect(await desk.draw(one, more)).toBe('drawn');
    expect((await read(one.callId)).insights).toHaveLength(7);
    expect(await costs()).toMatchObject([{ tokensIn: 1_800, tokensOut: 420 }]);
  });

  it('wait for a model that is overloaded', async () => {
    const { agree, write, costs } = await desk.settle();
    await agree();
    const one = await write();
    desk.server.answers({ status: 529 });
    await expect(desk.draw(one, more)).rejects.toThrow('The model answers 529.');
    expect(await costs()).toMatchObject([{ tokensIn: 0, tokensOut: 0 }]);
  });
});
