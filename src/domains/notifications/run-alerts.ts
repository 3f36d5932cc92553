// The worker of the alerts: follows the log and has them raised.
import { type Reactions, runReactions } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { raiseAlerts, tellFiredRules } from './reactions.ts';

/** Starts it. Any number of processes may run it beside each other. */
export async function runAlerts(
  platform: Pick<Platform, 'db' | 'log' | 'jobs'>,
): Promise<Reactions> {
  // each in rounds of its own: one that cannot write does not hold the other
  const running = await Promise.all(
    [raiseAlerts(platform), tellFiredRules(platform)].map((one) =>
      runReactions({ ...platform, reactions: [one] }),
    ),
  );
  return {
    async stop() {
      await Promise.all(running.map((one) => one.stop()));
    },
    async drained() {
      await Promise.all(running.map((one) => one.drained()));
    },
  };
}
