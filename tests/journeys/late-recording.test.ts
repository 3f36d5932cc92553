// A call that is erased before the carrier tells that it has saved the recording: nothing here knows of the recording
// then, so what deletes it at the carrier is the carrier's own late word.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeLateRecordingJob } from '#domains/calls/index.ts';
import { newId } from '#platform/ids/index.ts';
import { loadKeys } from '#sandbox/webhooks/keys.ts';
import { findTraces, spellingsOf } from '#tests/support/find-traces.ts';
import { openTown, SANDBOX_KEY } from '#tests/support/town.ts';

const SPEED = 20;
const town = await openTown({ speed: SPEED });
const { sandbox, accountId } = town;
const { db, config } = town.server.platform;
const from = '+12065550143';
const ERASE = `mutation($input: EraseCallInput!) { eraseCall(input: $input) {
  erasure { id erased { recordings } } userErrors { code field message } } }`;

/** The ids of the recordings that the carrier has of a session. */
async function atCarrier(sessionId: string): Promise<string[]> {
  const path = `/v2/recordings?filter[call_session_id]=${sessionId}`;
  const headers = { authorization: `Bearer ${SANDBOX_KEY}` };
  const answer = await fetch(sandbox.url + path, { headers });
  const { data } = (await answer.json()) as { data: { id: string }[] };
  return data.map(({ id }) => id);
}

const jobs = async () =>
  (
    await db.pool.query<{ data: object; outcome: string }>(
      `select data, output->>'outcome' as outcome from pgboss.job where name = $1 and state = 'completed'`,
      [removeLateRecordingJob.name],
    )
  ).rows;

it('is deleted at the carrier as soon as it is told, however often', async () => {
  const tracker = await town.tracker({ recording: true });
  town.business(tracker).is('answer', { say: 'garage-door' });
  const leg = town.caller(from).dials(tracker, { say: 'garage-door' });
  await town.until('the call is recorded', () =>
    sandbox
      .calls()
      .legs.find((one) => one.callControlId === leg.callControlId && one.recording && one.peer),
  );
  sandbox.hangUp(leg.callControlId);
  // the carrier needs a second to save what it has recorded; that second lasts until the call is erased
  sandbox.clock.setSpeed(0.001);
  const { call } = await town.sees('CALL_ENDED', (e) => e.call.from === from);
  const { eraseCall } = await town.ask(ERASE, { input: { callId: call.id } });
  await town.sees('ERASURE_COMPLETED');
  expect(await atCarrier(leg.sessionId)).toEqual([]);
  expect(await jobs()).toEqual([]);

  sandbox.clock.setSpeed(SPEED);
  const told = await town.until('the carrier has told of it', () =>
    sandbox
      .deliveries()
      .find((one) => one.webhook.event_type === 'call.recording.saved' && one.attempts[0]),
  );
  await town.until(
    'it is gone at the carrier',
    async () => (await atCarrier(leg.sessionId)).length === 0,
  );
  const removed = { data: { accountId, session: leg.sessionId }, outcome: 'removed' };
  await town.until('the job is done', async () => (await jobs()).length === 1);
  expect(await jobs()).toEqual([removed]);

  // once more, in another webhook that does not say which: what is gone already is no failure
  const { recording_id: _, ...payload } = told.webhook.payload as Record<string, unknown>;
  const again = { ...told.webhook, id: newId(), payload };
  const body = JSON.stringify({ data: again, meta: { attempt: 2 } });
  const keys = loadKeys(join(config.DATA_DIR, 'carrier'));
  const headers = keys.signWebhook(body, Math.floor(Date.now() / 1_000));
  const { status } = await fetch(told.attempts[0]?.url ?? '', { method: 'POST', headers, body });
  expect(status).toBe(200);
  await town.until('the job is done again', async () => (await jobs()).length === 2);
  expect(await jobs()).toEqual([removed, removed]);

  // and nothing of the call came back with it
  const where = { folder: config.DATA_DIR, except: ['carrier'] };
  expect(await findTraces(db, where, spellingsOf(from))).toEqual([]);
  const { calls, erasures } = await town.ask(
    '{ calls { totalCount } erasures { nodes { id state } } }',
  );
  expect(calls.totalCount).toBe(0);
  expect(erasures.nodes).toEqual([{ id: eraseCall.erasure.id, state: 'COMPLETED' }]);
  expect(await db.prisma.recording.count()).toBe(0);
}, 60_000);
