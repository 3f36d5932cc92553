// Jobs that come once, and whose work nobody looks for: what passes within hours, or is set right, has none of them given up.
import { beforeEach, expect, it } from 'vitest';
import { attributeInteractionJob } from '#domains/attribution/jobs.ts';
import { fetchRecordingJob } from '#domains/calls/jobs.ts';
import { spotKeywordsJob } from '#domains/intelligence/jobs.ts';
import { fetchMediaJob } from '#domains/messages/jobs.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { pool } = town.server.platform.db;
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer');

beforeEach(() => town.sandbox.faults([]));

/** Lets the queue try again at once, without its pauses, until so many tries have failed. */
async function failing(name: string, times: number): Promise<void> {
  await town.until(`${times} tries have failed`, async () => {
    await hurry(name);
    const { rows } = await pool.query(
      "select 1 from pgboss.job where name = $1 and retry_count >= $2 and state < 'completed'",
      [name, times],
    );
    return rows[0];
  });
}

async function hurry(name: string): Promise<void> {
  await pool.query(
    `update pgboss.job set start_after = pgboss.job_now() where name = $1 and state = 'retry'`,
    [name],
  );
}

it.each([
  ['does not answer', 503],
  ['does not take the key', 401],
])('a recording is stored after a carrier that %s for hours', async (_how, status) => {
  town.sandbox.faults([{ command: 'GET /v2/recordings/:id', times: 1_000, status }]);
  const caller = town.caller();
  caller.dials(tracker, { say: [] });
  const { id } = await town.endedCall(caller.from);
  await failing(fetchRecordingJob.name, 9);
  expect((await town.call(id)).recording).toMatchObject({ state: 'FETCHING', failure: null });
  town.sandbox.faults([]);
  await hurry(fetchRecordingJob.name);
  await town.sees('CALL_RECORDING_READY', (e) => e.call.id === id);
});

it.each([
  [fetchRecordingJob, 18],
  [fetchMediaJob, 18],
  [attributeInteractionJob, 1],
  [spotKeywordsJob, 1],
])('$0.name is tried for $1 hours and more', (definition, hours) => {
  const {
    retryLimit,
    retryDelaySeconds,
    retryDelayMaxSeconds = Number.POSITIVE_INFINITY,
  } = definition;
  // the queue draws each pause between the half and the whole of what is doubled
  const least = Array.from({ length: retryLimit }, (_, n) =>
    Math.min(retryDelaySeconds * 2 ** n, retryDelayMaxSeconds),
  );
  expect(least.reduce((sum, one) => sum + one) / 3_600).toBeGreaterThan(hours);
});
