// A moment of an interaction: it is judged once, fires what has not fired, and is told of to those who may know.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Data } from '../../../demo/api.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { prisma } = desk.db;
const tag = (...tags: string[]) => ({ kind: 'ADD_TAGS', tags });

describe('a moment', () => {
  it('is judged once, however many jobs come at once', async () => {
    const { accountId, rule, endsCall, judge, call, told } = await desk.settle();
    await rule({});
    const { callId, id, eventId } = await endsCall();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => judge(eventId)));
    expect(outcomes.sort()).toEqual(['already-done', 'already-done', 'already-done', 'fired']);
    expect((await call(id)).ruleRuns).toHaveLength(1);
    expect(await prisma.ruleJudgement.count({ where: { accountId } })).toBe(1);
    expect((await told(`call:${callId}`)).map(({ type }) => type)).toEqual([
      ...['call.ended', 'call.updated', 'rule.fired'],
    ]);
  });

  it('that comes again fires nothing again, but for a rule that says something else', async () => {
    const { rule, mutate, endsCall, tellsEnd, judge, explain, call } = await desk.settle();
    const { id: automationRuleId } = await rule({});
    const { callId, id, eventId } = await endsCall();
    await judge(eventId);
    await mutate('updateAutomationRule', { automationRuleId, name: 'Renamed' });
    await mutate('pauseAutomationRule', { automationRuleId });
    expect(await judge(await tellsEnd(callId))).toBe('no-rules');
    await mutate('resumeAutomationRule', { automationRuleId });
    expect(await judge(await tellsEnd(callId))).toBe('nothing-fired');
    expect(await explain(id)).toMatchObject([
      { outcome: 'FIRED_BEFORE', run: { id: expect.any(String) } },
    ]);
    await mutate('updateAutomationRule', { automationRuleId, actions: [tag('Other')] });
    expect(await judge(await tellsEnd(callId))).toBe('fired');
    expect((await call(id)).ruleRuns.map((run: Data) => run.definitionVersion)).toEqual([2, 1]);
  });

  it('that went by before a rule was made, went on or said something else is left alone, whatever clocks say', async () => {
    const { rule, mutate, endsCall, judge, call } = await desk.settle();
    // another rule has its moments judged
    await rule({ name: 'Other', actions: [tag('Other')] });
    const { id: automationRuleId } = await rule({ name: 'Paused' });
    const { id: changedId } = await rule({ name: 'Changed' });
    await mutate('pauseAutomationRule', { automationRuleId });
    const early = await endsCall();
    await mutate('resumeAutomationRule', { automationRuleId });
    const triggers = ['CALL_ENDED', 'CHAT_ENDED'];
    await mutate('updateAutomationRule', { automationRuleId: changedId, triggers });
    await rule({ name: 'New' });
    const firedFor = async ({ id, eventId }: typeof early) => {
      await judge(eventId);
      return (await call(id)).ruleRuns.map(({ ruleName }: Data) => ruleName).sort();
    };
    expect(await firedFor(early)).toEqual(['Other']);
    // what comes after that is judged, and a rename changes nothing of it
    const late = await endsCall();
    await mutate('updateAutomationRule', { automationRuleId, name: 'Resumed' });
    expect(await firedFor(late)).toEqual(['Changed', 'New', 'Other', 'Paused']);
  });

  it('of any time is judged by rules that stood before their beginnings were kept', async () => {
    const { rule, endsCall, judge, accountId } = await desk.settle();
    const { eventId } = await endsCall();
    await rule({});
    const data = { sinceEpoch: 0, sinceXid: 0 };
    await prisma.automationRule.updateMany({ where: { accountId }, data });
    expect(await judge(eventId)).toBe('fired');
  });

  it('whose job died before its commit leaves nothing, and the next try does all of it', async () => {
    const { rule, endsCall, judge, call } = await desk.settle();
    await rule({});
    const { id, eventId } = await endsCall();
    const { db } = desk;
    const dying = {
      ...desk,
      db: Object.assign(Object.create(db), {
        transaction: (work: Parameters<typeof db.transaction>[0]) =>
          db.transaction(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      }),
    };
    await expect(judge(eventId, dying)).rejects.toThrow('killed');
    expect(await call(id)).toMatchObject({ version: 1, tags: [], ruleRuns: [] });
    expect(await judge(eventId)).toBe('fired');
    expect((await call(id)).ruleRuns).toHaveLength(1);
  });

  it('of another company, or of a call that is gone, fires nothing', async () => {
    const { accountId, rule, otherCompanyId, endsCall, judge } = await desk.settle();
    await rule({ companyIds: [encodeGlobalId('Company', otherCompanyId)] });
    const { callId, eventId } = await endsCall();
    expect(await judge(eventId)).toBe('no-rules');
    await prisma.interaction.delete({ where: { accountId_id: { accountId, id: callId } } });
    expect(await judge(eventId)).toBe('gone');
    expect(await judge('1-1-1')).toBe('gone');
  });
});

describe('what rules did', () => {
  it('is told to those who may keep rules and see the interaction', async () => {
    const { rule, endsCall, judge, call, explain, as, otherCompanyId } = await desk.settle();
    await rule({});
    const { id, eventId } = await endsCall();
    await judge(eventId);
    const { ruleRuns, ruleScore } = await call(id, as({ role: 'AGENT' }));
    expect([ruleRuns, ruleScore]).toEqual([null, null]);
    expect(await explain(id, as({ role: 'AGENT' }))).toBeNull();
    expect(await explain(id, as({ companyIds: [otherCompanyId] }))).toBeNull();
    expect(await explain(id, as({ scopes: ['settings:read'] }))).toBeNull();
    expect(await explain(id)).toHaveLength(1);
  });

  it('goes with the interaction', async () => {
    const { accountId, rule, endsCall, judge } = await desk.settle();
    await rule({});
    const { callId, eventId } = await endsCall();
    await judge(eventId);
    await prisma.interaction.delete({ where: { accountId_id: { accountId, id: callId } } });
    expect(await prisma.ruleJudgement.count({ where: { accountId } })).toBe(0);
    expect(await prisma.ruleRun.count({ where: { accountId } })).toBe(0);
  });
});
