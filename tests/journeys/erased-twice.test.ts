// A person whom two workers erase at once, as when one was thought to be dead: the receipt counts each visit once.
import { expect, it } from 'vitest';
import { insertLeadErasure } from '#domains/erasures/store-lead-erasures.ts';
import { takeLead } from '#domains/erasures/take-lead.ts';
import { markErasing } from '#domains/leads/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { openSite, type Person } from './person-town.ts';

const town = await openTown();
const { platform } = town.server;
const { prisma, pool } = platform.db;
const ADA: Person = {
  ...{ number: '+12065550176', email: 'ada@wren.example', name: 'Ada Wren', word: 'Kingfisher' },
};
/** how many wait for a connection, or for one that waits for it */
const BEHIND = `
  with recursive behind as (
    select $1::int as pid
     union
    select a.pid from pg_stat_activity a join behind b on b.pid = any(pg_blocking_pids(a.pid)))
  select count(*)::int - 1 as waiting from behind`;

it('is counted once, though both saw the same visits', { timeout: 120_000 }, async () => {
  const { accountId } = town;
  const site = await openSite(town);
  const { visitor, form } = await site.visit(ADA.word);
  await form(ADA);
  const { leadId } = await town.until('the form is attributed', async () => {
    const row = await prisma.interaction.findFirst({ where: { accountId, kind: 'FORM' } });
    const where = { accountId, id: row?.id ?? newId() };
    return row?.leadId && (await prisma.attribution.findFirst({ where })) ? row : null;
  });
  const at = new Date();
  const key = { accountId, leadErasureId: newId() };
  await insertLeadErasure(prisma, {
    ...{ accountId, id: key.leadErasureId, leadId: leadId ?? '' },
    ...{ companyId: decodeGlobalId(site.companyId)?.id ?? '' },
    ...{ requestedBy: 'key:x', requestedAt: at },
  });
  await markErasing(prisma, accountId, leadId ?? '', at);

  const holder = await pool.connect();
  await holder.query('begin');
  await holder.query('set local idle_in_transaction_session_timeout = 0');
  const { rows } = await holder.query<{ pid: number }>(
    'select pg_backend_pid() as pid from visitor_session where visitor_id = $1 for update',
    [visitor],
  );
  const { signal } = new AbortController();
  const both = Promise.all([takeLead(platform, key, signal), takeLead(platform, key, signal)]);
  await town.until('both wait for the visit', async () => {
    const behind = await pool.query<{ waiting: number }>(BEHIND, [rows[0]?.pid]);
    return behind.rows[0]?.waiting === 2;
  });
  await holder.query('commit');
  holder.release();

  expect((await both).sort()).toEqual(['already-done', 'erased']);
  expect(
    await prisma.leadErasure.findFirst({ where: { accountId, id: key.leadErasureId } }),
  ).toMatchObject({ state: 'ERASED', forms: 1, leads: 1, visits: 1 });
  expect(await prisma.visitorSession.count({ where: { visitorId: visitor } })).toBe(0);
});
