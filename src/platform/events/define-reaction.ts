// The words of those who follow the log: which event starts which job, and of which something is made with the cursor's move.
import type { Tx } from '#platform/db/index.ts';
import type { AnyJobDefinition, JobDefinition, Jobs } from '#platform/jobs/index.ts';
import type { EventType } from '#values/event-types.ts';
import type { StoredEvent } from './events.ts';

interface Follower {
  /** names its cursor in the database, so it must never change */
  name: string;
  on: readonly EventType[];
  startAt: 'now' | 'beginning';
}

/** One rule: these events start this job. */
export interface Reaction extends Follower {
  job: AnyJobDefinition;
  payload(event: StoredEvent): unknown;
  gathers?(event: StoredEvent): string | null;
}

/** One rule: of these events rows or jobs are made, in the transaction that moves the cursor. */
export interface Mirror extends Follower {
  write(tx: Tx, events: readonly StoredEvent[]): Promise<void>;
}

/**
 * Defines a reaction.
 * @param rule.name `<domain>.<what it does>`; it names the cursor, so it must never change
 * @param rule.payload the job's payload, or null when this event needs none; pure, from the event alone
 * @param rule.gathers names what this event is one of many changes of: the job waits for some minutes and is one for all that
 *   come meanwhile; null: the job is begun at once, as where it is absent
 * @param rule.startAt where a reaction begins that has never run: now (default) or at the beginning of the log
 */
export function defineReaction<T>(rule: {
  name: string;
  on: readonly EventType[];
  job: JobDefinition<T>;
  payload(event: StoredEvent): T | null;
  gathers?(event: StoredEvent): string | null;
  startAt?: 'now' | 'beginning';
}): Reaction {
  return { startAt: 'now', ...rule };
}

/**
 * Defines a mirror. Run it apart from the reactions: while its `write` throws, what runs beside it stands still too.
 * @param rule.name `<domain>.<what it does>`; it names the cursor, so it must never change
 * @param rule.write at most 200 events in the order of the log; it must end well within the transaction's 5 s, else it is tried
 *   with half as many, and so on down to one
 * @param rule.startAt where a mirror begins that has never run
 */
export function defineMirror(rule: Mirror): Mirror {
  return rule;
}

/**
 * Checks a list of reactions before they run.
 * @throws when two share a name (they would share a cursor), or one starts a job that `jobs` does not know.
 */
export function checkReactions(
  reactions: readonly (Reaction | Mirror)[],
  jobs: Pick<Jobs, 'definitions'>,
): void {
  const names = new Set<string>();
  for (const reaction of reactions) {
    const { name } = reaction;
    if (names.has(name)) {
      throw new Error(`Two reactions are named ${name}; give each its own name.`);
    }
    names.add(name);
    if ('job' in reaction && !jobs.definitions.has(reaction.job.name)) {
      throw new Error(
        `The reaction ${name} starts the unknown job ${reaction.job.name}: add its definition to openJobs.`,
      );
    }
  }
}
