// What lasts is done once by a version of a rule: people who go on from there find no message undoing what they did.
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../demo/api.ts';
import { openMessagesDesk } from './messages-desk.ts';

const desk = await openMessagesDesk();
const MESSAGES = ['MESSAGE_RECEIVED', 'CHAT_MESSAGE_RECEIVED'];
const ASSIGN = `mutation($input: AssignInteractionsInput!) { assignInteractions(input: $input) { userErrors { code } } }`;
const UPDATE = `mutation($input: UpdateConversationInput!) { updateConversation(input: $input) { userErrors { code } } }`;
type Desk = Awaited<ReturnType<typeof desk.settle>>;

/** People hand it to somebody. */
async function assigns({ run }: Desk, id: string, assigneeId: string) {
  const input = { interactionIds: [id], assigneeId };
  expect((await run(ASSIGN, { input })).data.assignInteractions.userErrors).toEqual([]);
}

/** People change the conversation. */
async function updates({ run, conversation }: Desk, fields: object) {
  const input = { conversationId: conversation, ...fields };
  expect((await run(UPDATE, { input })).data.updateConversation.userErrors).toEqual([]);
}

/** What became of each action of each run, the newest first. */
const outcomesOf = (interaction: Data) =>
  interaction.ruleRuns.map((run: Data) => run.actions.map(({ outcome }: Data) => outcome));

describe('what people change', () => {
  it('after a rule stands at the next text, and they are told of that one all the same', async () => {
    const settled = await desk.settle();
    const { rule, member, texts, judge, call, conversation, conversationId, told } = settled;
    const [anna, bob] = [await member(), await member()];
    await rule({
      triggers: MESSAGES,
      actions: [
        { kind: 'ASSIGN', userId: anna.id },
        { kind: 'SET_LEAD_STATUS', leadStatus: 'GOOD_LEAD' },
        { kind: 'SET_VALUE', valueCents: 100 },
        { kind: 'ADD_TAGS', tags: ['New'] },
        { kind: 'REMOVE_TAGS', tags: ['Old'] },
        { kind: 'NOTIFY', userIds: [anna.id] },
      ],
    });
    await judge(await texts('Hello'));
    expect(await call(conversation)).toMatchObject({
      ...{ leadStatus: 'GOOD_LEAD', value: { amountCents: 100 }, tags: [{ name: 'New' }] },
      inbox: { assignee: { id: anna.id } },
    });
    await assigns(settled, conversation, bob.id);
    await updates(settled, { leadStatus: 'NOT_A_LEAD', valueCents: 900, tags: ['Old'] });
    expect(await judge(await texts('Are you there?'))).toBe('fired');
    const now = await call(conversation);
    expect(now).toMatchObject({
      ...{ leadStatus: 'NOT_A_LEAD', value: { amountCents: 900 }, tags: [{ name: 'Old' }] },
      inbox: { assignee: { id: bob.id } },
    });
    expect(outcomesOf(now)).toEqual([
      [...Array(5).fill('DONE_BEFORE'), 'DONE'],
      Array(6).fill('DONE'),
    ]);
    expect(now.ruleRuns[0].actions[0]).toMatchObject({
      code: null,
      reason: expect.stringContaining('did so before'),
    });
    const fired = (await told(`conversation:${conversationId}`)).filter(
      ({ type }) => type === 'rule.fired',
    );
    expect(fired.map(({ payload }) => (payload as Data).userIds)).toEqual(
      Array(2).fill([anna.userId]),
    );
  });

  it('stands at the end of a chat, too, of a rule that looks at its messages and at that', async () => {
    const settled = await desk.settle();
    const { rule, member, writes, ends, judge, call, chat } = settled;
    const [anna, bob] = [await member(), await member()];
    const actions = [{ kind: 'ASSIGN', userId: anna.id }];
    await rule({ triggers: ['CHAT_MESSAGE_RECEIVED', 'CHAT_ENDED'], actions });
    await judge(await writes('Hello'));
    await assigns(settled, chat, bob.id);
    expect(await judge(await ends())).toBe('fired');
    const now = await call(chat);
    expect(now.inbox.assignee).toEqual({ id: bob.id });
    expect(outcomesOf(now)).toEqual([['DONE_BEFORE'], ['DONE']]);
  });

  it('gives way to a rule that says something else since, or had not fired yet', async () => {
    const settled = await desk.settle();
    const { rule, mutate, member, texts, judge, call, conversation } = settled;
    const [anna, bob, carl] = [await member(), await member(), await member()];
    const assign = (userId: string) => [{ kind: 'ASSIGN', userId }];
    const later = { triggers: MESSAGES, position: 2, actions: assign(anna.id) };
    const { id: automationRuleId } = await rule(later);
    await judge(await texts('Hello'));
    await rule({ triggers: MESSAGES, position: 1, actions: assign(carl.id) });
    await judge(await texts('Are you there?'));
    // the later rule has acted before, so it takes nothing back
    expect((await call(conversation)).inbox.assignee).toEqual({ id: carl.id });
    await mutate('updateAutomationRule', { automationRuleId, actions: assign(bob.id) });
    await judge(await texts('Hello?'));
    expect((await call(conversation)).inbox.assignee).toEqual({ id: bob.id });
  });
});

describe('what a rule did', () => {
  it('and another one took back at once is done, and does not come back with the next text', async () => {
    const { rule, member, texts, judge, call, conversation } = await desk.settle();
    const [anna, bob] = [await member(), await member()];
    for (const [n, one] of [anna, bob].entries()) {
      const actions = [{ kind: 'ASSIGN', userId: one.id }];
      await rule({ triggers: MESSAGES, position: n + 1, name: `Rule ${n}`, actions });
    }
    for (const text of ['Hello', 'Are you there?']) await judge(await texts(text));
    const now = await call(conversation);
    expect(now.inbox.assignee).toEqual({ id: bob.id });
    expect(outcomesOf(now).flat().sort()).toEqual([
      ...['DONE', 'DONE_BEFORE', 'DONE_BEFORE', 'OVERRULED'],
    ]);
  });

  it('not do, as it was refused, is tried again with the next text, and once it is done no more', async () => {
    const settled = await desk.settle();
    const { rule, texts, judge, call, conversation } = settled;
    await rule({ triggers: MESSAGES, actions: [{ kind: 'ADD_TAGS', tags: ['New'] }] });
    const set = (tags: string[]) => updates(settled, { tags });
    await set(Array.from({ length: 50 }, (_, n) => `Tag ${n}`));
    await judge(await texts('Hello'));
    await set([]);
    await judge(await texts('Are you there?'));
    expect((await call(conversation)).tags).toEqual([{ name: 'New' }]);
    await set([]);
    await judge(await texts('Hello?'));
    const now = await call(conversation);
    expect(now.tags).toEqual([]);
    expect(outcomesOf(now)).toEqual([['DONE_BEFORE'], ['DONE'], ['REFUSED']]);
  });
});
