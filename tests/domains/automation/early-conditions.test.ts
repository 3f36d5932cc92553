// Conditions on what is found in a call's words, at moments before anybody has looked for it: they are not written down any
// more, and rules of before go on, which is told.
import { describe, expect, it } from 'vitest';
import { createKeywordSet } from '#domains/intelligence/keywords/create-keyword-set.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import type { Data } from '../../../demo/api.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const { prisma } = desk.db;
const LEAK = { about: 'KEYWORD', values: ['leak'] };
const SOLD = { about: 'SIGNAL', values: ['SALE_MADE'] };
const TAG = [{ kind: 'ADD_TAGS', tags: ['Hot'] }];
const PREVIEW = `query($automationRuleId: ID, $rule: RuleDraftInput) { previewAutomationRule(
  automationRuleId: $automationRuleId, rule: $rule, occurredFrom: "2026-03-01T00:00:00.000Z", occurredBefore: "2026-03-31T00:00:00.000Z") {
  nodes { outcome conditions { isMet actual } } } }`;

type People = Awaited<ReturnType<typeof desk.settle>>;

const looksForLeak = ({ viewer, companyId }: People) =>
  createKeywordSet(desk, viewer, {
    companyId,
    name: 'Set',
    keywords: [{ text: 'leaking' }],
  } as never);

/** A rule as it could be written once. */
async function oldRule({ accountId, rule }: People, conditions: object[]): Promise<string> {
  const { id } = await rule({ triggers: ['INSIGHT_READY'], conditions });
  const ruleId = decodeGlobalId(id)?.id ?? '';
  const data = { triggers: ['CALL_ENDED'] };
  await prisma.automationRule.update({ where: { accountId_id: { accountId, id: ruleId } }, data });
  await prisma.automationRuleVersion.updateMany({ where: { accountId, ruleId }, data });
  return id;
}

describe('a condition on words', () => {
  it.each([
    ['CALL_ENDED', LEAK, 'KEYWORD_SPOTTED or INSIGHT_READY'],
    ['CALL_ENDED', { ...SOLD, isNot: true }, 'Take INSIGHT_READY'],
    ['CALL_ENDED', { about: 'LEAD_SCORE', values: ['GOOD'] }, 'Take INSIGHT_READY'],
    ['KEYWORD_SPOTTED', SOLD, 'Take INSIGHT_READY'],
  ])('is refused at %s: %j', async (trigger, condition, advice) => {
    const { mutate, rule, run } = await desk.settle();
    const wrong = {
      triggers: [trigger, 'INSIGHT_READY', 'FORM_SUBMITTED'],
      conditions: [{ about: 'FIRST_CONTACT' }, condition],
    };
    const refused = {
      ...{ code: 'INVALID_INPUT', field: ['conditions', '1', 'about'] },
      message: expect.stringContaining(advice),
    };
    const made = await mutate('createAutomationRule', { name: 'Rule', actions: TAG, ...wrong });
    expect(made.userErrors).toMatchObject([refused]);
    const { id } = await rule({ triggers: wrong.triggers });
    const changed = await mutate('updateAutomationRule', { automationRuleId: id, ...wrong });
    expect(changed.userErrors).toMatchObject([refused]);
    const { errors } = await run(PREVIEW, { rule: { ...wrong, actions: TAG } });
    expect(errors?.[0].message).toContain(advice);
  });

  it('may stand at the moments at which it is known, and at those of other channels', async () => {
    const { rule } = await desk.settle();
    await rule({
      triggers: ['KEYWORD_SPOTTED', 'INSIGHT_READY', 'CHAT_ENDED'],
      conditions: [LEAK],
    });
    await rule({ triggers: ['INSIGHT_READY', 'FORM_SUBMITTED'], conditions: [LEAK, SOLD] });
  });

  it('waits for the keywords, where insights are there before them', async () => {
    const people = await desk.settle();
    const { rule, endsCall, tellsRead, judge, accountId } = people;
    await rule({
      triggers: ['INSIGHT_READY'],
      conditions: [{ about: 'KEYWORD', values: ['leaking'] }],
    });
    const unheard = await endsCall();
    expect(await judge(await tellsRead(unheard.callId))).toBe('nothing-fired');
    await looksForLeak(people);
    const { callId } = await endsCall();
    const eventId = await tellsRead(callId);
    await expect(judge(eventId)).rejects.toThrow(NotYet);
    const { id: transcriptId } = await prisma.transcript.findFirstOrThrow({
      where: { accountId, callId },
    });
    expect(await desk.spot({ accountId, transcriptId })).toBe('spotted');
    expect(await judge(eventId, desk, 2)).toBe('fired');
    const late = await endsCall();
    expect(await judge(await tellsRead(late.callId), desk, 9)).toBe('nothing-fired');
  });

  it('waits for no keywords that nobody looked for when the words came, until these are edited', async () => {
    const people = await desk.settle();
    const { rule, endsCall, tellsRead, judge, accountId } = people;
    await rule({ triggers: ['INSIGHT_READY'], conditions: [LEAK] });
    const { callId } = await endsCall();
    desk.clock.advance(1_000);
    await looksForLeak(people);
    expect(await judge(await tellsRead(callId))).toBe('nothing-fired');
    desk.clock.advance(1_000);
    await prisma.transcript.updateMany({
      where: { accountId, callId },
      data: { edits: 1, editedAt: desk.clock.now(accountId) },
    });
    await expect(judge(await tellsRead(callId))).rejects.toThrow(NotYet);
  });
});

describe('a rule of before', () => {
  it('goes on, and explains itself by what was not known yet', async () => {
    const people = await desk.settle();
    const { endsCall, judge, explain } = people;
    await oldRule(people, [LEAK]);
    await oldRule(people, [{ ...SOLD, isNot: true }]);
    const { id, eventId } = await endsCall();
    expect(await judge(eventId)).toBe('fired');
    expect(await explain(id)).toMatchObject([
      {
        outcome: 'NOT_MET',
        conditions: [{ isMet: false, actual: 'not known yet at CALL_ENDED' }],
      },
      { outcome: 'FIRED', conditions: [{ isMet: true, actual: 'not known yet at CALL_ENDED' }] },
    ]);
  });

  it('is previewed as its moment would find it, whatever was found since', async () => {
    const people = await desk.settle();
    const { endsCall, accountId, run } = people;
    await looksForLeak(people);
    const heard = { about: 'KEYWORD', values: ['leaking'] };
    const [wanted, unwanted] = [
      await oldRule(people, [heard]),
      await oldRule(people, [{ ...heard, isNot: true }]),
    ];
    const { callId } = await endsCall();
    const { id: transcriptId } = await prisma.transcript.findFirstOrThrow({
      where: { accountId, callId },
    });
    await desk.spot({ accountId, transcriptId });
    const previewed = async (variables: object): Promise<Data[]> =>
      (await run(PREVIEW, variables as never)).data.previewAutomationRule.nodes;
    expect(await previewed({ automationRuleId: wanted })).toEqual([]);
    expect(await previewed({ automationRuleId: unwanted })).toEqual([
      {
        outcome: 'WOULD_FIRE',
        conditions: [{ isMet: true, actual: 'not known yet at CALL_ENDED' }],
      },
    ]);
    const later = { triggers: ['KEYWORD_SPOTTED'], conditions: [heard], actions: TAG };
    expect(await previewed({ rule: later })).toMatchObject([
      { outcome: 'WOULD_FIRE', conditions: [{ actual: 'said in 1 place' }] },
    ]);
  });
});
