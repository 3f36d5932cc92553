// A number that is erased after it opted out: no table names it, and still it is not texted until it says START.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  consentSubject,
  eraseConsentOf,
  judgeConsent,
  readConsent,
  recordInbound,
} from '#domains/consent/index.ts';
import { recordConsent } from '#domains/consent/record-consent.ts';
import type { Tx } from '#platform/db/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const { db, events, clock } = town;
const NUMBER = '+14155550134';

async function settle() {
  const { accountId, companyId, otherCompanyId, viewer } = await town.settle();
  const locked = <T>(companyOf: string, work: (tx: Tx) => Promise<T>) =>
    db.transaction(async (tx) => {
      await events.lock(tx, accountId, [consentSubject(companyOf, NUMBER)]);
      return work(tx);
    });
  const texts = (text: string, company = companyId) =>
    locked(company, (tx) => {
      const message = { accountId, companyId: company, number: NUMBER, messageId: randomUUID() };
      return recordInbound(tx, town, { ...message, text, receivedAt: clock.now(accountId) });
    });
  const erase = () =>
    locked(companyId, (tx) => eraseConsentOf(tx, town, accountId, [{ companyId, number: NUMBER }]));
  const stands = async (company = companyId, platform = town) =>
    judgeConsent(
      await readConsent(db.prisma, platform, accountId, company, NUMBER),
      clock.now(accountId),
    );
  const kept = () => db.prisma.suppression.count({ where: { accountId } });
  return { accountId, companyId, otherCompanyId, viewer, texts, erase, stands, kept };
}

describe('an opt-out', () => {
  it('outlives the erasure of its number, for its company alone', async () => {
    const { accountId, otherCompanyId, texts, erase, stands, kept } = await settle();
    await texts('Hello');
    await texts('Hello', otherCompanyId);
    await texts('STOP');
    expect(await erase()).toBe(2);
    expect(await db.prisma.consent.count({ where: { accountId } })).toBe(1);
    expect([await stands(), await stands(otherCompanyId)]).toEqual(['OPTED_OUT', null]);
    // what is kept says nothing to whoever has the database alone
    const other = { ...town, secrets: openSecrets(Buffer.alloc(32, 8)) };
    expect(await stands(undefined, other)).toBe('NO_CONSENT');
    expect(await kept()).toBe(1);
  });

  it('goes on in the ledger when they write again, and START ends it', async () => {
    const { texts, erase, stands, kept } = await settle();
    await texts('STOP');
    await erase();
    clock.advance(1_000);
    expect(await texts('Who is this?')).toMatchObject({ word: null, changed: false });
    expect([await stands(), await kept()]).toEqual(['OPTED_OUT', 0]);
    await erase();
    expect(await stands()).toBe('OPTED_OUT');
    clock.advance(1_000);
    expect(await texts('START')).toMatchObject({ word: 'OPT_IN', changed: true });
    expect([await stands(), await kept()]).toEqual([null, 0]);
    await erase();
    expect([await stands(), await kept()]).toEqual(['NO_CONSENT', 0]);
  });

  it('is no earlier than an opt-in that is recorded after it', async () => {
    const { companyId, viewer, texts, erase, stands, accountId } = await settle();
    await texts('Please stop texting me');
    await erase();
    expect(await stands()).toBe('OPTED_OUT');
    const optIn = (at: Date) =>
      recordConsent(town, viewer, {
        ...{ companyId, phoneNumber: NUMBER, kind: 'OPT_IN', source: 'VERBAL', at },
        evidence: { reference: 'call 7' },
      });
    await expect(optIn(clock.now(accountId))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    clock.advance(1_000);
    await optIn(clock.now(accountId));
    expect(await stands()).toBeNull();
  });
});
