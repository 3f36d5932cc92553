// A chat whose visitor says later who they are is judged once more: by the person's history, and however often the job comes.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';

const web = await openWebsite();
const { prisma } = web.db;
const job = attributeInteractionHandler(web);
const AD = { url: `${ORIGIN}/?gclid=one` };

type Site = Awaited<ReturnType<typeof web.settle>>;

/** Somebody whom an ad brought calls over the number that they were shown. */
async function aCaller(site: Site) {
  const { accountId, companyId } = site;
  const pool = await site.tracker({ size: 1 });
  const { body } = await site.browser().visits(AD);
  const to = body.swaps[0].number;
  const { id, leadId } = await site.arrives('+14155550136');
  await prisma.call.create({
    data: {
      ...{ accountId, id, companyId, trackerId: pool.id, from: '+14155550136', to, machine: {} },
      ...{ direction: 'INBOUND', state: 'ENDED', carrierSessionId: randomUUID() },
      ...{ startedAt: web.clock.now(accountId), firstCall: true, priorCalls: 0 },
    },
  });
  expect(await job.run({ accountId, interactionId: id }, {} as never)).toBe('NUMBER_HELD');
  return leadId ?? '';
}

/** A chat of a browser that nobody knows, opened without a visit. */
async function aChat({ accountId, companyId }: Site) {
  web.clock.advance(60_000);
  const [id, at] = [randomUUID(), web.clock.now(accountId)];
  const interaction = { accountId, id, companyId, occurredAt: at };
  await prisma.interaction.create({ data: { ...interaction, kind: 'CHAT' } });
  await prisma.chat.create({
    data: {
      ...{ accountId, id, companyId, state: 'OPEN', pageUrl: `${ORIGIN}/` },
      ...{ lastMessageAt: at, lastSeq: 0 },
    },
  });
  return id;
}

/** All that a run of the job may write. */
async function written(site: Site, id: string, leadId: string) {
  const { accountId } = site;
  const { sourceId, version } = await site.interaction(id);
  const where = { accountId, leadId };
  return {
    ...{ sourceId, version },
    attribution: await prisma.attribution.findFirst({ where: { accountId, id } }),
    touchpoints: await prisma.touchpoint.findMany({ where, orderBy: { id: 'asc' } }),
    told: (await site.told(`chat:${id}`)).map(({ type }) => type),
  };
}

it('is put down to that history by every run of the job, and told of once', async () => {
  const site = await web.settle();
  const { accountId } = site;
  const leadId = await aCaller(site);
  const id = await aChat(site);
  expect(await job.run({ accountId, interactionId: id }, {} as never)).toBe('UNKNOWN');
  await prisma.interaction.update({
    where: { accountId_id: { accountId, id } },
    data: { leadId, ownLeadId: leadId },
  });

  const again = { accountId, interactionId: id, again: true };
  expect(await job.run(again, {} as never)).toBe('CALLER_HISTORY');
  const first = await written(site, id, leadId);
  expect(first).toMatchObject({
    attribution: { basis: 'CALLER_HISTORY', confidence: 600_000 },
    touchpoints: [{ interactionId: null }],
    told: ['chat.updated'],
  });
  // the worker was killed before the queue knew that it had done
  expect(await job.run(again, {} as never)).toBe('CALLER_HISTORY');
  expect(await written(site, id, leadId)).toEqual(first);
});
