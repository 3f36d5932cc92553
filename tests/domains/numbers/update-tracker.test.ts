// Changes of a tracker: what is patched, audited, refused.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findTracker } from '#domains/numbers/index.ts';
import { disableTracker, updateTracker } from '#domains/numbers/update-tracker.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

async function withTracker() {
  const people = await depot.settle();
  const tracker = await people.create();
  type Patch = Omit<Parameters<typeof updateTracker>[2], 'trackerId'>;
  return {
    ...people,
    tracker,
    patch: (patch: Patch, viewer = people.viewer) =>
      updateTracker(depot, viewer, { trackerId: tracker.id, ...patch }),
    disable: (expectedVersion?: number) =>
      disableTracker(depot, people.viewer, {
        trackerId: tracker.id,
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      }),
  };
}

it('a viewer without the right learns nothing of trackers, not even of bad input', async () => {
  const { tracker, viewer } = await withTracker();
  const reader = { ...viewer, scopes: ['numbers:read' as const] };
  for (const trackerId of [tracker.id, randomUUID(), 'no id']) {
    await expect(updateTracker(depot, reader, { trackerId })).rejects.toThrow(/NUMBERS_WRITE/);
    await expect(disableTracker(depot, reader, { trackerId })).rejects.toThrow(/NUMBERS_WRITE/);
  }
});

describe('updateTracker', () => {
  it('patches: absent stays, null clears, nothing changed raises no version', async () => {
    const { patch } = await withTracker();
    const changed = await patch({
      whisper: 'A call from [source]',
      recording: true,
      greeting: 'Hi',
    });
    expect(changed).toMatchObject({ version: 2, recording: true, greeting: 'Hi', voicemail: true });
    expect(await patch({ recording: true })).toMatchObject({ version: 2 });
    expect(await patch({ whisper: null })).toMatchObject({ version: 3, whisper: null });
    const moved = await patch({ source: { name: 'Billboard' }, destination: '(303) 555-0111' });
    expect(moved).toMatchObject({ version: 4, destination: '+13035550111' });
    expect(moved.sourceId).not.toBe(changed.sourceId);
  });

  it('audits the changed fields alone', async () => {
    const { patch, accountId, tracker } = await withTracker();
    await patch({ recording: true, name: tracker.name });
    const entry = await depot.db.prisma.auditEntry.findFirstOrThrow({
      where: { accountId, action: 'updateTracker' },
    });
    expect(entry).toMatchObject({ before: { recording: false }, after: { recording: true } });
    expect(Object.keys(entry.after as object)).toEqual(['recording']);
  });

  it('refuses an empty greeting while calls are recorded, and recording without one is announced', async () => {
    const { patch } = await withTracker();
    await patch({ recording: true, greeting: 'Calls are recorded.' });
    expect(await refusalOf(patch({ greeting: '' }))).toMatchObject({
      code: 'RECORDING_NOTICE_REQUIRED',
      field: ['greeting'],
    });
    expect(await patch({ greeting: null })).toMatchObject({ greeting: null, recording: true });
    expect(await patch({ greeting: '', recording: false })).toMatchObject({ recording: false });
  });

  it('refuses what createTracker refuses', async () => {
    const { patch, numberOf, tracker } = await withTracker();
    const { number } = await numberOf(tracker.id);
    const refused = [
      [{ destination: number }, 'TRUNKING_PROHIBITED'],
      [{ destination: '999' }, 'EMERGENCY_CALL'],
      [{ ringSeconds: 0 }, 'INVALID_INPUT'],
      [{ transcription: true, voicemail: false }, 'INVALID_INPUT'],
      [{ name: null as unknown as string }, 'INVALID_INPUT'],
      [{ expectedVersion: 2 }, 'VERSION_CONFLICT'],
    ] as const;
    for (const [changes, code] of refused) {
      expect(await refusalOf(patch(changes))).toMatchObject({ code });
    }
  });

  it('hides trackers of other accounts and companies', async () => {
    const { patch, viewer, otherCompanyId } = await withTracker();
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    const stranger = (await depot.settle()).viewer;
    for (const other of [kept, stranger]) {
      expect(await refusalOf(patch({ name: 'x' }, other))).toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('disableTracker', () => {
  it('disables once', async () => {
    const { disable } = await withTracker();
    expect(await refusalOf(disable(4))).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await disable()).toMatchObject({
      status: 'DISABLED',
      version: 2,
      disabledAt: new Date('2026-03-02T15:00:00.000Z'),
    });
    expect(await disable()).toMatchObject({ status: 'DISABLED', version: 2 });
  });
});

describe('findTracker', () => {
  it('finds ACTIVE numbers of the account only, with the status of the tracker', async () => {
    const { accountId, tracker, numberOf, disable, patch, companyId } = await withTracker();
    const row = await numberOf(tracker.id);
    expect(await findTracker(depot.db, accountId, row.number)).toBeNull();
    await depot.db.prisma.phoneNumber.update({
      where: { accountId_id: { accountId, id: row.id } },
      data: { status: 'ACTIVE' },
    });
    expect(await findTracker(depot.db, accountId, row.number)).toEqual({
      tracker: {
        id: tracker.id,
        companyId,
        name: 'Spring ad',
        type: 'SOURCE',
        status: 'ACTIVE',
        destination: tracker.destination,
        ringSeconds: 25,
        whisper: null,
        greeting: null,
        recording: false,
        recordingNotice: null,
        transcription: false,
        voicemail: true,
        voicemailGreeting: null,
        version: 1,
      },
      source: { id: tracker.sourceId, name: 'Google Ads', medium: 'cpc', campaign: 'spring' },
      phoneNumber: { id: row.id, number: row.number },
      companyStatus: 'ACTIVE',
      companyIsLive: false,
      companyLanguage: null,
      companyTimeZone: 'America/Chicago',
    });
    await patch({ recording: true, greeting: 'Welcome.' });
    await disable();
    const found = await depot.db.transaction((tx) => findTracker(tx, accountId, row.number));
    expect(found?.tracker).toMatchObject({
      status: 'DISABLED',
      recordingNotice: 'Welcome. This call may be recorded for quality and training.',
    });
    const { accountId: elsewhere } = await depot.settle();
    expect(await findTracker(depot.db, elsewhere, row.number)).toBeNull();
  });
});
