// A rule held against what came in before: what it would do beside what was done, page by page, and nothing is written.
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../demo/api.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const PREVIEW = `query($automationRuleId: ID, $rule: RuleDraftInput, $occurredFrom: DateTime!, $occurredBefore: DateTime!,
    $first: Int, $after: Cursor) {
  previewAutomationRule(automationRuleId: $automationRuleId, rule: $rule, occurredFrom: $occurredFrom,
    occurredBefore: $occurredBefore, first: $first, after: $after) { looked pageInfo { endCursor hasNextPage }
    nodes { outcome tagsAdded tagsRemoved leadStatus value { amountCents } points assignee { id }
      interaction { id } conditions { isMet actual } } } }`;
const SPAN = {
  occurredFrom: '2026-03-01T00:00:00.000Z',
  occurredBefore: '2026-03-31T00:00:00.000Z',
};
const LONG = {
  triggers: ['CALL_ENDED'],
  conditions: [{ about: 'DURATION_SECONDS', minSeconds: 60 }],
  actions: [
    { kind: 'ADD_TAGS', tags: ['Hot', 'Long'] },
    { kind: 'SET_VALUE', valueCents: 5 },
    { kind: 'SCORE', points: 2 },
  ],
};

describe('a preview', () => {
  it('tells what would change, and writes nothing', async () => {
    const { accountId, run, endsCall, change } = await desk.settle();
    const [short, long] = [await endsCall({ seconds: 20 }), await endsCall({ seconds: 90 })];
    await change(long.callId, { tags: { set: ['Hot'] } });
    const before = await desk.db.prisma.event.count({ where: { accountId } });
    const { data } = await run(PREVIEW, { ...SPAN, rule: LONG });
    expect(data.previewAutomationRule).toEqual({
      ...{ looked: 2, pageInfo: { endCursor: expect.any(String), hasNextPage: false } },
      nodes: [
        {
          ...{ outcome: 'WOULD_FIRE', tagsAdded: ['Long'], tagsRemoved: [], leadStatus: null },
          ...{ value: { amountCents: 5 }, points: 2, assignee: null },
          ...{ interaction: { id: long.id }, conditions: [{ isMet: true, actual: '90 s' }] },
        },
      ],
    });
    expect(short.id).not.toBe(long.id);
    expect(await desk.db.prisma.event.count({ where: { accountId } })).toBe(before);
    expect(await desk.db.prisma.ruleJudgement.count({ where: { accountId } })).toBe(0);
  });

  it('holds a new wording against what the rule did', async () => {
    const { rule, run, endsCall, judge } = await desk.settle();
    const { id: automationRuleId } = await rule({});
    const [fired, both] = [await endsCall({ seconds: 20 }), await endsCall({ seconds: 90 })];
    await judge(fired.eventId);
    await judge(both.eventId);
    const missed = await endsCall({ seconds: 70 });
    const { data } = await run(PREVIEW, { ...SPAN, automationRuleId, rule: LONG });
    const { nodes } = data.previewAutomationRule;
    const outcomes = nodes.map((one: { interaction: { id: string }; outcome: string }) => [
      one.interaction.id,
      one.outcome,
    ]);
    expect(Object.fromEntries(outcomes)).toEqual({
      [fired.id]: 'WOULD_NOT',
      [both.id]: 'FIRED_TOO',
      [missed.id]: 'WOULD_FIRE',
    });
  });

  it('goes page by page, each interaction once', async () => {
    const { run, endsCall } = await desk.settle();
    const ids = new Set<string>();
    for (let n = 0; n < 5; n++) ids.add((await endsCall()).id);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await run(PREVIEW, { ...SPAN, rule: LONG, first: 2, after });
      const page = data.previewAutomationRule;
      seen.push(...page.nodes.map((one: Data) => one.interaction.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(ids);
  });

  it('looks where its viewer may look, for what they may read', async () => {
    const { run, endsCall, as, companyId, otherCompanyId } = await desk.settle();
    await endsCall();
    const ask = async (rule: object, viewer: ReturnType<typeof as>) =>
      run(PREVIEW, { ...SPAN, rule }, viewer);
    const looked = async (viewer: ReturnType<typeof as>) =>
      (await ask(LONG, viewer)).data.previewAutomationRule.looked;
    expect(await looked(as({ companyIds: [companyId] }))).toBe(1);
    expect(await looked(as({ companyIds: [otherCompanyId] }))).toBe(0);
    expect(await looked(as({ scopes: ['settings:read', 'forms:read'] }))).toBe(0);
    const words = { ...LONG, conditions: [{ about: 'KEYWORD', values: ['leak'] }] };
    const { errors } = await ask(words, as({ scopes: ['settings:read', 'calls:read'] }));
    expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
    const { errors: none } = await ask(LONG, as({ role: 'AGENT' }));
    expect(none?.[0].extensions.code).toBe('FORBIDDEN');
  });

  it('refuses a time that is too long, and no rule at all', async () => {
    const { run } = await desk.settle();
    const ask = async (input: object) => (await run(PREVIEW, { ...SPAN, ...input })).errors?.[0];
    expect(await ask({ rule: LONG, occurredFrom: '2025-03-01T00:00:00.000Z' })).toMatchObject({
      message: expect.stringContaining('92 days'),
    });
    expect(await ask({})).toMatchObject({ message: expect.stringContaining('automationRuleId') });
  });
});
