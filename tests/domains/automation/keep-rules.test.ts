// Keeping automation rules through the schema: what may be said, in how many versions.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const TAG = [{ kind: 'ADD_TAGS', tags: ['Hot'] }];
const LIST = '{ automationRules { totalCount nodes { name position } } }';

describe('a rule', () => {
  it('is made, said again in its own words, and made once under one key', async () => {
    const { mutate, companyId, member, run } = await desk.settle();
    const robin = await member();
    const input = {
      name: 'Long first calls',
      companyIds: [encodeGlobalId('Company', companyId)],
      triggers: ['KEYWORD_SPOTTED', 'CALL_ENDED'],
      conditions: [
        { about: 'DURATION_SECONDS', minSeconds: 60 },
        { about: 'SOURCE', values: ['Google Ads', 'Bing'], isNot: true },
      ],
      actions: [...TAG, { kind: 'SCORE', points: 10 }, { kind: 'NOTIFY', userIds: [robin.id] }],
      idempotencyKey: 'once',
    };
    const made = await mutate('createAutomationRule', input);
    expect(made).toMatchObject({
      userErrors: [],
      automationRule: {
        ...{ name: 'Long first calls', position: 1, state: 'ACTIVE', version: 1 },
        triggers: ['CALL_ENDED', 'KEYWORD_SPOTTED'],
        companies: [{ id: encodeGlobalId('Company', companyId) }],
        conditions: [
          { about: 'DURATION_SECONDS', minSeconds: 60, maxSeconds: null, text: 'at least 60 s' },
          { about: 'SOURCE', isNot: true, text: 'not any of Google Ads, Bing' },
        ],
        actions: [{ tags: ['Hot'] }, { points: 10 }, { users: [{ id: robin.id }] }],
        versions: [{ definitionVersion: 1, name: 'Long first calls' }],
      },
    });
    const again = await mutate('createAutomationRule', input);
    expect(again.automationRule.id).toBe(made.automationRule.id);
    expect((await run(LIST, {})).data.automationRules.totalCount).toBe(1);
    const other = await mutate('createAutomationRule', { ...input, name: 'Other' });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_CONFLICT' }]);
  });

  it.each<[string, object, string[], RegExp]>([
    ['no name', { name: ' ' }, ['name'], /1 to 100/],
    ['no moment', { triggers: [] }, ['triggers'], /at least one/],
    ['no action', { actions: [] }, ['actions'], /at least one/],
    ['11 actions', { actions: Array(11).fill(TAG[0]) }, ['actions'], /at most 10/],
    [
      '11 conditions',
      { conditions: Array(11).fill({ about: 'FIRST_CONTACT' }) },
      ['conditions'],
      /at most 10/,
    ],
    [
      'an empty condition',
      { conditions: [{ about: 'SOURCE' }] },
      ['conditions', '0', 'values'],
      /SOURCE/,
    ],
    [
      'a word that is none',
      { conditions: [{ about: 'OUTCOME', values: ['NICE'] }] },
      ['conditions', '0', 'values'],
      /ANSWERED/,
    ],
    [
      'a range upside down',
      { conditions: [{ about: 'DURATION_SECONDS', minSeconds: 9, maxSeconds: 3 }] },
      ['conditions', '0', 'maxSeconds'],
      /less than minSeconds/,
    ],
    [
      'ids where there are none',
      { conditions: [{ about: 'SOURCE', trackerIds: ['x'] }] },
      ['conditions', '0', 'trackerIds'],
      /no trackerIds/,
    ],
    [
      'an action without what it does',
      { actions: [{ kind: 'SCORE' }] },
      ['actions', '0', 'points'],
      /whole number/,
    ],
    [
      'too many points',
      { actions: [{ kind: 'SCORE', points: 101 }] },
      ['actions', '0', 'points'],
      /100/,
    ],
    [
      'a user who is nobody',
      {
        actions: [
          {
            kind: 'ASSIGN',
            userId: encodeGlobalId('User', '0190a000-0000-7000-8000-000000000001'),
          },
        ],
      },
      ['actions', '0', 'userId'],
      /no User/,
    ],
    ['a place before the first', { position: 0 }, ['position'], /begins at 1/],
  ])('is refused with %s', async (_what, wrong, field, message) => {
    const { mutate } = await desk.settle();
    const input = { name: 'Rule', triggers: ['CALL_ENDED'], actions: TAG, ...wrong };
    const { userErrors } = await mutate('createAutomationRule', input);
    expect(userErrors[0]).toMatchObject({ field, message: expect.stringMatching(message) });
  });

  it('is the 100th at most', async () => {
    const { accountId, rule, mutate } = await desk.settle();
    const { id: _id, ...first } = await desk.db.prisma.automationRule.findUniqueOrThrow({
      where: { accountId_id: { accountId, id: decodeGlobalId((await rule({})).id)?.id ?? '' } },
    });
    await desk.db.prisma.automationRule.createMany({
      data: Array.from({ length: 99 }, () => ({
        ...first,
        id: randomUUID(),
        conditions: [],
        actions: [],
      })),
    });
    const input = { name: 'One more', triggers: ['CALL_ENDED'], actions: TAG };
    const { userErrors } = await mutate('createAutomationRule', input);
    expect(userErrors).toMatchObject([
      { code: 'LIMIT_REACHED', message: expect.stringContaining('100') },
    ]);
  });

  it('has a new version with every change, and says anew only what it says', async () => {
    const { rule, mutate, accountId } = await desk.settle();
    const { id: automationRuleId } = await rule({});
    const change = async (input: object) =>
      (await mutate('updateAutomationRule', { automationRuleId, ...input })).automationRule;
    expect(await change({ actions: TAG })).toMatchObject({ version: 1, definitionVersion: 1 });
    expect(await change({ name: 'Renamed' })).toMatchObject({ version: 2, definitionVersion: 1 });
    const points = [{ kind: 'SCORE', points: 1 }];
    expect(await change({ actions: points })).toMatchObject({
      ...{ version: 3, definitionVersion: 2 },
      versions: [
        { definitionVersion: 2, name: 'Renamed', actions: [{ kind: 'SCORE' }] },
        { definitionVersion: 1, name: 'Rule', actions: [{ kind: 'ADD_TAGS' }] },
      ],
    });
    const paused = await mutate('pauseAutomationRule', { automationRuleId, expectedVersion: 3 });
    expect(paused.automationRule).toMatchObject({
      state: 'PAUSED',
      version: 4,
      definitionVersion: 2,
    });
    const late = await mutate('resumeAutomationRule', { automationRuleId, expectedVersion: 3 });
    expect(late.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    const resumed = await mutate('resumeAutomationRule', { automationRuleId });
    expect(resumed.automationRule.state).toBe('ACTIVE');
    const gone = await mutate('deleteAutomationRule', { automationRuleId });
    expect(gone.deletedAutomationRuleId).toBe(automationRuleId);
    const again = await mutate('deleteAutomationRule', { automationRuleId });
    expect(again.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['automationRuleId'] }]);
    const entries = await desk.db.prisma.auditEntry.findMany({
      where: { accountId },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'createAutomationRule',
      ...['updateAutomationRule', 'updateAutomationRule'],
      ...['pauseAutomationRule', 'resumeAutomationRule', 'deleteAutomationRule'],
    ]);
  });

  it('stands in the list by its place', async () => {
    const { rule, run } = await desk.settle();
    await rule({ name: 'Second' });
    await rule({ name: 'Third' });
    await rule({ name: 'First', position: 1 });
    const { nodes } = (await run(LIST, {})).data.automationRules;
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(['Second', 'First', 'Third']);
  });
});
