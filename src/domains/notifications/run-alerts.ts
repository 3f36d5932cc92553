// The worker of the alerts: follows the log and has them raised.
import { type Reactions, runReactions } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { raiseAlerts, tellFiredRules } from './reactions.ts';

/** Starts it. Any number of processes may run it beside each other. */
export function runAlerts(platform: Pick<Platform, 'db' | 'log' | 'jobs'>): Promise<Reactions> {
  return runReactions({
    ...platform,
    reactions: [raiseAlerts(platform), tellFiredRules(platform)],
  });
}
