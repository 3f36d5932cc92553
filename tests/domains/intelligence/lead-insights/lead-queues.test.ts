// Whose leads are read while a model does not answer: those of companies without one, and a few of each account.
import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { drawLeadInsightsJob, drawLeadInsightsRemotelyJob } from '#domains/intelligence/jobs.ts';
import {
  drawLeadInsightsHandler,
  drawLeadInsightsRemotelyHandler,
} from '#domains/intelligence/lead-insights/draw-lead-insights.ts';
import { createExtractive } from '#platform/ai/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { countJobs } from '#tests/support/count-jobs.ts';
import { until } from '#tests/support/town.ts';
import { LINES } from '../insights/insight-desk.ts';
import { openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const definitions = [drawLeadInsightsJob, drawLeadInsightsRemotelyJob];
const jobs = await openJobs({ db: desk.db, log: desk.log, definitions, graceMs: 50 });
afterAll(() => jobs.stop());

it('one account that waits for the model keeps no other waiting, and the rules wait for nobody', async () => {
  const { server, db } = desk;
  server.answers('silence');
  const [busy, other, plain] = [
    await desk.settleLead(),
    await desk.settleLead(),
    await desk.settleLead(),
  ];
  const slice = { ...desk, jobs, insights: createExtractive(), assist: desk.open() };
  await jobs.work([drawLeadInsightsHandler(slice), drawLeadInsightsRemotelyHandler(slice)]);
  const wishes = (accountId: string, leadId: string, askedAt?: string) =>
    db.transaction((tx) =>
      jobs.enqueue(tx, drawLeadInsightsJob, { accountId, leadId, ...(askedAt && { askedAt }) }),
    );
  const remote = async () => {
    const { waiting, running } = await countJobs(db.pool, drawLeadInsightsRemotelyJob.name);
    return [running, waiting];
  };
  for (let n = 0; n < 5; n += 1) {
    const { accountId, companyId } = busy;
    const leadId = randomUUID();
    const createdAt = desk.clock.now(accountId);
    await db.prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
    const { callId } = await busy.write();
    await db.prisma.interaction.updateMany({ where: { id: callId }, data: { leadId } });
    await wishes(accountId, leadId);
    // while it is read, or waits for that, it is not read twice
    if (n > 0) continue;
    await until('the model is asked', () => server.asked.length === 1);
    await wishes(accountId, leadId, '2026-03-02T15:00:00.000Z');
  }
  await until(
    'three of an account are asked about, two wait',
    async () => String(await remote()) === '3,2',
  );

  await other.calls([...LINES, 'C: My other roof is leaking, please call me.']);
  await wishes(other.accountId, other.leadId);
  await until('the other one is asked about', () =>
    server.asked.some(({ data }) => data.includes('My other roof')),
  );

  await plain.agree(false);
  await plain.calls();
  await wishes(plain.accountId, plain.leadId);
  await until('it is read', async () => (await plain.shown()).SUMMARY !== undefined);
  expect((await plain.shown()).SUMMARY).toMatchObject({ engine: 'extractive' });
  expect(server.asked).toHaveLength(4);
  expect(await remote()).toEqual([4, 2]);
});
