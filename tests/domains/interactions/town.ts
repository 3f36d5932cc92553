// A town to test in: one account with two companies, a turned clock, a real event log, and people who call.
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { systemViewer } from '#domains/accounts/index.ts';
import { changeInteraction, storeInteraction } from '#domains/interactions/index.ts';
import { findOrMakeLead, leadLock } from '#domains/leads/index.ts';
import { turnedClock } from '#platform/clock/index.ts';
import { openEventLog } from '#platform/events/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import type { Viewer } from '#values/viewer.ts';

/** Opens a town on a database of its own. Call it at the top of a test file. */
export async function openTown() {
  const { db } = await freshDatabase();
  const log = pino({ level: 'silent' });
  const events = await openEventLog({ db, log });
  afterAll(() => events.stop());
  const clock = turnedClock(new Date('2026-03-02T15:00:00.000Z'));
  const secrets = openSecrets(Buffer.alloc(32, 7));
  const slice = { db, events, clock, log, secrets };

  const settle = async () => {
    const accountId = randomUUID();
    const [companyId, otherCompanyId] = [randomUUID(), randomUUID()];
    const createdAt = clock.now(accountId);
    await db.prisma.account.create({
      data: { id: accountId, name: 'Town', mode: 'TEST', createdAt },
    });
    const company = (id: string, name: string) => ({
      accountId,
      id,
      name,
      timeZone: 'America/Chicago',
      createdAt,
    });
    await db.prisma.company.createMany({
      data: [company(companyId, 'Garage Doors'), company(otherCompanyId, 'Roofs')],
    });
    const viewer = systemViewer(accountId, 'TEST', 'town');
    return { ...about(accountId, companyId, viewer), otherCompanyId };
  };

  const about = (accountId: string, companyId: string, viewer: Viewer) => ({
    accountId,
    companyId,
    viewer,
    /** A caller reaches the company, as call intake stores it. */
    arrives: async (from: string | null, at = clock.now(accountId), company = companyId) => {
      const id = randomUUID();
      const { leadId, isNew } = await db.transaction(async (tx) => {
        const locks = from ? [leadLock(company, from)] : [];
        await events.lock(tx, accountId, [`call:${id}`, ...locks]);
        const lead = from
          ? await findOrMakeLead(tx, slice, {
              accountId,
              companyId: company,
              knownBy: [{ kind: 'PHONE', value: from }],
              name: 'Ada Caller',
              at,
            })
          : { leadId: null, ownLeadId: null, isNew: false };
        await storeInteraction(tx, {
          accountId,
          id,
          kind: 'CALL',
          companyId: company,
          leadId: lead.leadId,
          ownLeadId: lead.ownLeadId,
          sourceId: null,
          occurredAt: at,
        });
        return lead;
      });
      return { id, leadId, isNew };
    },
    change: (
      interactionId: string,
      change: Omit<Parameters<typeof changeInteraction>[3], 'interactionId' | 'kind' | 'verb'>,
      as = viewer,
    ) =>
      db.transaction((tx) =>
        changeInteraction(tx, slice, as, {
          verb: 'updateCall',
          interactionId,
          kind: 'CALL',
          ...change,
        }),
      ),
    interaction: (id: string) =>
      db.prisma.interaction.findUniqueOrThrow({
        where: { accountId_id: { accountId, id } },
        include: { tags: { include: { tag: true } } },
      }),
    lead: (id: string | null) =>
      db.prisma.lead.findUniqueOrThrow({ where: { accountId_id: { accountId, id: id ?? '' } } }),
    /** what was announced of this subject, in order */
    told: async (subject: string) => {
      const rows = await db.prisma.event.findMany({
        where: { accountId, subject },
        orderBy: [{ seq: 'asc' }],
      });
      return rows.map(({ type, subjectVersion, payload }) => ({ type, subjectVersion, payload }));
    },
  });

  return { ...slice, settle };
}

/** The refusal that a promise ends in. */
export async function refusalOf(promise: Promise<unknown>): Promise<{
  code: string;
  field: readonly string[];
  message: string;
  currentVersion: number | null;
}> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof Error && thrown.name === 'Refused') return thrown as never;
  throw thrown ?? new Error('It was not refused.');
}
