// Recordings that cannot end keep no others: of their own company, of the one behind it, and what is left to remove.
import { expect, it } from 'vitest';
import { expireRecordingsHandler } from '#domains/calls/expire-recordings.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown({ speed: 20 });
const { platform } = town.server;
const { prisma } = platform.db;
const DAY_MS = 86_400_000;
const job = { id: 'try', attempt: 1, signal: new AbortController().signal };
const rowOf = (id: string) => prisma.recording.findFirstOrThrow({ where: { id } });

/** A company that keeps recordings for ten days, and calls there that are recorded. */
async function company(name: string) {
  const { createCompany } = await town.ask(
    `mutation($name: String!) { createCompany(input: { name: $name }) {
       company { id } userErrors { code message field } } }`,
    { name },
  );
  const companyId = createCompany.company.id;
  await town.ask(
    `mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
       company { id } userErrors { code message field } } }`,
    { input: { companyId, recordingRetentionDays: 10 } },
  );
  const tracker = await town.tracker({ companyId, recording: true });
  town.business(tracker).is('answer', { hangUpAfterSeconds: 30 });
  return async () => {
    const caller = town.caller();
    caller.dials(tracker);
    const { call } = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
    await town.endedCall(caller.from);
    const callId = decodeGlobalId(call.id)?.id ?? '';
    return prisma.recording.findFirstOrThrow({ where: { callId } });
  };
}

it('a recording that cannot end is told of, and stops no other', async () => {
  const [first, second] = [await company('First'), await company('Second')];
  const [failing, later] = [await first(), await first()];
  const [behind, left] = [await second(), await second()];
  // its job gave up a day ago
  await prisma.recording.updateMany({
    where: { id: left.id },
    data: { state: 'DELETED', deletedAt: new Date(Date.now() + 8 * DAY_MS) },
  });
  await platform.db.pool.query(`
    create function refuse() returns trigger language plpgsql as
      'begin raise exception ''not now''; end';
    create trigger refuses before update on recording for each row
      when (old.id = '${failing.id}') execute function refuse()`);
  const clock = turnedClock(new Date(Date.now() + 11 * DAY_MS));
  const expire = () => expireRecordingsHandler({ ...platform, clock }).run({}, job);

  await expect(expire()).rejects.toThrow('1 of 2');

  expect((await rowOf(failing.id)).state).toBe('READY');
  expect((await rowOf(later.id)).state).toBe('EXPIRED');
  expect((await rowOf(behind.id)).state).toBe('EXPIRED');
  await town.until('what was left is removed', async () => {
    const { storageKey, carrierRecordingId } = await rowOf(left.id);
    return storageKey === null && carrierRecordingId === null;
  });
  const failures = town.logged.filter(({ msg }) => String(msg).includes('could not be worked off'));
  expect(failures).toMatchObject([{ id: failing.id }, { companyId: failing.companyId }]);
  await platform.db.pool.query('drop trigger refuses on recording');
  expect(await expire()).toMatch(/^1 recordings ended/);
});
