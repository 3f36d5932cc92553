// Any course of arrivals, marks, merges and splits leaves each lead with what a plain model says: whose things are whose is
// told by which lead each was of before any merge.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { journeysOf } from '#domains/attribution/index.ts';
import { insertTouchpoints } from '#domains/attribution/store.ts';
import { mergeLeads, splitLead } from '#domains/merges/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const NUMBERS = Array.from({ length: 6 }, (_, n) => `+1415555010${n}`);
const moment = (n: number) => new Date(Date.UTC(2026, 2, 2, 0, n));

interface Arrived {
  id: string;
  own: string;
  at: number;
  good: boolean;
  none: boolean;
}

/** What is to be expected. */
function openModel() {
  const parents = new Map<string, string | null>();
  const createdAt = new Map<string, number>();
  const arrived: Arrived[] = [];
  const visits = new Map<string, Set<number>>();
  const leadOf = new Map<string, string>();
  const topOf = (id: string): string => {
    const above = parents.get(id);
    return above ? topOf(above) : id;
  };
  const all = () => [...parents.keys()];
  const isBelow = (id: string, above: string): boolean =>
    id === above || (parents.get(id) ? isBelow(parents.get(id) ?? '', above) : false);
  const membersOf = (id: string) => all().filter((one) => isBelow(one, id));
  const before = (a: Arrived, b: Arrived) => a.at - b.at || (a.id < b.id ? -1 : 1);
  const groupOf = (top: string) => {
    const members = membersOf(top);
    return arrived.filter(({ own }) => members.includes(own)).sort(before);
  };
  const statusesOf = (top: string) => {
    const group = groupOf(top);
    const first = group.findIndex(({ good }) => good);
    return group.map(({ id, none }, n) => {
      if (none) return [id, 'NOT_A_LEAD'];
      if (first < 0 || n < first) return [id, 'NOT_SCORED'];
      return [id, n === first ? 'GOOD_LEAD' : 'PREVIOUSLY_MARKED_GOOD_LEAD'];
    });
  };
  const mark = (one: Arrived, wanted: 'GOOD_LEAD' | 'NOT_A_LEAD' | 'NOT_SCORED'): boolean => {
    const top = topOf(one.own);
    const read = new Map(statusesOf(top) as [string, string][]);
    const group = groupOf(top);
    const first = group.find(({ good }) => good);
    if (read.get(one.id) === wanted) return true;
    if (wanted === 'GOOD_LEAD' && first && before(first, one) < 0) return false;
    for (const later of group.filter((each) => before(one, each) < 0)) {
      const status = read.get(later.id);
      if (wanted === 'GOOD_LEAD' && status !== 'PREVIOUSLY_MARKED_GOOD_LEAD') later.good = false;
      if (wanted !== 'GOOD_LEAD' && first === one && status === 'PREVIOUSLY_MARKED_GOOD_LEAD')
        later.good = false;
    }
    one.good = wanted === 'GOOD_LEAD';
    one.none = wanted === 'NOT_A_LEAD';
    return true;
  };
  return {
    parents,
    createdAt,
    arrived,
    visits,
    leadOf,
    topOf,
    all,
    membersOf,
    groupOf,
    statusesOf,
    mark,
  };
}

const step = fc.record({
  what: fc.constantFrom(
    'call',
    'call',
    'call',
    'good',
    'good',
    'none',
    'clear',
    'merge',
    'merge',
    'split',
  ),
  which: fc.nat(1_000),
  other: fc.nat(1_000),
  at: fc.nat(1_000),
});

