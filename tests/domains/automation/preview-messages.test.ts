// A rule on messages held against what came in before: by each message alone, as it is judged when one comes.
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../demo/api.ts';
import { openMessagesDesk } from './messages-desk.ts';

const desk = await openMessagesDesk();
const PREVIEW = `query($automationRuleId: ID, $rule: RuleDraftInput, $occurredFrom: DateTime!, $occurredBefore: DateTime!) {
  previewAutomationRule(automationRuleId: $automationRuleId, rule: $rule, occurredFrom: $occurredFrom,
    occurredBefore: $occurredBefore) { nodes { outcome interaction { id } conditions { isMet actual } } } }`;
const SPAN = {
  occurredFrom: '2026-03-01T00:00:00.000Z',
  occurredBefore: '2026-03-31T00:00:00.000Z',
};
const actions = [{ kind: 'SCORE', points: 1 }];
const has = (value: string) => ({ about: 'TEXT', values: [value] });
const hasNot = (value: string) => ({ ...has(value), isNot: true });

/** What a preview tells of each interaction. */
async function previews(
  { run }: Awaited<ReturnType<typeof desk.settle>>,
  asked: object,
): Promise<Data[]> {
  return (await run(PREVIEW, { ...SPAN, ...asked })).data.previewAutomationRule.nodes;
}

describe('a preview at moments of messages', () => {
  it('takes no words of two messages together', async () => {
    const settled = await desk.settle();
    await settled.texts('An emergency!');
    await settled.texts('What is the price?');
    const rule = (...conditions: object[]) => ({
      rule: { triggers: ['MESSAGE_RECEIVED'], conditions, actions },
    });
    expect(await previews(settled, rule(has('emergency'), has('price')))).toEqual([]);
    // one of them has no emergency in it, though another has
    expect(await previews(settled, rule(has('price'), hasNot('emergency')))).toEqual([
      {
        ...{ outcome: 'WOULD_FIRE', interaction: { id: settled.conversation } },
        conditions: [
          { isMet: true, actual: 'found in number 1, 1 text of 18 letters' },
          { isMet: true, actual: 'not found, 1 text of 18 letters' },
        ],
      },
    ]);
  });

  it('tells of the newest message that meets it, and where none does any more, of the newest', async () => {
    const settled = await desk.settle();
    const { rule, judge, texts } = settled;
    const triggers = ['MESSAGE_RECEIVED'];
    const { id: automationRuleId } = await rule({ triggers, conditions: [has('emergency')] });
    await judge(await texts('Emergency'));
    await texts('An emergency, really!');
    await texts('Hello?');
    expect(await previews(settled, { automationRuleId })).toMatchObject([
      { outcome: 'FIRED_TOO', conditions: [{ actual: 'found in number 1, 1 text of 21 letters' }] },
    ]);
    const conditions = [has('price')];
    const anew = { automationRuleId, rule: { triggers, conditions, actions } };
    expect(await previews(settled, anew)).toMatchObject([
      {
        outcome: 'WOULD_NOT',
        conditions: [{ isMet: false, actual: expect.stringContaining(' 6 letters') }],
      },
    ]);
  });

  it('judges a rule that looks at messages and at the opening by the messages alone', async () => {
    const settled = await desk.settle();
    await settled.writes('Hello');
    await settled.writes('An emergency!');
    const conditions = [has('hello'), has('emergency')];
    const asked = (triggers: string[]) => ({ rule: { triggers, conditions, actions } });
    const both = ['CHAT_OPENED', 'CHAT_MESSAGE_RECEIVED'];
    expect(await previews(settled, asked(both))).toEqual([]);
    // the whole chat is looked through for one that looks at its opening
    expect(await previews(settled, asked(['CHAT_OPENED']))).toMatchObject([
      { outcome: 'WOULD_FIRE', interaction: { id: settled.chat } },
    ]);
  });

  it('tells of the newest where what does not hold is something else than its words', async () => {
    const settled = await desk.settle();
    const { rule, judge, texts } = settled;
    const tag = { about: 'TAG', values: ['Booked'] };
    const triggers = ['MESSAGE_RECEIVED'];
    const { id: automationRuleId } = await rule({ triggers, actions });
    await judge(await texts('An emergency!'));
    await texts('Hello?');
    const anew = { triggers, actions, conditions: [tag, has('emergency')] };
    expect(await previews(settled, { automationRuleId, rule: anew })).toMatchObject([
      { outcome: 'WOULD_NOT', conditions: [{ isMet: false, actual: 'none' }, { isMet: false }] },
    ]);
  });
});
