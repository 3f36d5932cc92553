// Follows the log for moments, and has rules judged at them.
import { type Reactions, runReactions } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { judgeMoments } from './reactions.ts';

/** Starts it. Any number of processes may run it beside each other. */
export function runAutomation(platform: Pick<Platform, 'db' | 'log' | 'jobs'>): Promise<Reactions> {
  return runReactions({ ...platform, reactions: [judgeMoments(platform)] });
}
