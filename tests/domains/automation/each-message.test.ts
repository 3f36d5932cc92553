// Rules at moments of messages: each fires for a message once, however often that one is judged, and again for the next one.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../demo/api.ts';
import { openMessagesDesk } from './messages-desk.ts';

const desk = await openMessagesDesk();
const { prisma } = desk.db;
const outcomeOf = ({ outcome }: Data) => outcome;
const EMERGENCY = [{ about: 'TEXT', values: ['emergency'] }];

describe('a rule on texts', () => {
  it('fires for each that it looks for, and once for one and the same', async () => {
    const { rule, texts, judge, call, conversation, told, conversationId } = await desk.settle();
    const actions = [
      { kind: 'ADD_TAGS', tags: ['Urgent'] },
      { kind: 'SET_LEAD_STATUS', leadStatus: 'GOOD_LEAD' },
      { kind: 'SCORE', points: 3 },
    ];
    await rule({ triggers: ['MESSAGE_RECEIVED'], conditions: EMERGENCY, actions });
    const may = await texts('An emergency!');
    expect(await judge(may)).toBe('fired');
    expect(await judge(may)).toBe('already-done');
    expect(await judge(await texts('Thank you.'))).toBe('nothing-fired');
    const june = await texts('Emergency again');
    const judged = await Promise.all([1, 2].map(() => judge(june)));
    expect(judged.sort()).toEqual(['already-done', 'fired']);
    expect(await judge(may)).toBe('already-done');
    const { tags, leadStatus, ruleScore, ruleRuns } = await call(conversation);
    expect({ tags, leadStatus }).toEqual({ tags: [{ name: 'Urgent' }], leadStatus: 'GOOD_LEAD' });
    expect(ruleRuns).toHaveLength(2);
    const outcomes = ruleRuns.map(({ actions: done }: Data) => done.map(outcomeOf));
    expect(outcomes).toEqual([
      ['DONE_BEFORE', 'DONE_BEFORE', 'DONE'],
      ['DONE', 'DONE', 'DONE'],
    ]);
    // points of a rule count once
    expect(ruleScore).toBe(3);
    const types = (await told(`conversation:${conversationId}`)).map(({ type }) => type);
    expect(types.filter((type) => type === 'rule.fired')).toHaveLength(2);
    // what the first one did stood when the second one came
    expect(types.filter((type) => type === 'conversation.updated')).toHaveLength(2);
  });

  it('is explained by the newest text, with what it did for that one', async () => {
    const { rule, texts, judge, call, explain, conversation } = await desk.settle();
    await rule({ triggers: ['MESSAGE_RECEIVED'], conditions: EMERGENCY });
    await judge(await texts('An emergency!'));
    desk.clock.advance(1_000);
    await judge(await texts('An emergency, really!'));
    const [newest] = (await call(conversation)).ruleRuns;
    expect(await explain(conversation)).toMatchObject([
      { outcome: 'FIRED', run: { id: newest.id }, conditions: [{ isMet: true }] },
    ]);
    desk.clock.advance(1_000);
    await judge(await texts('Thank you.'));
    expect(await explain(conversation)).toMatchObject([{ outcome: 'NOT_MET', run: null }]);
  });

  it('has no second run for a message or an interaction, whoever writes one', async () => {
    const { rule, texts, judge, accountId } = await desk.settle();
    await rule({ triggers: ['MESSAGE_RECEIVED'] });
    await judge(await texts('Hello'));
    const run = await prisma.ruleRun.findFirstOrThrow({ where: { accountId } });
    const again = (messageId: string | null) =>
      prisma.ruleRun.create({
        data: { ...run, outcomes: [], id: randomUUID(), messageId },
      });
    await expect(again(run.messageId)).rejects.toThrow(/unique/i);
    await again(null);
    await expect(again(null)).rejects.toThrow(/unique/i);
  });
});

describe('a rule on what is written in a chat', () => {
  it('fires for each message of the visitor that it looks for, and for none of an agent', async () => {
    const { rule, writes, opens, judge, call, chat } = await desk.settle();
    await rule({ triggers: ['CHAT_MESSAGE_RECEIVED'], conditions: EMERGENCY });
    expect(await judge(await opens())).toBe('no-rules');
    expect(await judge(await writes('Hello'))).toBe('nothing-fired');
    expect(await judge(await writes('An emergency'))).toBe('fired');
    expect(await judge(await writes('An emergency?', 'AGENT'))).toBe('gone');
    expect(await judge(await writes('Yes'))).toBe('nothing-fired');
    expect(await judge(await writes('Emergency!'))).toBe('fired');
    expect((await call(chat)).ruleRuns).toMatchObject([
      { trigger: 'CHAT_MESSAGE_RECEIVED' },
      { trigger: 'CHAT_MESSAGE_RECEIVED' },
    ]);
  });

  it('that looks at the opening, too, fires once for the message that opens it', async () => {
    const { rule, writes, opens, judge } = await desk.settle();
    await rule({ triggers: ['CHAT_OPENED', 'CHAT_MESSAGE_RECEIVED'], conditions: EMERGENCY });
    const [opened, message] = [await opens(), await writes('An emergency')];
    expect(await judge(opened)).toBe('no-rules');
    expect(await judge(message)).toBe('fired');
    // ended, and taken up again
    const [reopened, again] = [await opens(), await writes('The emergency goes on')];
    expect(await judge(reopened)).toBe('no-rules');
    expect(await judge(again)).toBe('fired');
  });
});
