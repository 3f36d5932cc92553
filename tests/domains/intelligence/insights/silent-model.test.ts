// A model that does not answer keeps nobody waiting but those whose calls it reads.
import { afterAll, expect, it } from 'vitest';
import {
  drawInsightsHandler,
  drawInsightsRemotelyHandler,
} from '#domains/intelligence/insights/draw-insights.ts';
import { drawInsightsJob, drawInsightsRemotelyJob } from '#domains/intelligence/jobs.ts';
import { createExtractive } from '#platform/ai/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { until } from '#tests/support/town.ts';
import { openAssistDesk } from './assist-desk.ts';

const desk = await openAssistDesk();
const definitions = [drawInsightsJob, drawInsightsRemotelyJob];
const jobs = await openJobs({ db: desk.db, log: desk.log, definitions, graceMs: 50 });
afterAll(() => jobs.stop());

it('the calls of another company are read by the rules meanwhile', async () => {
  const { server, db } = desk;
  server.answers('silence');
  const [agreeing, other] = [await desk.settle(), await desk.settle()];
  await agreeing.agree();
  const slice = { ...desk, jobs, insights: createExtractive(), assist: desk.open() };
  await jobs.work([drawInsightsHandler(slice), drawInsightsRemotelyHandler(slice)]);
  const drawn = async (people: typeof other) => {
    const { callId, transcriptId } = await people.write();
    const { accountId } = people;
    await db.transaction((tx) => jobs.enqueue(tx, drawInsightsJob, { accountId, transcriptId }));
    return callId;
  };
  const waiting = await drawn(agreeing);
  await drawn(agreeing);
  await until('two are asked about at once', () => server.asked.length === 2);

  const callId = await drawn(other);

  await until('it is read', async () => (await other.read(callId)).insights.length > 0);
  const { insights } = await other.read(callId);
  expect(insights[0].engine).toBe('extractive');
  expect(server.asked).toHaveLength(2);
  expect((await agreeing.read(waiting)).insights).toEqual([]);
});
