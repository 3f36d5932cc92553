// Rules that ask what brought an interaction, at the moment at which that is being found out.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { momentOf } from '#domains/automation/moments.ts';
import { formSubmitted } from '#domains/forms/events.ts';
import { formUpdated } from '#domains/interactions/events.ts';
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

it('are asked again of a form that had overtaken the visit that brings its source, once that is judged', async () => {
  const people = await desk.settle();
  await people.rule({ ...BY_SOURCE, triggers: ['FORM_SUBMITTED'] });
  const { accountId, companyId } = people;
  const [id, visitorId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
  const at = desk.clock.now(accountId);
  const where = { accountId_id: { accountId, id } };
  await prisma.interaction.create({
    data: { accountId, id, companyId, kind: 'FORM', occurredAt: at },
  });
  await prisma.formSubmission.create({
    data: {
      ...{ accountId, id, companyId, fields: [], submittedAt: at, isFirst: false, spamScore: 0 },
      ...{ formId: '', formName: '', formAction: '', pageUrl: '' },
    },
  });
  const tells = (more: object, definition: typeof formSubmitted | typeof formUpdated) =>
    people.tells(definition, `form:${id}`, { formSubmissionId: id, ...more });
  const sent = await tells({ isFirst: false, spamScore: 0 }, formSubmitted);
  await prisma.attribution.create({
    data: { accountId, id, basis: 'UNKNOWN', confidence: 0, candidates: [] },
  });
  expect(await people.judge(sent)).toBe('nothing-fired');
  // its copy brings visit and source
  const source = { accountId, id: randomUUID(), companyId, name: 'Google Ads' };
  await prisma.source.create({ data: source });
  const visitor = { accountId, id: visitorId, companyId, firstSeenAt: at, lastSeenAt: at };
  await prisma.visitor.create({ data: visitor });
  await prisma.visitorSession.create({
    data: {
      ...{ accountId, id: sessionId, companyId, visitorId, sourceId: source.id },
      ...{ startedAt: at, lastSeenAt: at, landingUrl: '', referrer: '' },
      ...{ network: 'Google', sourceName: 'Google Ads', medium: 'cpc', campaign: '', term: '' },
      ...{ content: '', ruleId: 'google.gclid', device: 'DESKTOP' as const, setsSource: true },
    },
  });
  await prisma.formSubmission.update({ where, data: { sessionId } });
  await prisma.interaction.update({ where, data: { sourceId: source.id } });
  const told = await tells({ changes: ['session', 'source'] }, formUpdated);
  await expect(people.judge(told)).rejects.toThrow(NotYet);
  await prisma.attribution.update({ where, data: { basis: 'SESSION_KNOWN', sessionId } });
  expect(await people.judge(told, desk, 2)).toBe('fired');
  const other = { formSubmissionId: id, changes: ['note'] };
  expect(momentOf({ type: 'form.updated', payload: other })).toBe(null);
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
