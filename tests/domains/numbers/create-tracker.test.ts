// A tracker is made with its source and its number, once, within its limits.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { BUSINESS, openDepot } from './depot.ts';

const depot = await openDepot();

describe('createTracker', () => {
  it('stores tracker, source and number, announces the order, enqueues it and is audited', async () => {
    const { create, numberOf, accountId, told } = await depot.settle();
    const tracker = await create({ recording: true });
    expect(tracker).toMatchObject({
      type: 'SOURCE',
      status: 'ACTIVE',
      destination: BUSINESS,
      ringSeconds: 25,
      recording: true,
      transcription: false,
      voicemail: true,
      greeting: null,
      version: 1,
    });
    const number = await numberOf(tracker.id);
    expect(number).toMatchObject({ status: 'ORDERING', version: 1 });
    expect(await told(`number:${number.id}`)).toEqual([
      {
        type: 'number.status_changed',
        subjectVersion: 1,
        payload: {
          phoneNumberId: number.id,
          trackerId: tracker.id,
          status: 'ORDERING',
          problems: [],
        },
      },
    ]);
    const { rows: jobs } = await depot.db.pool.query(
      `select data from pgboss.job where name = 'numbers.order' and data->>'accountId' = $1`,
      [accountId],
    );
    expect(jobs).toEqual([{ data: { accountId, phoneNumberId: number.id } }]);
    const [entry] = await depot.db.prisma.auditEntry.findMany({ where: { accountId } });
    expect(entry).toMatchObject({
      action: 'createTracker',
      subject: `tracker:${tracker.id}`,
      after: { recording: true, destination: BUSINESS },
    });
  });

  it('reuses a source of the same words', async () => {
    const { create } = await depot.settle();
    const source = { name: 'Yelp', medium: null };
    const [one, two, three] = [
      await create({ source }),
      await create({ source }),
      await create({ source: { name: 'Yelp', campaign: 'b' } }),
    ];
    expect(one.sourceId).toBe(two.sourceId);
    expect(three.sourceId).not.toBe(one.sourceId);
  });

  it('is done once per idempotency key', async () => {
    const { create, accountId } = await depot.settle();
    const number = { phoneNumber: depot.nextNumber() };
    const [one, two] = await Promise.all([
      create({ number, idempotencyKey: 'k1' }),
      create({ number, idempotencyKey: 'k1' }),
    ]);
    expect(one.id).toBe(two.id);
    expect(await depot.db.prisma.tracker.count({ where: { accountId } })).toBe(1);
    expect(await refusalOf(create({ number, name: 'Other', idempotencyKey: 'k1' }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_CONFLICT',
    });
  });

  it.each([
    ['an emergency number', { destination: '911' }, 'EMERGENCY_CALL', ['destination']],
    ['its E.164 dress', { destination: '+1 (911)' }, 'EMERGENCY_CALL', ['destination']],
    ['another land’s', { destination: '112' }, 'EMERGENCY_CALL', ['destination']],
    ['words', { destination: 'my shop' }, 'INVALID_INPUT', ['destination']],
    ['an extension', { destination: '312-555-0177 x12' }, 'INVALID_INPUT', ['destination']],
    ['no number', { number: { phoneNumber: '12' } }, 'INVALID_INPUT', ['number', 'phoneNumber']],
    ['an empty name', { name: ' ' }, 'INVALID_INPUT', ['name']],
    ['an empty source', { source: { name: '' } }, 'INVALID_INPUT', ['source', 'name']],
    ['a short ring', { ringSeconds: 4 }, 'INVALID_INPUT', ['ringSeconds']],
    ['a long ring', { ringSeconds: 121 }, 'INVALID_INPUT', ['ringSeconds']],
    ['a long whisper', { whisper: 'x'.repeat(3_001) }, 'INVALID_INPUT', ['whisper']],
    ['a long greeting', { greeting: 'x'.repeat(3_001) }, 'INVALID_INPUT', ['greeting']],
    [
      'a greeting that leaves no room for the notice',
      { greeting: 'x'.repeat(3_000), recording: true },
      'INVALID_INPUT',
      ['greeting'],
    ],
    ['no notice', { greeting: ' ', recording: true }, 'RECORDING_NOTICE_REQUIRED', ['greeting']],
    [
      'nothing to transcribe',
      { transcription: true, voicemail: false },
      'INVALID_INPUT',
      ['transcription'],
    ],
  ])('refuses %s', async (_what, changes, code, field) => {
    const { create, accountId } = await depot.settle();
    const number = { phoneNumber: '+14155550199' };
    expect(await refusalOf(create({ number, ...changes }))).toMatchObject({ code, field });
    expect(await depot.db.prisma.tracker.count({ where: { accountId } })).toBe(0);
  });

  it('takes the limits themselves', async () => {
    const { create } = await depot.settle();
    await create({ ringSeconds: 5, whisper: 'x'.repeat(3_000), greeting: '' });
    await create({ ringSeconds: 120, transcription: true });
    await create({ transcription: true, recording: true, voicemail: false });
  });

  it('refuses tracking numbers that forward to each other, both ways round', async () => {
    const { create, numberOf } = await depot.settle();
    const first = await create();
    const { number } = await numberOf(first.id);
    expect(await refusalOf(create({ destination: number }))).toMatchObject({
      code: 'TRUNKING_PROHIBITED',
      field: ['destination'],
    });
    const taken = { number: { phoneNumber: BUSINESS }, destination: '+12065550188' };
    expect(await refusalOf(create(taken))).toMatchObject({
      code: 'TRUNKING_PROHIBITED',
      field: ['number', 'phoneNumber'],
    });
    const own = depot.nextNumber();
    expect(
      await refusalOf(create({ destination: own, number: { phoneNumber: own } })),
    ).toMatchObject({ code: 'TRUNKING_PROHIBITED' });
  });

  it('refuses a destination that becomes a tracking number at the same moment', async () => {
    const { create, accountId, companyId } = await depot.settle();
    const [number, destination] = [depot.nextNumber(), depot.nextNumber()];
    let creating: ReturnType<typeof refusalOf> | undefined;
    await depot.db.transaction(async (tx) => {
      await depot.events.lock(tx, accountId, ['numbers']);
      let isDone = false;
      creating ??= refusalOf(create({ destination, number: { phoneNumber: number } })).finally(
        () => {
          isDone = true;
        },
      );
      const isWaiting = `select 1 from pg_stat_activity
        where datname = current_database() and wait_event = 'advisory'`;
      while (!isDone && (await depot.db.pool.query(isWaiting)).rowCount === 0);
      const id = randomUUID();
      await tx.phoneNumber.create({
        data: { accountId, companyId, id, number: destination, createdAt: new Date(0) },
      });
    });
    expect(await creating).toMatchObject({ code: 'TRUNKING_PROHIBITED' });
  });

  it('refuses a number that the account has, a disabled company and strangers', async () => {
    const { create, viewer, companyId, accountId, otherCompanyId } = await depot.settle();
    const number = { phoneNumber: depot.nextNumber() };
    await create({ number });
    expect(await refusalOf(create({ number }))).toMatchObject({ code: 'NUMBER_UNAVAILABLE' });
    await depot.db.prisma.company.update({
      where: { accountId_id: { accountId, id: companyId } },
      data: { status: 'DISABLED' },
    });
    expect(await refusalOf(create())).toMatchObject({ code: 'WRONG_STATE', field: ['companyId'] });
    const stranger = (await depot.settle()).viewer;
    expect(await refusalOf(create({}, stranger))).toMatchObject({
      code: 'NOT_FOUND',
      field: ['companyId'],
    });
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    await expect(create({}, kept)).rejects.toThrow(/not among yours/);
    const reader = { ...viewer, scopes: ['numbers:read' as const] };
    await expect(create({}, reader)).rejects.toThrow(/NUMBERS_WRITE/);
  });
});
