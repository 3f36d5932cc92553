// A person who becomes known by another number while they are erased: the erasure begins its last step anew, since whoever
// holds the consent of a number goes on to its lead, and the two would wait for each other.
import { expect, it } from 'vitest';
import { consentSubject } from '#domains/consent/locks.ts';
import { insertLeadErasure } from '#domains/erasures/store-lead-erasures.ts';
import { takeLead } from '#domains/erasures/take-lead.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const { platform } = town.server;
const { prisma, pool } = platform.db;
const NUMBER = '+12065550178';
const { signal } = new AbortController();

/** A transaction that holds the lock of a subject. */
async function holding(subject: string) {
  const client = await pool.connect();
  await client.query('begin');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const key = `hashtextextended('${town.accountId}:${subject}', 0)`;
  const { rows } = await client.query<{ pid: number }>(
    `select pg_backend_pid() as pid from (select pg_advisory_xact_lock(${key})) as held`,
  );
  return {
    client,
    /** somebody waits for it */
    blocks: async () => {
      const waiting = await pool.query(
        'select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))',
        [rows[0]?.pid],
      );
      return waiting.rows.length > 0;
    },
    end: async () => {
      await client.query('commit');
      client.release();
    },
  };
}

it('is held by no erasure that waits for the consent of the number', async () => {
  const { accountId } = town;
  const { id: companyId } = await prisma.company.findFirstOrThrow({ where: { accountId } });
  const [leadId, id, at] = [newId(), newId(), new Date()];
  await prisma.lead.create({
    data: { accountId, id: leadId, companyId, createdAt: at, erasingSince: at },
  });
  await insertLeadErasure(prisma, {
    ...{ accountId, id, leadId, companyId, requestedBy: 'key:x', requestedAt: at },
  });
  const caller = await holding(`lead:${leadId}`);
  const erasing = takeLead(platform, { accountId, leadErasureId: id }, signal);
  await town.until('the erasure waits for the lead', caller.blocks);
  const texter = await holding(consentSubject(companyId, NUMBER));
  await prisma.leadIdentity.create({
    data: { accountId, companyId, kind: 'PHONE', value: NUMBER, leadId },
  });
  await caller.end();
  await town.until('it waits for the consent', texter.blocks);
  const { rows } = await texter.client.query(
    `select pg_try_advisory_xact_lock(hashtextextended('${accountId}:lead:${leadId}', 0)) as free`,
  );
  await texter.end();
  expect(await erasing).toBe('erased');
  expect(rows).toEqual([{ free: true }]);
  expect(await prisma.leadIdentity.count({ where: { accountId, value: NUMBER } })).toBe(0);
});
