// A talk that a model reads in parts, too slowly for the time of a job, is paid for once and then read by the rules: another
// try would begin with its first part, and end like this one.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DRAWING_SECONDS } from '#domains/intelligence/jobs.ts';
import { openAskAgainDesk } from '../insights/ask-again-desk.ts';
import { READING } from '../insights/assist-desk.ts';
import { LINES } from '../insights/insight-desk.ts';

const desk = await openAskAgainDesk();
const { server } = desk;
const SMALL = { AI_INPUT_TOKENS: '1500' };
const FILLER = 'We talk about the weather and the garden for a good while here. '.repeat(20);
const LONG = [...LINES, ...Array.from({ length: 6 }, (_, n) => `A: ${n} ${FILLER}`)];
const NOTES = { notes: [{ n: 1, quote: 'I have a leak under my kitchen sink' }] };

/** What is to happen when a reading's time is over: it is told by its length, shorter than the job's own. */
let timeIsOver = () => {};
beforeEach(() => {
  const { setTimeout: set } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
    then: () => void,
    ms?: number,
    ...more: []
  ) => {
    const isReadings = ms === (DRAWING_SECONDS - 60) * 1_000;
    if (isReadings) timeIsOver = then;
    return set(then, ms, ...more);
  }) as typeof setTimeout);
});
afterEach(() => {
  vi.restoreAllMocks();
  timeIsOver = () => {};
});
/** The model answers for the first part, and is at the second one when the time is over. */
const isSlow = () =>
  server.answers((_asked, n) => {
    if (n === 1) return { json: NOTES };
    setImmediate(() => timeIsOver());
    return 'silence';
  });

it('is asked for once, what it cost is written, and the rules read the talk', async () => {
  const { write, agree, read, told, costs } = await desk.settle();
  await agree();
  const one = await write(LONG);
  isSlow();
  expect(await desk.draw(one, { ...SMALL, AI_TIMEOUT: '600' })).toBe('drawn');
  expect((await read(one.callId)).insights[0].engine).toBe('extractive');
  expect(await told(`call:${one.callId}`)).toMatchObject([
    { type: 'insight.failed', payload: { engine: 'openai', reason: 'MODEL_UNAVAILABLE' } },
    { type: 'insight.ready', payload: { engine: 'extractive' } },
  ]);
  const paid = { state: 'FAILED', failure: 'MODEL_UNAVAILABLE', tries: 1, requests: 2 };
  expect(await costs()).toMatchObject([{ ...paid, reservedTokens: 0 }]);
  expect(await desk.draw(one, SMALL)).toBe('already-done');
  expect(server.asked).toHaveLength(2);
});

it('leaves what stood there where somebody asked, and is asked for again when they do', async () => {
  const { write, agree, read, asked } = await desk.settle();
  await agree();
  const one = await write(LONG);
  await agree(false);
  await desk.draw(one);
  const before = (await read(one.callId)).insights;
  await agree();
  const payload = await asked(one);
  isSlow();
  expect(await desk.draw(payload, SMALL)).toBe('MODEL_UNAVAILABLE');
  expect((await read(one.callId)).insights).toEqual(before);
  server.answers(({ system }) => ({ json: system.includes('one part') ? NOTES : READING }));
  expect(await desk.draw(await asked(one), SMALL)).toBe('drawn');
  expect((await read(one.callId)).insights[0].engine).toBe('openai');
});
