// Rules at a moment: what they do in one piece, what is told of it and why.
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../demo/api.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { prisma } = desk.db;
const tag = (...tags: string[]) => ({ kind: 'ADD_TAGS', tags });

describe('a rule that fires', () => {
  it('does all that it says, in one piece with what tells of it, and says why', async () => {
    const { rule, member, endsCall, judge, call, told } = await desk.settle();
    const robin = await member();
    const { id: ruleId } = await rule({
      name: 'Long calls',
      conditions: [
        { about: 'DURATION_SECONDS', minSeconds: 60 },
        { about: 'OUTCOME', values: ['ANSWERED'] },
      ],
      actions: [
        tag('Hot'),
        { kind: 'SET_LEAD_STATUS', leadStatus: 'GOOD_LEAD' },
        { kind: 'SET_VALUE', valueCents: 12_500 },
        { kind: 'SCORE', points: 7 },
        { kind: 'ASSIGN', userId: robin.id },
        { kind: 'NOTIFY', userIds: [robin.id] },
      ],
    });
    const { callId, id, eventId } = await endsCall();
    expect(await judge(eventId)).toBe('fired');
    expect(await call(id)).toMatchObject({
      ...{ leadStatus: 'GOOD_LEAD', value: { amountCents: 12_500 }, tags: [{ name: 'Hot' }] },
      ...{ inbox: { assignee: { id: robin.id } }, ruleScore: 7 },
      ruleRuns: [
        {
          ...{ ruleName: 'Long calls', definitionVersion: 1, trigger: 'CALL_ENDED', points: 7 },
          ...{ rule: { id: ruleId }, interaction: { id } },
          conditions: [
            { isMet: true, actual: '90 s', condition: { text: 'at least 60 s' } },
            { isMet: true, actual: 'ANSWERED', condition: { text: 'ANSWERED' } },
          ],
          actions: Array(6).fill({ outcome: 'DONE', code: null, reason: null }),
        },
      ],
    });
    const events = await told(`call:${callId}`);
    expect(events.map(({ type }) => type)).toEqual([
      ...['call.ended', 'call.updated', 'call.updated', 'call.updated', 'rule.fired'],
    ]);
    expect(events.map(({ subjectVersion }) => subjectVersion)).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)?.payload).toMatchObject({
      ...{ interactionId: callId, definitionVersion: 1, trigger: 'CALL_ENDED' },
      ...{ userIds: [robin.userId], endpointIds: [] },
    });
    const { accountId } = await prisma.call.findFirstOrThrow({ where: { id: callId } });
    const entries = await prisma.auditEntry.findMany({
      where: { accountId, subject: `call:${callId}` },
    });
    expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set(['system:automation']));
  });

  it('stands beside those that did not, each condition with what was found', async () => {
    const { rule, endsCall, judge, explain, call } = await desk.settle();
    await rule({ name: 'Always' });
    await rule({ name: 'Missed', conditions: [{ about: 'OUTCOME', values: ['MISSED'] }] });
    await rule({ name: 'Forms', triggers: ['FORM_SUBMITTED'] });
    const { id, eventId } = await endsCall();
    await judge(eventId);
    const verdicts = await explain(id);
    const [{ id: runId }] = (await call(id)).ruleRuns;
    expect(verdicts).toEqual([
      {
        ...{ ruleName: 'Always', definitionVersion: 1, trigger: 'CALL_ENDED', outcome: 'FIRED' },
        ...{ conditions: [], run: { id: runId } },
      },
      {
        ...{ ruleName: 'Missed', definitionVersion: 1, trigger: 'CALL_ENDED', outcome: 'NOT_MET' },
        conditions: [{ isMet: false, actual: 'ANSWERED', condition: { text: 'MISSED' } }],
        run: null,
      },
    ]);
  });

  it('is explained by what it said then, after it was changed and deleted', async () => {
    const { rule, mutate, endsCall, judge, call } = await desk.settle();
    const { id: automationRuleId } = await rule({ name: 'Before' });
    const { id, eventId } = await endsCall();
    await judge(eventId);
    await mutate('updateAutomationRule', { automationRuleId, actions: [tag('Other')] });
    await mutate('updateAutomationRule', { automationRuleId, name: 'After' });
    await mutate('deleteAutomationRule', { automationRuleId });
    const [run] = (await call(id)).ruleRuns;
    expect(run).toMatchObject({ ruleName: 'Before', definitionVersion: 1, rule: null });
    expect(run.actions).toMatchObject([{ action: { kind: 'ADD_TAGS' } }]);
  });
});

