// The worker of the reports: follows the log, and has counted what was there before.
import { type Reactions, runReactions } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { countAllJob } from './jobs.ts';
import { countReports } from './reactions.ts';

/** Starts it. Any number of processes may run it beside each other. */
export async function runCounting(
  platform: Pick<Platform, 'db' | 'log' | 'jobs' | 'clock'>,
): Promise<Reactions> {
  const { db, jobs } = platform;
  const counting = await runReactions({ ...platform, reactions: [countReports(platform)] });
  // only now: what changes while that runs is told by the log
  await db.transaction((tx) => jobs.enqueue(tx, countAllJob, {}, { singletonKey: 'start' }));
  return counting;
}
