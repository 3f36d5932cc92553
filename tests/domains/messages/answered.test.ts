// An agent's text answers: the timer of the inbox stops when it leaves, and starts when they write again. Whatever people
// and texts do to a conversation, its own state and its place in the inbox are one.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepInboxHandler } from '#domains/interactions/index.ts';
import { CarrierRefused, CarrierUnreachable } from '#platform/carrier/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const MINUTE = 60_000;
const ANSWER_WITHIN = 30;
const PLACES = `query($states: [InboxState!]) { inbox(filter: { states: $states }) {
  nodes { id inbox { state snoozedUntil answeredAt answerDueAt isOverdue isRead } } } }`;

const keep = () =>
  keepInboxHandler(desk).run({}, { signal: new AbortController().signal } as never);

/** A company that answers within half an hour, its agent, and a conversation that has just begun. */
async function settle() {
  const people = await desk.settle(1);
  const { accountId, companyId, agentId, viewer } = people;
  const { userId } = await desk.db.prisma.agent.findFirstOrThrow({ where: { id: agentId } });
  const agent: Viewer = { ...viewer, role: 'AGENT', actor: { kind: 'user', id: userId } };
  const company = encodeGlobalId('Company', companyId);
  const setting = { companyId: company, answerWithinMinutes: ANSWER_WITHIN };
  await desk.change(viewer, 'updateInboxSettings', setting, '');
  await people.texts('Is my door ready?');
  const [{ id }] = await people.conversations();
  const place = async () => (await desk.ask(agent, PLACES)).inbox.nodes[0].inbox;
  const says = (input: object = {}) =>
    desk.change(
      agent,
      'sendMessage',
      { conversationId: id, text: 'It is.', ...input },
      'message { id }',
    );
  const moves = (state: string, minutes?: number) => {
    const until = desk.clock.now(accountId).getTime() + (minutes ?? 0) * MINUTE;
    const snoozedUntil = minutes === undefined ? null : new Date(until).toISOString();
    const input = { interactionIds: [id], state, snoozedUntil };
    return desk.change(agent, 'moveInteractions', input, '');
  };
  const counts = async (as = agent) =>
    (await desk.ask(as, '{ inboxCounts { active unread overdue } }')).inboxCounts;
  const overdueAt = async () => {
    await keep();
    return (await desk.db.prisma.interaction.findFirstOrThrow({ where: { accountId } })).overdueAt;
  };
  return { ...people, agent, id, place, says, moves, counts, overdueAt };
}

it('stops the timer when it has left, and is read by who wrote it', async () => {
  const { says, dispatch, place, counts, viewer, texts, accountId, overdueAt } = await settle();
  expect(await counts()).toEqual({ active: 1, unread: 1, overdue: 0 });
  desk.clock.advance(ANSWER_WITHIN * MINUTE);
  expect(await counts()).toEqual({ active: 1, unread: 1, overdue: 1 });
  await says();
  expect(await place()).toMatchObject({ isOverdue: true, isRead: true, answeredAt: null });
  expect(await dispatch()).toEqual(['sent']);
  const answeredAt = desk.clock.now(accountId).toISOString();
  expect(await place()).toMatchObject({ state: 'ACTIVE', isOverdue: false, answeredAt });
  expect(await counts()).toEqual({ active: 1, unread: 0, overdue: 0 });
  // others have not seen it
  expect((await counts(viewer)).unread).toBe(1);
  expect(await overdueAt()).toBeNull();
  desk.clock.advance(MINUTE);
  await says();
  await dispatch();
  expect(await place()).toMatchObject({ answeredAt });
  await texts('And my window?');
  expect(await place()).toMatchObject({ isRead: false, answeredAt: null, isOverdue: false });
  desk.clock.advance(ANSWER_WITHIN * MINUTE);
  expect(await overdueAt()).toEqual(desk.clock.now(accountId));
});

it('is none when it does not leave, when they have written since, or when the server says it', async () => {
  const { says, dispatch, place, texts, receipt } = await settle();
  await says();
  desk.line.fault = () => new CarrierRefused(400, '40310', 'No');
  await dispatch();
  expect(await place()).toMatchObject({ answeredAt: null });
  desk.line.fault = null;
  await says({ sendAt: new Date(desk.clock.now('').getTime() + MINUTE).toISOString() });
  expect(await place()).toMatchObject({ answeredAt: null });
  desk.clock.advance(MINUTE);
  desk.line.fault = () => new CarrierUnreachable('The carrier did not answer.');
  expect(await dispatch()).toEqual(['unanswered']);
  desk.line.fault = null;
  desk.clock.advance(1);
  await texts('HELP');
  await receipt('message.finalized', 'delivered');
  expect(await dispatch()).toEqual(['sent']);
  expect(desk.line.sent.at(-1)?.text).toContain('for help');
  expect(await place()).toMatchObject({ answeredAt: null });
  await texts('STOP');
  await dispatch();
  expect(await place()).toMatchObject({ answeredAt: null });
});

const deeds = fc.oneof(
  fc.record({ deed: fc.constantFrom('texts', 'answers', 'answers', 'stops', 'keeps') }),
  fc.record({ deed: fc.constant('moves'), to: fc.constantFrom('ACTIVE', 'REVIEWED') }),
  fc.record({ deed: fc.constant('snoozes'), minutes: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ deed: fc.constant('waits'), minutes: fc.integer({ min: 1, max: 40 }) }),
);
type Deed = { deed: string; to?: string; minutes?: number };

it('the state of a conversation is its place in the inbox, and moves by the inbox alone', async () => {
  const { texts, says, moves, dispatch, place, id, conversations, agent } = await settle();
  let answers = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 6, maxLength: 10 }), async (story: Deed[]) => {
      await texts('START');
      let model = { state: 'ACTIVE', until: 0, answered: false };
      for (const { deed, to = '', minutes = 0 } of story) {
        desk.clock.advance(1_000);
        const now = desk.clock.now('').getTime();
        if (deed === 'texts' || deed === 'stops') {
          await texts(deed === 'stops' ? 'STOP' : 'START');
          model = { state: 'ACTIVE', until: 0, answered: false };
        }
        if (deed === 'answers' && (await says()).message) {
          model.answered = true;
          answers += 1;
        }
        await dispatch();
        if (deed === 'moves') {
          await moves(to);
          model = { state: to, until: 0, answered: model.answered || to === 'REVIEWED' };
        }
        if (deed === 'snoozes') {
          await moves('SNOOZED', minutes);
          model = { ...model, state: 'SNOOZED', until: now + minutes * MINUTE };
        }
        if (deed === 'waits') desk.clock.advance(minutes * MINUTE);
        if (deed === 'keeps') {
          await keep();
          if (model.state === 'SNOOZED' && model.until <= now) model.state = 'ACTIVE';
        }
        const { state, answeredAt } = await place();
        expect({ state, answered: answeredAt !== null }).toEqual({
          state: model.state,
          answered: model.answered,
        });
        for (const states of [['ACTIVE'], ['REVIEWED', 'SNOOZED']]) {
          const isThere = states.includes(model.state) ? [{ id }] : [];
          expect(await conversations({ states })).toMatchObject(isThere);
          const { inbox } = await desk.ask(agent, PLACES, { states });
          expect(inbox.nodes).toMatchObject(isThere);
        }
      }
    }),
    { seed: 7, numRuns: 5 },
  );
  expect(answers).toBeGreaterThan(2);
});
