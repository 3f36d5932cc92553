// A call that people work on while it is read again: what they made of it stands, unless whoever asked said that it may go.
import { beforeEach, expect, it } from 'vitest';
import { openAskAgainDesk } from './ask-again-desk.ts';
import { READING } from './assist-desk.ts';

const desk = await openAskAgainDesk();
const { server } = desk;

let people: Awaited<ReturnType<typeof desk.settle>>;
let one: Awaited<ReturnType<typeof people.write>>;
beforeEach(async () => {
  people = await desk.settle();
  one = await people.write();
  await people.agree();
  server.answers({ json: READING });
  await desk.draw(one);
});
const draft = async () =>
  (await people.read(one.callId)).insights.find(
    ({ kind }: { kind: string }) => kind === 'FOLLOW_UP_EMAIL',
  );
/** The model answers once somebody has typed a better mail. */
const typesMeanwhile = async () => {
  const { id: insightId } = await draft();
  server.answers(async () => {
    await people.review({ insightId, text: 'We come whenever you like.' });
    return { json: READING };
  });
};

it('words typed while the model reads stand, which is told, and go with replaceReviewed alone', async () => {
  const payload = await people.asked(one);
  await typesMeanwhile();
  expect(await desk.draw(payload)).toBe('REVIEWED_MEANWHILE');
  expect(await desk.draw(payload)).toBe('REVIEWED_MEANWHILE');
  expect(server.asked).toHaveLength(1);
  expect((await draft()).text).toBe('We come whenever you like.');
  expect((await people.told(`call:${one.callId}`)).at(-1)).toMatchObject({
    type: 'insight.failed',
    payload: { engine: 'openai', reason: 'REVIEWED_MEANWHILE' },
  });
  expect((await people.costs()).map(({ state }) => state)).toEqual(['DONE', 'DONE']);

  expect((await people.ask(one)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  const replacing = await people.asked(one, { replaceReviewed: true });
  await typesMeanwhile();
  expect(await desk.draw(replacing)).toBe('drawn');
  expect((await draft()).text).toContain('We will come tomorrow morning.');
});

it('a job that was asked for before people were asked that keeps what they typed, too', async () => {
  const { replaceReviewed: _absent, ...old } = await people.asked(one);
  await typesMeanwhile();
  expect(await desk.draw(old)).toBe('REVIEWED_MEANWHILE');
  expect((await draft()).text).toBe('We come whenever you like.');
});

it('what is worked on while it waits for the rules of this server stands, too', async () => {
  await people.agree(false);
  const payload = await people.asked(one);
  const { insights } = await people.read(one.callId);
  await people.review({ insightId: insights[0].id, rating: 'HELPFUL' });
  expect(await desk.draw(payload)).toBe('REVIEWED_MEANWHILE');
  expect((await people.read(one.callId)).insights[0].rating).toBe('HELPFUL');
  expect(await desk.draw(await people.asked(one, { replaceReviewed: true }))).toBe('drawn');
  expect((await people.read(one.callId)).insights[0].engine).toBe('extractive');
});
