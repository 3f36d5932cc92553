// Rules that ask what brought an interaction, at the moment at which that is being found out.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { NotYet } from '#platform/jobs/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { prisma } = desk.db;
const BY_SOURCE = { name: 'Ads', conditions: [{ about: 'SOURCE', values: ['Google Ads'] }] };

type People = Awaited<ReturnType<typeof desk.settle>>;

/** As the attribution's job leaves it. */
async function isAttributed({ accountId, companyId }: People, id: string) {
  const source = { accountId, id: randomUUID(), companyId, name: 'Google Ads' };
  await prisma.source.create({ data: source });
  const where = { accountId_id: { accountId, id } };
  await prisma.interaction.update({ where, data: { sourceId: source.id } });
  await prisma.attribution.create({
    data: { accountId, id, basis: 'TRACKER', confidence: 0, candidates: [] },
  });
}

it('wait until it is known, and go by that', async () => {
  const people = await desk.settle();
  await people.rule(BY_SOURCE);
  const { callId, id, eventId } = await people.endsCall();
  await expect(people.judge(eventId)).rejects.toThrow(NotYet);
  expect(await people.explain(id)).toEqual([]);
  await isAttributed(people, callId);
  expect(await people.judge(eventId, desk, 2)).toBe('fired');
  expect(await people.explain(id)).toMatchObject([
    { outcome: 'FIRED', conditions: [{ isMet: true, actual: 'Google Ads' }] },
  ]);
});

it('go by what there is where it is not found out in time', async () => {
  const people = await desk.settle();
  await people.rule(BY_SOURCE);
  const { id, eventId } = await people.endsCall();
  await expect(people.judge(eventId, desk, 8)).rejects.toThrow(NotYet);
  expect(await people.judge(eventId, desk, 9)).toBe('nothing-fired');
  expect(await people.explain(id)).toMatchObject([{ conditions: [{ actual: 'none' }] }]);
});

it('do not wait for what never comes: of what the company began', async () => {
  const people = await desk.settle();
  await people.rule(BY_SOURCE);
  const { callId, eventId } = await people.endsCall();
  const where = { accountId_id: { accountId: people.accountId, id: callId } };
  await prisma.call.update({ where, data: { direction: 'OUTBOUND' } });
  expect(await people.judge(eventId)).toBe('nothing-fired');
});

it('keep no others waiting: of other companies, of other moments, or of rules that ask nothing of it', async () => {
  const people = await desk.settle();
  await people.rule({ name: 'Any' });
  await people.rule({ ...BY_SOURCE, triggers: ['FORM_SUBMITTED'] });
  await people.rule({
    ...BY_SOURCE,
    companyIds: [encodeGlobalId('Company', people.otherCompanyId)],
  });
  const { eventId } = await people.endsCall();
  expect(await people.judge(eventId)).toBe('fired');
});
