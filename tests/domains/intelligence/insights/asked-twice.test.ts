// Who asks twice to have a call read again, while the model is at it, has it read and paid for once.
import { afterAll, expect, it } from 'vitest';
import {
  drawInsightsHandler,
  drawInsightsRemotelyHandler,
} from '#domains/intelligence/insights/draw-insights.ts';
import { drawInsightsJob, drawInsightsRemotelyJob } from '#domains/intelligence/jobs.ts';
import { createExtractive } from '#platform/ai/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { countJobs } from '#tests/support/count-jobs.ts';
import { until } from '#tests/support/town.ts';
import { openAssistDesk, READING } from './assist-desk.ts';

const desk = await openAssistDesk();
const definitions = [drawInsightsJob, drawInsightsRemotelyJob];
const jobs = await openJobs({ db: desk.db, log: desk.log, definitions, graceMs: 50 });
afterAll(() => jobs.stop());

it('a call that is being read again is not read once more', async () => {
  const { server, db } = desk;
  const people = await desk.settle();
  await people.agree();
  const one = await people.write();
  server.answers({ json: READING });
  expect(await desk.draw(one)).toBe('drawn');

  server.answers('silence');
  const slice = { ...desk, jobs, insights: createExtractive(), assist: desk.open() };
  await jobs.work([drawInsightsHandler(slice), drawInsightsRemotelyHandler(slice)]);
  const ask = async (minute: number) => {
    const askedAt = new Date(Date.UTC(2026, 2, 2, 15, minute)).toISOString();
    const payload = { accountId: people.accountId, transcriptId: one.transcriptId, askedAt };
    await db.transaction((tx) => jobs.enqueue(tx, drawInsightsJob, payload));
    await until('it is sent on', async () => {
      const { waiting, running } = await countJobs(db.pool, drawInsightsJob.name);
      return waiting + running === 0;
    });
  };
  await ask(1);
  await until('the model is asked', () => server.asked.length === 1);
  await ask(2);
  const remote = () => countJobs(db.pool, drawInsightsRemotelyJob.name);
  expect(await remote()).toMatchObject({ waiting: 0, running: 1 });

  // somebody corrects its words meanwhile: what runs has read the old ones
  await db.prisma.transcript.updateMany({
    where: { accountId: people.accountId, id: one.transcriptId },
    data: { edits: 1, version: { increment: 1 } },
  });
  await ask(3);
  await ask(4);
  const { waiting, running } = await remote();
  expect(waiting + running).toBe(2);
});
