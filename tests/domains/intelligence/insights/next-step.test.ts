// Why no insights came is told with what can be done about it, for every reason that the schema names.
import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { nextStepAfter } from '#domains/intelligence/insights/next-step.ts';
import { schema } from '#schema';
import { openAssistDesk, READING } from './assist-desk.ts';

const desk = await openAssistDesk();
const EVENTS = `{ events(first: 50, filter: { types: [INSIGHT_READY, INSIGHT_FAILED] }) {
  nodes { ... on InsightEvent { type reason nextStep } } } }`;

it('who is told of a model that does not take its key is told what to check, and how to ask again', async () => {
  const { run, agree, write } = await desk.settle();
  await agree();
  desk.server.answers({ status: 401 });
  await desk.draw(await write());
  desk.server.answers({ json: READING });
  await desk.draw(await write());
  const { data } = await run(EVENTS, {});
  expect(data.events.nodes).toEqual([
    {
      ...{ type: 'INSIGHT_FAILED', reason: 'MODEL_REFUSED' },
      nextStep: expect.stringMatching(/AI_API_KEY.*drawCallInsights/),
    },
    { type: 'INSIGHT_READY', reason: null, nextStep: null },
    { type: 'INSIGHT_READY', reason: null, nextStep: null },
  ]);
});

it('there is a step for every reason, and none for what nobody knows', () => {
  const type = schema.getType('InsightEvent');
  const told = isObjectType(type) ? type.getFields().reason?.description : '';
  const reasons = (told ?? '')
    .match(/[A-Z]+(_[A-Z]+)+/g)
    ?.filter((one) => one !== 'INSIGHT_FAILED');
  expect(reasons).toHaveLength(10);
  for (const reason of reasons ?? []) expect(nextStepAfter(reason), reason).toBeTruthy();
  expect(nextStepAfter('SOMETHING_ELSE')).toBeNull();
});
