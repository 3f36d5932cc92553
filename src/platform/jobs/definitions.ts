// The words of the jobs: what is to be done (a definition) and who does it (a handler).
import type { z } from 'zod';

/** One kind of job: its name, the shape of its payload (ids only) and how it is tried again. */
export interface JobDefinition<T> {
  /** `<domain>.<verb>`: calls.fetch-recording */
  name: string;
  payload: z.ZodType<T>;
  /** tries after the first one */
  retryLimit: number;
  /** before the second try; doubled from try to try with retryBackoff */
  retryDelaySeconds: number;
  retryBackoff?: boolean;
  /** with retryBackoff: no pause grows longer */
  retryDelayMaxSeconds?: number;
  /** a try that takes longer has failed, and its signal aborts */
  expireInSeconds: number;
  /**
   * Accounts take turns: the first job that one has waiting stands beside the first of every other, its second one behind those.
   * For queues that an account may fill for hours. Absent: the order in which they were added.
   */
  inTurn?: boolean;
  /** whether one goes before all that wait; absent = none does */
  goesFirst?(payload: T): boolean;
}

/** Thrown by a handler whose thing is not there yet: an ordinary wait, which is tried again and is no fault to tell of. */
export class NotYet extends Error {
  constructor(waitingFor: string) {
    super(`Not yet: ${waitingFor}.`);
    this.name = 'NotYet';
  }
}

/** One try of a job. */
export interface JobTry {
  id: string;
  /** 1 for the first */
  attempt: number;
  /** aborts when the time is up or the worker stops: end soon, by throwing */
  signal: AbortSignal;
}

/** Does the jobs of one definition. */
export interface JobHandler<T> {
  definition: JobDefinition<T>;
  /** jobs of this kind at once in this process; 1 when absent */
  concurrency?: number;
  /**
   * Of an account one at a time, whatever it has waiting: for jobs that take long, so that others need not wait for the end
   * of its queue. The account is the payload's `accountId`.
   */
  onePerAccount?: boolean;
  /** Of an account at most so many at once, in all processes together: fewer than `concurrency`, so that one is left to others. */
  mostPerAccount?: number;
  /** Reads the state, does what is not done yet, and names the outcome: `fetched`, `already fetched`, `call gone`. */
  run(payload: T, job: JobTry): Promise<string>;
  /**
   * Writes down that what was wanted will not come, and names the outcome. Called when the last try has failed, with
   * what it threw, or with null when the process of that try died. It may come late and twice: what is settled stays.
   */
  giveUp?(payload: T, error: unknown): Promise<string>;
}

/** A definition or handler of any payload, for lists that hold many kinds. */
// biome-ignore lint/suspicious/noExplicitAny: lists hold jobs of many kinds; each payload is checked by its own zod shape
export type AnyJobDefinition = JobDefinition<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyJobHandler = JobHandler<any>;

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Defines a job. Throws when its name is not `<domain>.<verb>` in kebab-case. */
export function defineJob<T>(definition: JobDefinition<T>): JobDefinition<T> {
  if (!NAME.test(definition.name)) {
    throw new Error(`A job is named ${definition.name}; name it <domain>.<verb> in kebab-case.`);
  }
  return definition;
}
