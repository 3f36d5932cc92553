// A call that is read again because somebody asks: by whoever would read it now, once for each time that they asked, and
// what stood there stays known.
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAskAgainDesk } from './ask-again-desk.ts';
import { READING } from './assist-desk.ts';

const desk = await openAskAgainDesk();
const { server } = desk;

let people: Awaited<ReturnType<typeof desk.settle>>;
beforeEach(async () => {
  people = await desk.settle();
  server.answers({ json: READING });
});
const enginesOf = async (callId: string): Promise<string[]> => {
  const { insights } = await people.read(callId);
  return [...new Set<string>(insights.map(({ engine }: { engine: string }) => engine))];
};

describe('a call that somebody asks to have read again', () => {
  it('is read by the model once its key is right, though the same reading had failed', async () => {
    const { write, agree, asked, told, costs } = people;
    await agree();
    const one = await write();
    server.answers({ status: 401 });
    await desk.draw(one);
    expect(await enginesOf(one.callId)).toEqual(['extractive']);
    server.answers({ json: READING });
    expect(await desk.draw(one)).toBe('already-done');
    const payload = await asked(one);
    expect(await desk.draw(payload)).toBe('drawn');
    expect(await enginesOf(one.callId)).toEqual(['openai']);
    expect((await told(`call:${one.callId}`)).at(-1)).toMatchObject({
      type: 'insight.ready',
      payload: { engine: 'openai', insights: 7 },
    });
    expect((await costs()).map(({ state }) => state)).toEqual(['FAILED', 'DONE']);
  });

  it('from before its company agreed is read by the model then, and before by the rules', async () => {
    const { write, agree, asked } = people;
    const old = await write();
    await desk.draw(old);
    const payload = await asked(old);
    expect(await desk.draw(payload)).toBe('drawn');
    expect(server.asked).toEqual([]);
    await agree();
    expect(await desk.draw(await asked(old))).toBe('drawn');
    expect(server.asked).toHaveLength(1);
    expect(await enginesOf(old.callId)).toEqual(['openai']);
  });

  it('is read once for each time that they asked, however often its job comes', async () => {
    const { write, agree, asked, keys } = people;
    await agree();
    const one = await write();
    await desk.draw(one);
    const [first, second] = [await asked(one), await asked(one)];
    // while one waits or runs, the queue takes no other of this key
    expect(keys).toEqual(Array(2).fill(`asked:${one.transcriptId}:0:0`));
    expect(await desk.draw(first)).toBe('drawn');
    expect(await desk.draw(first)).toBe('already-done');
    expect(server.asked).toHaveLength(2);
    expect(await desk.draw(second)).toBe('drawn');
    expect(server.asked).toHaveLength(3);
    // nothing that comes by itself is begun by that
    expect(await desk.draw(one)).toBe('already-done');
  });

  it('that was being read when they asked is not read twice', async () => {
    const { write, agree, asked } = people;
    await agree();
    const one = await write();
    const payload = await asked(one);
    expect(await desk.draw(one)).toBe('drawn');
    expect(await desk.draw(payload)).toBe('already-done');
    expect(server.asked).toHaveLength(1);
  });

  it('keeps what stood there where the model fails, and says why', async () => {
    const { write, agree, asked, read, last } = { ...people, last: lastOf };
    await agree();
    const one = await write();
    await desk.draw(one);
    const before = (await read(one.callId)).insights;
    server.answers({ status: 401 });
    const payload = await asked(one);
    expect(await desk.draw(payload)).toBe('MODEL_REFUSED');
    expect(await desk.draw(payload)).toBe('MODEL_REFUSED');
    expect((await read(one.callId)).insights).toEqual(before);
    expect(await last(one)).toMatchObject({
      type: 'insight.failed',
      payload: { engine: 'openai', reason: 'MODEL_REFUSED' },
    });
    server.answers({ status: 500 });
    expect(await desk.giveUpDrawing(await asked(one), desk.open())).toBe('MODEL_UNAVAILABLE');
    expect((await read(one.callId)).insights).toEqual(before);
  });

  it('shows others in place of what was drawn before, by the score that somebody corrected', async () => {
    const { write, agree, asked, read, review, run } = people;
    await agree();
    const one = await write();
    await desk.draw(one);
    const score = (await read(one.callId)).insights.find(
      ({ kind }: { kind: string }) => kind === 'LEAD_SCORE',
    );
    await review({ insightId: score.id, leadScore: 'POOR' });
    const { userErrors } = await people.ask(one);
    expect(userErrors).toMatchObject([{ code: 'WRONG_STATE', field: ['replaceReviewed'] }]);
    expect(userErrors[0].message).toContain('1 of its insights');
    expect(await desk.draw(await asked(one, { replaceReviewed: true }))).toBe('drawn');
    const { insights } = await read(one.callId);
    const fresh = insights.find(({ kind }: { kind: string }) => kind === 'LEAD_SCORE');
    expect(fresh.id).not.toBe(score.id);
    expect(fresh).toMatchObject({ leadScore: 'POOR' });
    const stands = await run(
      'query($id: ID!) { node(id: $id) { ... on Insight { leadScore drawnLeadScore } } }',
      { id: score.id },
    );
    expect(stands.data.node).toEqual({ leadScore: 'POOR', drawnLeadScore: 'VERY_GOOD' });
    // which is still the word of whoever corrected it
    expect((await people.ask(one)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  it('keeps what people put to tasks that say the same', async () => {
    const { write, agree, asked, ask, run } = people;
    await agree();
    const one = await write();
    await desk.draw(one);
    const TASKS =
      'query($id: ID!) { node(id: $id) { ... on Call { insights { tasks { id text doneAt } } } } }';
    const tasks = async () => {
      const { data } = await run(TASKS, { id: encodeGlobalId('Call', one.callId) });
      return data.node.insights.flatMap((insight: { tasks: object[] }) => insight.tasks ?? []);
    };
    const [task] = await tasks();
    await run(
      'mutation($input: UpdateActionTaskInput!) { updateActionTask(input: $input) { userErrors { code } } }',
      { input: { actionTaskId: task.id, done: true } },
    );
    expect((await ask(one)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    expect(await desk.draw(await asked(one, { replaceReviewed: true }))).toBe('drawn');
    const [again] = await tasks();
    expect(again).toMatchObject({ text: task.text, doneAt: expect.any(String) });
    expect(again.id).not.toBe(task.id);
  });
});

const lastOf = async ({ callId }: { callId: string }) =>
  (await people.told(`call:${callId}`)).at(-1);
