// What another reading took the place of is shown no more, so nothing is written to it: whoever still has it open is told.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAskAgainDesk } from './ask-again-desk.ts';
import { READING } from './assist-desk.ts';

const desk = await openAskAgainDesk();
const REPLACED = (field: string) => [{ code: 'WRONG_STATE', field: [field] }];
const mutation = (name: string, input: string) =>
  `mutation($input: ${input}!) { ${name}(input: $input) { userErrors { code field } } }`;
const UPDATE = mutation('updateInsight', 'UpdateInsightInput');
const GO_ON = mutation('updateActionTask', 'UpdateActionTaskInput');
const APPROVE = mutation('approveFollowUpEmail', 'ApproveFollowUpEmailInput');
const RELEASE = mutation('releaseFollowUpEmail', 'ReleaseFollowUpEmailInput');
const TASKS = 'query($id: ID!) { node(id: $id) { ... on Call { insights { tasks { id } } } } }';

it('an insight, a task and a draft that were drawn before the last reading take nothing more', async () => {
  const people = await desk.settle();
  const { viewer, run } = people;
  const person: Viewer = { ...viewer, actor: { kind: 'user', id: randomUUID() } as never };
  const write = async (source: string, input: object) =>
    Object.values((await run(source, { input }, person)).data as object)[0].userErrors;
  await people.agree();
  desk.server.answers({ json: READING });
  const one = await people.write();
  await desk.draw(one);
  const openTask = async () => {
    const { data } = await run(TASKS, { id: encodeGlobalId('Call', one.callId) });
    return data.node.insights.flatMap(({ tasks }: { tasks: object[] }) => tasks)[0];
  };
  const before = (await people.read(one.callId)).insights;
  const task = await openTask();
  const draft = before.find(({ kind }: { kind: string }) => kind === 'FOLLOW_UP_EMAIL').id;
  await write(APPROVE, { insightId: draft, expectedVersion: 1 });
  // which somebody else wants: whoever has the draft open does not know of it
  const asked = await people.asked(one, { replaceReviewed: true });
  expect(await desk.draw(asked)).toBe('drawn');
  const after = (await people.read(one.callId)).insights;
  const seen = (await people.told(`call:${one.callId}`)).length;

  const [summary] = before;
  expect(
    await write(UPDATE, { insightId: summary.id, rating: 'HELPFUL', expectedVersion: 1 }),
  ).toEqual(REPLACED('insightId'));
  expect(await write(UPDATE, { insightId: draft, text: 'Hello.' })).toEqual(REPLACED('insightId'));
  expect(await write(GO_ON, { actionTaskId: task.id, done: true })).toEqual(
    REPLACED('actionTaskId'),
  );
  expect(await write(APPROVE, { insightId: draft, expectedVersion: 2 })).toEqual(
    REPLACED('insightId'),
  );
  expect(await write(RELEASE, { insightId: draft })).toEqual(REPLACED('insightId'));
  // nothing changed, and nobody was told that it had
  expect((await people.read(one.callId)).insights).toEqual(after);
  expect(await people.told(`call:${one.callId}`)).toHaveLength(seen);

  // those drawn since take it
  const fresh = await openTask();
  expect(fresh.id).not.toBe(task.id);
  expect(await write(GO_ON, { actionTaskId: fresh.id, done: true })).toEqual([]);
  expect(await write(UPDATE, { insightId: after[0].id, rating: 'HELPFUL' })).toEqual([]);
});
