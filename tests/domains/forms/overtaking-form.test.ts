// A form that comes before the visit that it was sent in: its next copy, behind the visit, brings visit and source.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { attributeInteractions } from '#domains/attribution/reactions.ts';
import { ORIGIN } from '#tests/domains/visitors/website.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk();
const AD = { url: `${ORIGIN}/?gclid=abc` };

const MADE_BY = `query($id: ID!) { node(id: $id) { ... on Lead { milestones {
  leadCreated { source { name } } } } } }`;

/** The forms of an account, and what was told of them. */
async function written(accountId: string) {
  const forms = await desk.db.prisma.formSubmission.findMany({ where: { accountId } });
  const events = await desk.db.prisma.event.findMany({
    where: { accountId, type: { startsWith: 'form.' } },
    orderBy: { seq: 'asc' },
  });
  return { forms, events };
}

it('has both by the copy that comes behind it, told of once, and is attributed once more', async () => {
  const { browser, viewer, accountId } = await desk.settle();
  const ada = browser();
  const sends = () => ada.sends({ email: 'ada@example.com' }, form);
  const form = { id: randomUUID(), session: null, at: desk.clock.now(accountId).getTime() };
  await sends();
  expect(await desk.forms(viewer)).toMatchObject([{ session: null, source: null, version: 1 }]);
  // its visit has still not come
  await sends();
  await ada.visits(AD);
  await sends();
  await sends();
  expect(await desk.forms(viewer)).toMatchObject([
    { source: { name: 'Google Ads' }, version: 2, isFirst: true },
  ]);
  const { forms, events } = await written(accountId);
  expect(forms).toMatchObject([{ sessionId: ada.session() }]);
  expect(events).toMatchObject([
    { type: 'form.submitted', subjectVersion: 1 },
    { type: 'form.updated', subjectVersion: 2, payload: { changes: ['session', 'source'] } },
  ]);
  const jobs = events.map((event) => attributeInteractions.payload(event as never));
  const job = { accountId, interactionId: forms[0]?.id };
  expect(jobs).toEqual([job, { ...job, again: true }]);
});

it('is first though a bot sent one in the same name before, which is none', async () => {
  const { browser, viewer } = await desk.settle();
  await browser().sends({ email: 'ada@example.com' }, { trap: 'filled' });
  desk.clock.advance(60_000);
  await browser().sends({ email: 'ada@example.com' });
  desk.clock.advance(60_000);
  await browser().sends({ email: 'ada@example.com', message: 'and this' });
  const forms = await desk.forms(viewer);
  expect(forms.map(({ isFirst }: { isFirst: boolean }) => isFirst)).toEqual([false, true, false]);
});

it('stays when it was sent, and the visit that it overtook is what brought it and made its lead', async () => {
  const { browser, viewer, accountId } = await desk.settle();
  const job = attributeInteractionHandler(desk);
  const attribute = async (again = false) => {
    const [sent] = (await written(accountId)).forms;
    return job.run({ accountId, interactionId: sent?.id ?? '', again }, {} as never);
  };
  const ada = browser();
  const sends = () => ada.sends({ email: 'ada@example.com' }, form);
  const form = { id: randomUUID(), session: null, at: desk.clock.now(accountId).getTime() };
  await sends();
  expect(await attribute()).toBe('UNKNOWN');
  desk.clock.advance(1_000);
  await ada.visits(AD);
  await sends();
  expect(await attribute(true)).toBe('SESSION_KNOWN');
  const visit = await desk.db.prisma.visitorSession.findFirstOrThrow({ where: { accountId } });
  const [{ submittedAt, lead }] = await desk.forms(viewer);
  const at = new Date(submittedAt);
  expect(visit.startedAt.getTime() - at.getTime()).toBe(1_000);
  expect(await desk.db.prisma.touchpoint.findMany({ where: { accountId } })).toMatchObject([
    { id: visit.id, at, sourceId: visit.sourceId, interactionId: null },
  ]);
  const { node } = await desk.ask(viewer, MADE_BY, { id: lead.id });
  expect(node.milestones.leadCreated).toMatchObject({ source: { name: 'Google Ads' } });
});

it('one that was sent without consent stays without, and one that has a visit has no other', async () => {
  const { browser, accountId } = await desk.settle();
  const [ada, bob] = [browser(), browser()];
  const [told, known] = [{ id: randomUUID(), consent: 'denied' }, { id: randomUUID() }];
  await ada.visits(AD);
  await ada.sends({ email: 'ada@example.com' }, told);
  await ada.sends({ email: 'ada@example.com' }, { ...told, consent: 'granted' });
  await bob.visits(AD);
  await bob.sends({ email: 'bob@example.com' }, known);
  const before = await written(accountId);
  await ada.sends({ email: 'ada@example.com' }, known);
  expect(await written(accountId)).toEqual(before);
  expect(before.forms.map(({ sessionId }) => sessionId)).toEqual(
    expect.arrayContaining([null, bob.session()]),
  );
});
