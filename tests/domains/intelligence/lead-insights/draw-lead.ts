// One run of the job that reads a lead's history, and of the one that it sends on.
import { expect } from 'vitest';
import type { LeadDrawing } from '#domains/intelligence/jobs.ts';
import {
  drawLeadInsightsHandler,
  drawLeadInsightsRemotelyHandler,
} from '#domains/intelligence/lead-insights/draw-lead-insights.ts';
import { type Assist, createExtractive, type InsightProvider } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';

/** Runs it; the outcome of the one that read it. */
export async function drawLead(
  desk: Pick<Platform, 'db' | 'events' | 'clock' | 'log' | 'secrets'>,
  payload: LeadDrawing,
  assist: Assist | null,
  insights: InsightProvider = createExtractive(),
): Promise<string> {
  const sentOn: LeadDrawing[] = [];
  const jobs = {
    enqueue: async (_tx: unknown, _job: unknown, one: LeadDrawing) => sentOn.push(one),
  };
  const slice = { ...desk, insights, assist, jobs: jobs as never };
  const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
  const outcome = await drawLeadInsightsHandler(slice).run(payload, job);
  const [remote] = sentOn;
  expect(outcome === 'sent on').toBe(remote !== undefined);
  return remote ? drawLeadInsightsRemotelyHandler(slice).run(remote, job) : outcome;
}
