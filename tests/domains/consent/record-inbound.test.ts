// Texts in the ledger: each once, told when it changed something, and never taken out again but by an erasure.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  consentSubject,
  judgeConsent,
  readConsent,
  recordInbound,
} from '#domains/consent/index.ts';
import { eraseConsent } from '#domains/consent/store.ts';
import { openTown } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const { db, events, clock } = town;
const NUMBER = '+14155550134';
const DAY_MS = 86_400_000;

/** A company, and a customer who texts it. */
async function settle() {
  const { accountId, companyId, otherCompanyId } = await town.settle();
  const texts = (
    text: string,
    more: { messageId?: string; receivedAt?: Date; number?: string; company?: string } = {},
  ) => {
    const { number = NUMBER, company = companyId } = more;
    const { receivedAt = clock.now(accountId), messageId = randomUUID() } = more;
    return db.transaction(async (tx) => {
      await events.lock(tx, accountId, [consentSubject(company, number)]);
      const message = { accountId, companyId: company, number, text, receivedAt, messageId };
      return recordInbound(tx, town, message);
    });
  };
  const stands = async (company = companyId, number = NUMBER) => {
    const consent = await readConsent(db.prisma, town, accountId, company, number);
    return judgeConsent(consent, clock.now(accountId));
  };
  const told = async () => {
    const rows = await db.prisma.event.findMany({
      where: { accountId, type: 'consent.changed' },
      orderBy: { seq: 'asc' },
    });
    return rows.map(({ subjectVersion, payload }) => [
      (payload as { kind: string }).kind,
      subjectVersion,
    ]);
  };
  const entries = () => db.prisma.consentEntry.count({ where: { accountId } });
  return { accountId, companyId, otherCompanyId, texts, stands, told, entries };
}

describe('a text of a customer', () => {
  it('lets the company answer for 24 hours, and nobody else', async () => {
    const { texts, stands, told, otherCompanyId } = await settle();
    expect(await stands()).toBe('NO_CONSENT');
    expect(await texts('Hello')).toEqual({ word: null, suggestsOptOut: false, changed: true });
    expect(await texts('Are you there?')).toMatchObject({ changed: false });
    expect([await stands(), await stands(otherCompanyId)]).toEqual([null, 'NO_CONSENT']);
    clock.advance(DAY_MS - 1);
    expect(await stands()).toBeNull();
    clock.advance(1);
    expect(await stands()).toBe('CONSENT_EXPIRED');
    expect(await texts('Me again')).toMatchObject({ changed: true });
    expect(await told()).toEqual([
      ['INBOUND', 1],
      ['INBOUND', 3],
    ]);
  });

  it('that is dated after our own time lets nobody answer for longer', async () => {
    const { accountId, texts, stands } = await settle();
    await texts('Hello', { receivedAt: new Date(clock.now(accountId).getTime() + 60_000) });
    clock.advance(DAY_MS);
    expect(await stands()).toBe('CONSENT_EXPIRED');
  });

  it('that says STOP ends it for the company, START opens it again; YES and HELP change nothing', async () => {
    const { texts, stands, told } = await settle();
    await texts('Hello');
    expect(await texts('Stop.')).toEqual({ word: 'OPT_OUT', suggestsOptOut: false, changed: true });
    expect(await texts('STOP')).toMatchObject({ word: 'OPT_OUT', changed: false });
    expect(await stands()).toBe('OPTED_OUT');
    clock.advance(1_000);
    for (const text of ['yes', 'Do you have time tomorrow?', 'HELP']) await texts(text);
    expect(await stands()).toBe('OPTED_OUT');
    expect(await texts('start')).toEqual({ word: 'OPT_IN', suggestsOptOut: false, changed: true });
    clock.advance(40 * DAY_MS);
    expect(await stands()).toBeNull();
    expect((await told()).map(([kind]) => kind)).toEqual(['INBOUND', 'OPT_OUT', 'OPT_IN']);
  });

  it('that asks for no more in free words holds what would be sent', async () => {
    const { texts, stands } = await settle();
    const asked = await texts('please stop texting me');
    expect(asked).toEqual({ word: null, suggestsOptOut: true, changed: true });
    expect(await stands()).toBe('OPTED_OUT');
    const weak = await texts('wrong number', { number: '+14155550135' });
    expect(weak).toMatchObject({ suggestsOptOut: true });
  });

  it('counts once however often and late its webhook comes', async () => {
    const { accountId, texts, stands, entries, told } = await settle();
    const early = { messageId: randomUUID(), receivedAt: clock.now(accountId) };
    clock.advance(1_000);
    const stop = { messageId: randomUUID(), receivedAt: clock.now(accountId) };
    await Promise.all([1, 2, 3].map(() => texts('STOP', stop)));
    expect(await texts('START', early)).toMatchObject({ word: 'OPT_IN', changed: false });
    expect(await texts('STOP', stop)).toMatchObject({ word: 'OPT_OUT', changed: false });
    expect([await stands(), await entries(), (await told()).length]).toEqual(['OPTED_OUT', 2, 1]);
  });
});

describe('the ledger', () => {
  it('is refused every change by the database itself', async () => {
    const { accountId, texts } = await settle();
    await texts('STOP');
    const where = { accountId };
    const refused = /append-only/;
    const rename = db.prisma.consentEntry.updateMany({ where, data: { kind: 'OPT_IN' } });
    await expect(rename).rejects.toThrow(refused);
    await expect(db.prisma.consentEntry.deleteMany({ where })).rejects.toThrow(refused);
    await expect(db.prisma.consent.deleteMany({ where })).rejects.toThrow(refused);
    await expect(db.pool.query('truncate consent_entry')).rejects.toThrow(refused);
  });

  it('is erased for a number, and for no other; then nothing may be sent', async () => {
    const { accountId, companyId, otherCompanyId, texts, stands, entries } = await settle();
    await texts('START');
    await texts('Hello');
    await texts('Hello', { number: '+14155550135' });
    await texts('Hello', { company: otherCompanyId });
    const erased = await db.transaction(async (tx) => {
      await events.lock(tx, accountId, [consentSubject(companyId, NUMBER)]);
      const gone = await eraseConsent(tx, accountId, companyId, [NUMBER]);
      await expect(eraseConsent(tx, accountId, companyId, [])).resolves.toBe(0);
      return gone;
    });
    expect([erased, await entries(), await stands()]).toEqual([2, 2, 'NO_CONSENT']);
    expect([await stands(otherCompanyId), await stands(companyId, '+14155550135')]).toEqual([
      null,
      null,
    ]);
    await expect(db.prisma.consentEntry.deleteMany({ where: { accountId } })).rejects.toThrow();
  });
});
