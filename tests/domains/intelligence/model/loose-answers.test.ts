// Servers that hold a model to no form: what is right in its answer is kept, what is wrong is dropped and counted, and only
// where most of it is wrong is it asked once more.
import { expect, it } from 'vitest';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';

const desk = await openAssistDesk();
const { settle, server, draw } = desk;
const LOOSE = {
  ...READING,
  summary: READING.summary.map((one) => ({ ...one, n: String(one.n) })),
  sentiment: READING.sentiment.map((one) => ({ ...one, speaker: 'Customer' })),
  signals: [...READING.signals, { ...READING.signals[0], signal: 'BOOKED' }],
  coaching: undefined,
};

it.each(['tool', 'json', 'schema'])('are asked by %s for no second time', async (method) => {
  const { read, write, agree, costs } = await settle();
  await agree();
  server.answers({ json: LOOSE });
  const one = await write();
  expect(await draw(one, { AI_STRUCTURED: method })).toBe('drawn');
  expect(server.asked).toHaveLength(1);
  const { insights } = await read(one.callId);
  expect(insights.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['SUMMARY', 'SIGNALS', 'LEAD_SCORE', 'ACTION_PLAN', 'FOLLOW_UP_EMAIL'],
  ]);
  expect(insights[0]).toMatchObject({ engine: 'openai', dropped: 2 });
  expect(insights[0].items).toHaveLength(3);
  expect(await costs()).toMatchObject([{ state: 'DONE', dropped: 2, requests: 1 }]);
});

it('are asked once more where most of it was in no form', async () => {
  const { read, write, agree } = await settle();
  await agree();
  const wrong = { summary: ['The sink leaks.', 'It costs $89.'], signals: ['BOOKED'] };
  server.answers((_asked, n) => ({ json: n === 1 ? wrong : READING }));
  const one = await write();
  expect(await draw(one, { AI_STRUCTURED: 'json' })).toBe('drawn');
  expect(server.asked).toHaveLength(2);
  expect(server.asked[1]?.system).toContain('not in the form');
  expect(server.asked[1]?.system).not.toContain('turn -1');
  expect((await read(one.callId)).insights).toHaveLength(7);
});

it.each([
  ['is busy', { status: 429 }],
  ['is away', { status: 503 }],
] as const)('are kept for what is right in them where the model %s then', async (_what, away) => {
  const { read, write, agree, costs } = await settle();
  await agree();
  const wrong = { summary: [READING.summary[0], 'It costs $89.', 'It leaks.', 'They book.'] };
  server.answers((_asked, n) => (n === 1 ? { json: wrong } : away));
  const one = await write();
  expect(await draw(one, { AI_STRUCTURED: 'json' })).toBe('drawn');
  expect(server.asked).toHaveLength(2);
  const { insights } = await read(one.callId);
  expect(insights).toMatchObject([{ engine: 'openai', text: 'The kitchen sink leaks.' }]);
  expect(await costs()).toMatchObject([{ state: 'DONE', requests: 2 }]);
});

it('that have nothing of it in twice leave the talk to the rules', async () => {
  const { read, write, agree, told } = await settle();
  await agree();
  server.answers({ json: { reply: 'The sink leaks.' } });
  const one = await write();
  expect(await draw(one, { AI_STRUCTURED: 'json' })).toBe('drawn');
  expect(server.asked).toHaveLength(2);
  expect((await read(one.callId)).insights[0].engine).toBe('extractive');
  expect(await told(`call:${one.callId}`)).toMatchObject([
    { type: 'insight.failed', payload: { reason: 'MODEL_ANSWER_INVALID' } },
    { type: 'insight.ready' },
  ]);
});

it('are kept without the characters that the database takes none of, and are paid for once', async () => {
  const { read, write, agree, costs } = await settle();
  await agree();
  const [leak, price] = READING.summary;
  const summary = [
    { ...leak, text: 'The kitchen\0 sink leaks \ud83d.', quote: `${leak?.quote}\0` },
    // its 299th and 300th unit are the two halves of one character
    { ...price, text: `${'The service call costs $89'.padEnd(298, ' .')}😀 So.` },
  ];
  const due = 'tomorrow\0';
  const tasks = READING.tasks.map((one) => ({ ...one, due }));
  server.answers({ json: { ...READING, summary, tasks } });
  const one = await write();
  expect(await draw(one)).toBe('drawn');
  const { insights } = await read(one.callId);
  expect(insights).toHaveLength(7);
  const [first, second] = insights[0].items;
  expect(first.text).toBe('The kitchen sink leaks \ufffd.');
  expect(second.text).toMatch(/^The service call costs \$89[. ]+…$/);
  expect(second.text).toHaveLength(299);
  expect(await costs()).toMatchObject([{ state: 'DONE', tries: 1, requests: 1 }]);
});
