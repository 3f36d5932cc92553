// The door to the jobs: define one, enqueue it inside a transaction, work it in a worker, let it come again by the clock.
export {
  type AnyJobDefinition,
  type AnyJobHandler,
  defineJob,
  type JobDefinition,
  type JobHandler,
  type JobTry,
  NotYet,
} from './definitions.ts';
export { type Jobs, openJobs } from './open-jobs.ts';
export { workOff } from './work-off.ts';
