// The job of a reading is given up late, or twice: what is settled by then stays, and only what is not is told as failed.
import { beforeEach, expect, it } from 'vitest';
import { createExtractive, type InsightProvider } from '#platform/ai/index.ts';
import { openAskAgainDesk } from './ask-again-desk.ts';
import { READING } from './assist-desk.ts';

const desk = await openAskAgainDesk();
const { server } = desk;
const BROKEN: InsightProvider = {
  ...createExtractive(),
  write: () => Promise.reject(new Error('The rules are broken.')),
};

let people: Awaited<ReturnType<typeof desk.settle>>;
let one: Awaited<ReturnType<typeof people.write>>;
beforeEach(async () => {
  people = await desk.settle();
  one = await people.write();
  await people.agree();
});
const told = async () =>
  (await people.told(`call:${one.callId}`)).map(({ type, payload }) => [
    type,
    (payload as { reason?: string }).reason ?? null,
  ]);
const READY = ['insight.ready', null];

it('a try that was killed after the model had read it has failed in nothing', async () => {
  server.answers({ json: READING });
  await desk.draw(one);
  expect(await desk.giveUpDrawing(one, desk.open())).toBe('already-done');
  expect(await told()).toEqual([READY]);
});

it('one that was killed before the rules read what the model had not is gone on with by them', async () => {
  server.answers({ status: 401 });
  await expect(desk.drawWith(one, BROKEN)).rejects.toThrow('The rules are broken.');
  expect(await told()).toEqual([['insight.failed', 'MODEL_REFUSED']]);
  expect(await desk.giveUpDrawing(one, desk.open())).toBe('drawn');
  expect(await told()).toEqual([['insight.failed', 'MODEL_REFUSED'], READY]);
});

it('where the rules fail too, that is told, once', async () => {
  server.answers({ status: 401 });
  await expect(desk.drawWith(one, BROKEN)).rejects.toThrow('The rules are broken.');
  expect(await desk.giveUpDrawing(one, desk.open(), BROKEN)).toBe('INTERNAL_ERROR');
  expect(await desk.giveUpDrawing(one, desk.open(), BROKEN)).toBe('already-done');
  expect(await told()).toEqual([
    ['insight.failed', 'MODEL_REFUSED'],
    ['insight.failed', 'INTERNAL_ERROR'],
  ]);
});

it('one that somebody asked for, given up twice, is told once, and what stood there stays', async () => {
  server.answers({ json: READING });
  await desk.draw(one);
  const payload = await people.asked(one);
  expect(await desk.giveUpDrawing(payload, desk.open())).toBe('MODEL_UNAVAILABLE');
  expect(await desk.giveUpDrawing(payload, desk.open())).toBe('MODEL_UNAVAILABLE');
  expect(await told()).toEqual([READY, ['insight.failed', 'MODEL_UNAVAILABLE']]);
  expect((await people.read(one.callId)).insights[0].engine).toBe('openai');
});
