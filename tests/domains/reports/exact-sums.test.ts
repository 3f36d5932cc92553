// Whatever happens to calls, texts and chats, in whatever order it is told and however often: the sums are those of a count from the rows.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countAll } from '#domains/reports/count-all.ts';
import { forgetInteraction } from '#domains/reports/count-interactions.ts';
import type { CallOutcome } from '#generated/prisma/enums.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const { prisma } = ledger.db;

/** Each step is a number, which chooses what happens and to what. */
const histories = fc.array(fc.noBias(fc.nat({ max: 100_000 })), { minLength: 8, maxLength: 16 });
const OUTCOMES: CallOutcome[] = ['ANSWERED', 'MISSED', 'ABANDONED', 'VOICEMAIL', 'BUSY'];

type Account = Awaited<ReturnType<typeof ledger.settle>>;

/** A company, and what may happen to what reaches it; each step answers what would be told of. */
async function openHistory() {
  const town = await ledger.settle();
  const { accountId } = town;
  const leads = [await town.lead('2026-01-01T00:00:00Z'), await town.lead('2026-02-09T00:00:00Z')];
  const sources = ['Google', 'Bing', 'Mail'];
  const calls: string[] = [];
  const key = (id: string) => ({ accountId_id: { accountId, id } });
  const pick = <T>(list: readonly T[], n: number) => list[n % list.length] as T;
  const moment = (n: number) => new Date(Date.parse('2026-02-01T00:00:00Z') + n * 7_919_000);

  const step = async (n: number): Promise<{ calls: string[]; lead?: string }> => {
    const [what, which] = [n % 8, Math.floor(n / 8)];
    if (what < 3 || calls.length === 0) {
      const about = {
        at: moment(which % 400).toISOString(),
        leadId: which % 7 === 6 ? null : pick(leads, which),
        source: pick(sources, which),
      };
      const startedBy = which % 2 ? ('INBOUND' as const) : ('OUTBOUND' as const);
      const outcome = which % 3 === 0 ? null : pick(OUTCOMES, which);
      const id =
        what === 0
          ? await town.call({ ...about, outcome })
          : what === 1
            ? await town.text({ ...about, startedBy })
            : await town.chat(about);
      calls.push(id);
      return { calls: [id] };
    }
    const id = pick(calls, which);
    const lead = pick(leads, which);
    if (what === 3) {
      const data = { outcome: pick(OUTCOMES, which), endedAt: moment(400 + (which % 9)) };
      const { count } = await prisma.call.updateMany({ where: { accountId, id }, data });
      // whoever chats may tell later who they are
      const joins = { where: { accountId, id, kind: 'CHAT' as const, leadId: null } };
      if (count === 0) {
        await prisma.interaction.updateMany({ ...joins, data: { leadId: lead } });
      }
    } else if (what === 4) {
      const leadStatus = which % 2 ? ('GOOD_LEAD' as const) : ('NOT_A_LEAD' as const);
      const data = { leadStatus, valueCents: BigInt(which % 1_000) };
      await prisma.interaction.update({ where: key(id), data });
    } else if (what === 5) {
      // put down to a visit, which may be older than calls that were counted
      const sourceId = await town.sourceOf(pick(sources, which + 1));
      await prisma.attribution.createMany({
        data: [{ accountId, id, basis: 'TRACKER', confidence: 0 }],
        skipDuplicates: true,
      });
      await prisma.interaction.update({ where: key(id), data: { sourceId } });
      const { leadId } = await prisma.interaction.findUniqueOrThrow({ where: key(id) });
      if (leadId) {
        const visit = { id: crypto.randomUUID(), at: moment(which % 400), sourceId };
        await prisma.touchpoint.create({
          data: { accountId, leadId, ownLeadId: leadId, ...visit },
        });
      }
    } else if (what === 6) {
      const qualifiedAt = which % 2 ? moment(which % 400) : null;
      await prisma.lead.update({ where: key(lead), data: { qualifiedAt } });
      return { calls: [], lead };
    } else {
      calls.splice(calls.indexOf(id), 1);
      await erase(town, id);
      return { calls: [] };
    }
    return { calls: [id] };
  };
  return { town, step };
}

function erase({ accountId }: Account, id: string) {
  return ledger.db.transaction(async (tx) => {
    const where = { accountId_id: { accountId, id } };
    const { leadId, companyId } = await tx.interaction.delete({ where });
    await forgetInteraction(tx, ledger.platform, accountId, { id, companyId, leadId });
  });
}

/** Every sum, without the ids that differ from count to count. */
async function sumsOf({ accountId }: Account) {
  const rows = await prisma.reportBucket.findMany({ where: { accountId } });
  return rows.map((row) => Object.values(row).map(String).join(' ')).sort();
}

it('sums that follow a history are those of a count from the rows', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.infiniteStream(fc.nat({ max: 3 })), async (history, lots) => {
      const { town, step } = await openHistory();
      const { accountId } = town;
      const untold: string[] = [];
      // some that were counted before all the rest, with more to a lead than those counted with each other
      for (const n of [40, 240, 440, 640, 840, 1_040]) untold.push(...(await step(n)).calls);
      await town.count(...untold.splice(0));
      for (const n of history) {
        const { calls, lead } = await step(n);
        untold.push(...calls);
        if (lead) {
          const payload = { accountId, leadId: lead };
          ledger.queue.push({ name: 'reports.recount-lead', payload });
        }
        // told late, in another order, and often twice
        const [lot] = lots.take(1);
        if (lot === 0 && untold.length > 0) await town.count(...untold.splice(0, 2).reverse());
        if (lot === 1 && calls.length > 0) await town.count(...calls);
      }
      await town.count(...untold.reverse());
      await ledger.work();
      const followed = await sumsOf(town);

      await prisma.reportBucket.deleteMany({ where: { accountId } });
      await prisma.reportFact.deleteMany({ where: { accountId } });
      await countAll(ledger.platform, { everything: true });
      expect(followed).toEqual(await sumsOf(town));

      const counted = await prisma.reportBucket.aggregate({
        where: { accountId, cut: 'ALL', span: 'DAY' },
        _sum: { interactions: true, goodLeads: true },
      });
      const kept = { accountId };
      expect(Number(counted._sum.interactions ?? 0)).toBe(
        await prisma.interaction.count({ where: kept }),
      );
      expect(Number(counted._sum.goodLeads ?? 0)).toBe(
        await prisma.interaction.count({ where: { ...kept, leadStatus: 'GOOD_LEAD' } }),
      );
      for (const cut of ['LINEAR', 'QUALIFIED', 'W_SHAPED'] as const) {
        const credited = await prisma.reportBucket.aggregate({
          where: {
            ...{ accountId, span: 'QUARTER' },
            cut: { in: cut === 'QUALIFIED' ? [cut] : [cut, 'EVERY_MODEL'] },
          },
          _sum: { interactions: true },
        });
        expect(Number(credited._sum.interactions ?? 0)).toBe(
          1_000_000 * (await prisma.interaction.count({ where: kept })),
        );
      }
    }),
    { numRuns: 3, endOnFailure: true, seed: 20_260_302 },
  );
});