it('whatever is merged and split, each lead has exactly what is its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
      const people = await town.settle();
      const { accountId, companyId, viewer } = people;
      const sourceId = randomUUID();
      await town.db.prisma.source.create({
        data: { accountId, companyId, id: sourceId, name: 'Ad' },
      });
      const model = openModel();
      const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];
      for (const { what, which, other, at } of steps) {
        if (what === 'call') {
          const number = pick(NUMBERS, which) ?? '';
          const call = await people.arrives(number, moment(at));
          const own = model.leadOf.get(number) ?? call.leadId ?? '';
          if (call.isNew) {
            model.parents.set(own, null);
            model.createdAt.set(own, at);
            model.leadOf.set(number, own);
          }
          expect(call.leadId).toBe(model.topOf(own));
          model.arrived.push({ id: call.id, own, at, good: false, none: false });
          const visit = other % 5;
          const touch = {
            id: visitId(accountId, visit),
            at: moment(visit),
            sourceId,
            interactionId: null,
          };
          await town.db.transaction((tx) => insertTouchpoints(tx, accountId, call.id, [touch]));
          model.visits.set(own, new Set([...(model.visits.get(own) ?? []), visit]));
        } else if (what === 'merge') {
          const [to, from] = [pick(model.all(), which), pick(model.all(), other)];
          if (!to || !from) continue;
          const merging = mergeLeads(town, viewer, { leadId: to, mergedLeadIds: [from] });
          const isDone = model.parents.get(from) === to;
          const isFree = !model.parents.get(to) && (isDone || !model.parents.get(from));
          if (to === from || !isFree) await expect(merging).rejects.toThrow(/itself|merged into/);
          else await merging;
          if (to !== from && isFree) model.parents.set(from, to);
        } else if (what === 'split') {
          const lead = pick(
            model.all().filter((id) => model.parents.get(id)),
            which,
          );
          if (!lead) continue;
          const top = model.topOf(lead);
          expect(await splitLead(town, viewer, { leadId: lead })).toEqual({
            id: lead,
            fromId: top,
          });
          model.parents.set(lead, null);
        } else {
          const one = pick(model.arrived, which);
          if (!one) continue;
          const leadStatus = { good: 'GOOD_LEAD', none: 'NOT_A_LEAD', clear: 'NOT_SCORED' }[
            what
          ] as 'GOOD_LEAD';
          const isTaken = model.mark(one, leadStatus);
          const marking = people.change(one.id, { leadStatus });
          if (isTaken) await marking;
          else await expect(marking).rejects.toThrow(/already made this lead/);
        }
      }
      await compare(people, model);
    }),
    { numRuns: 15, seed: 20_260_302 },
  );
});

const visitId = (accountId: string, n: number) => `${accountId.slice(0, -1)}${n}`;

async function compare(
  { accountId }: { accountId: string },
  model: ReturnType<typeof openModel>,
): Promise<void> {
  const { prisma, pool } = town.db;
  const leads = await prisma.lead.findMany({
    where: { accountId },
    include: {
      identities: true,
      interactions: { orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }] },
    },
  });
  expect(leads.length).toBe(model.parents.size);
  for (const lead of leads) {
    expect(lead.mergedIntoId).toBe(model.parents.get(lead.id));
    if (lead.mergedIntoId) {
      expect([lead.identities, lead.interactions]).toEqual([[], []]);
      continue;
    }
    const members = model.membersOf(lead.id);
    const numbers = [...model.leadOf]
      .filter(([, own]) => members.includes(own))
      .map(([number]) => number);
    expect(lead.identities.map(({ value }) => value).sort()).toEqual(numbers.sort());
    const statuses = model.statusesOf(lead.id);
    expect(lead.interactions.map(({ id, leadStatus }) => [id, leadStatus])).toEqual(statuses);
    const good = statuses.find(([, status]) => status === 'GOOD_LEAD')?.[0] ?? null;
    const isNone = statuses.some(([, status]) => status === 'NOT_A_LEAD');
    expect(lead.goodInteractionId).toBe(good);
    expect(lead.qualifiedAt === null).toBe(good === null);
    expect(lead.status).toBe(good ? 'GOOD_LEAD' : isNone ? 'NOT_A_LEAD' : 'NOT_SCORED');
    const first = Math.min(...members.map((id) => model.createdAt.get(id) ?? Number.NaN));
    expect(lead.createdAt).toEqual(moment(first));
    const visits = [...new Set(members.flatMap((id) => [...(model.visits.get(id) ?? [])]))].sort();
    const journeys = await journeysOf(
      pool,
      accountId,
      lead.interactions.map(({ id }) => id),
    );
    for (const { touchpoints, occurredAt } of journeys) {
      const until = visits.filter((visit) => moment(visit) <= occurredAt);
      expect(touchpoints.map(({ id }) => id)).toEqual(until.map((n) => visitId(accountId, n)));
    }
  }
}