describe('what is refused', () => {
  it('is told with its action, and stops no other', async () => {
    const { rule, member, otherCompanyId, endsCall, judge, call, change } = await desk.settle();
    const stranger = await member([otherCompanyId]);
    const many = Array.from({ length: 48 }, (_, n) => `Tag ${n}`);
    await rule({
      actions: [
        tag('a', 'b', 'c'),
        tag('d'),
        { kind: 'ASSIGN', userId: stranger.id },
        { kind: 'NOTIFY', userIds: [stranger.id] },
        { kind: 'SET_VALUE', valueCents: 100 },
      ],
    });
    await rule({ name: 'Next', actions: [{ kind: 'SCORE', points: 1 }] });
    const { callId, id, eventId } = await endsCall();
    await change(callId, { tags: { set: many } });
    expect(await judge(eventId)).toBe('fired');
    const done = await call(id);
    expect(done.value).toEqual(expect.objectContaining({ amountCents: 100 }));
    expect(done.tags).toHaveLength(49);
    expect(done.inbox.assignee).toBeNull();
    const run = done.ruleRuns.find(({ ruleName }: { ruleName: string }) => ruleName === 'Rule');
    expect(run.actions.map(({ outcome, code }: Data) => [outcome, code])).toEqual([
      ['REFUSED', 'INVALID_INPUT'],
      ['DONE', null],
      ['REFUSED', 'NOT_FOUND'],
      ['REFUSED', 'NOT_FOUND'],
      ['DONE', null],
    ]);
    expect(run.actions[0].reason).toContain('at most 50 tags');
    expect(done.ruleScore).toBe(1);
  });

  it('as a second good lead leaves the value to be set', async () => {
    const { rule, arrives, endsCall, judge, call, change } = await desk.settle();
    const first = await arrives('+14155550171');
    await change(first.id, { leadStatus: 'GOOD_LEAD' });
    desk.clock.advance(60_000);
    await rule({
      actions: [
        { kind: 'SET_LEAD_STATUS', leadStatus: 'GOOD_LEAD' },
        { kind: 'SET_VALUE', valueCents: 100 },
      ],
    });
    const { id, eventId } = await endsCall({ leadId: first.leadId });
    await judge(eventId);
    const done = await call(id);
    expect(done.value).toEqual(expect.objectContaining({ amountCents: 100 }));
    expect(done.ruleRuns[0].actions).toMatchObject([
      { outcome: 'REFUSED', code: 'ALREADY_GOOD_LEAD' },
      { outcome: 'DONE' },
    ]);
  });

  it('takes back nothing that an earlier rule sets', async () => {
    const settled = await desk.settle();
    const { rule, member, otherCompanyId, arrives, endsCall, judge, call, change } = settled;
    const [anna, stranger] = [await member(), await member([otherCompanyId])];
    const first = await arrives('+14155550171');
    await change(first.id, { leadStatus: 'GOOD_LEAD' });
    desk.clock.advance(60_000);
    const set = (userId: string, leadStatus: string) => [
      { kind: 'ASSIGN', userId },
      { kind: 'SET_LEAD_STATUS', leadStatus },
    ];
    await rule({ name: 'First', position: 1, actions: set(anna.id, 'NOT_A_LEAD') });
    await rule({ name: 'Second', position: 2, actions: set(stranger.id, 'GOOD_LEAD') });
    const { id, eventId } = await endsCall({ leadId: first.leadId });
    await judge(eventId);
    const { inbox, leadStatus, ruleRuns } = await call(id);
    expect([inbox.assignee, leadStatus]).toEqual([{ id: anna.id }, 'NOT_A_LEAD']);
    const outcomes = ruleRuns.map((run: Data) => [
      run.ruleName,
      ...run.actions.map(({ outcome }: Data) => outcome),
    ]);
    expect(outcomes.sort()).toEqual([
      ['First', 'DONE', 'DONE'],
      ['Second', 'REFUSED', 'REFUSED'],
    ]);
  });

  it('by a later rule is overruled', async () => {
    const { rule, endsCall, judge, call } = await desk.settle();
    await rule({ name: 'Second', position: 2, actions: [{ kind: 'REMOVE_TAGS', tags: ['Hot'] }] });
    await rule({ name: 'First', position: 1, actions: [tag('Hot')] });
    const { id, eventId } = await endsCall();
    await judge(eventId);
    const { tags, ruleRuns } = await call(id);
    expect(tags).toEqual([]);
    const outcomes = ruleRuns.map((run: Data) => [run.ruleName, run.actions[0].outcome]);
    expect(outcomes.sort()).toEqual([
      ['First', 'OVERRULED'],
      ['Second', 'DONE'],
    ]);
  });

  it('is the 21st mail of a rule within an hour', async () => {
    const { accountId, rule, member, endsCall, judge, call } = await desk.settle();
    const robin = await member();
    await rule({ actions: [{ kind: 'NOTIFY', userIds: [robin.id] }] });
    const outcomes: string[] = [];
    for (let n = 0; n < 21; n++) {
      const { id, eventId } = await endsCall();
      await judge(eventId);
      outcomes.push((await call(id)).ruleRuns[0].actions[0].outcome);
    }
    expect(outcomes).toEqual([...Array(20).fill('DONE'), 'REFUSED']);
    const named = await prisma.event.findMany({ where: { accountId, type: 'rule.fired' } });
    const told = named.filter(
      ({ payload }) => (payload as { userIds: string[] }).userIds.length > 0,
    );
    expect(told).toHaveLength(20);
  });
});
