// The words of the reactions: which event starts which job.
import type { AnyJobDefinition, JobDefinition, Jobs } from '#platform/jobs/index.ts';
import type { EventType } from '#values/event-types.ts';
import type { StoredEvent } from './events.ts';

/** One rule: these events start this job. */
export interface Reaction {
  /** names its cursor in the database, so it must never change */
  name: string;
  on: readonly EventType[];
  job: AnyJobDefinition;
  payload(event: StoredEvent): unknown;
  startAt: 'now' | 'beginning';
}

/**
 * Defines a reaction.
 * @param rule.name `<domain>.<what it does>`; it names the cursor, so it must never change
 * @param rule.payload the job's payload, or null when this event needs none; pure, from the event alone
 * @param rule.startAt where a reaction begins that has never run: now (default) or at the beginning of the log
 */
export function defineReaction<T>(rule: {
  name: string;
  on: readonly EventType[];
  job: JobDefinition<T>;
  payload(event: StoredEvent): T | null;
  startAt?: 'now' | 'beginning';
}): Reaction {
  return { startAt: 'now', ...rule };
}

/**
 * Checks a list of reactions before they run.
 * @throws when two share a name (they would share a cursor), or one starts a job that `jobs` does not know.
 */
export function checkReactions(
  reactions: readonly Reaction[],
  jobs: Pick<Jobs, 'definitions'>,
): void {
  const names = new Set<string>();
  for (const { name, job } of reactions) {
    if (names.has(name)) {
      throw new Error(`Two reactions are named ${name}; give each its own name.`);
    }
    names.add(name);
    if (!jobs.definitions.has(job.name)) {
      throw new Error(
        `The reaction ${name} starts the unknown job ${job.name}: add its definition to openJobs.`,
      );
    }
  }
}
