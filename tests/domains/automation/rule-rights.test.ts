// Who may keep automation rules: those who manage, in their companies, and of what they may do themselves.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const TAG = [{ kind: 'ADD_TAGS', tags: ['Hot'] }];
const LIST = '{ automationRules { totalCount nodes { name position } } }';

describe('rights', () => {
  it('are of those who manage, in their companies', async () => {
    const { mutate, rule, as, companyId, otherCompanyId, run } = await desk.settle();
    const input = { name: 'Rule', triggers: ['CALL_ENDED'], actions: TAG };
    const mine = as({ companyIds: [companyId] });
    const [own, other] = [companyId, otherCompanyId].map((id) => encodeGlobalId('Company', id));
    for (const viewer of [as({ role: 'REPORTING' }), as({ scopes: ['settings:read'] }), mine]) {
      const { errors } = await mutate('createAutomationRule', input, viewer);
      expect(errors[0].extensions.code).toBe('FORBIDDEN');
    }
    const made = await mutate('createAutomationRule', { ...input, companyIds: [own] }, mine);
    expect(made.automationRule).toMatchObject({ companies: [{ id: own }] });
    const all = await rule({ name: 'All' });
    const elsewhere = await rule({ name: 'Elsewhere', companyIds: [other] });
    const { nodes } = (await run(LIST, {}, mine)).data.automationRules;
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(['Rule', 'All']);
    const seen = await mutate('pauseAutomationRule', { automationRuleId: all.id }, mine);
    expect(seen.errors[0].extensions.code).toBe('FORBIDDEN');
    const unseen = await mutate('pauseAutomationRule', { automationRuleId: elsewhere.id }, mine);
    expect(unseen.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { errors } = await run(LIST, {}, as({ role: 'AGENT' }));
    expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
  });

  it('to webhooks are needed to have a rule call them', async () => {
    const { mutate, as } = await desk.settle();
    const actions = [
      {
        kind: 'WEBHOOK',
        webhookEndpointIds: [
          encodeGlobalId('WebhookEndpoint', '0190a000-0000-7000-8000-000000000001'),
        ],
      },
    ];
    const input = { name: 'Rule', triggers: ['CALL_ENDED'], actions };
    const refused = await mutate('createAutomationRule', input, as({ role: 'MANAGER' }));
    expect(refused.errors[0].extensions.code).toBe('FORBIDDEN');
    const { userErrors } = await mutate('createAutomationRule', input);
    expect(userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['actions', '0', 'webhookEndpointIds'] },
    ]);
  });

  it.each<[string, object, string[]]>([
    ['tags calls', {}, ['calls:write']],
    ['takes tags off', { actions: [{ kind: 'REMOVE_TAGS', tags: ['Hot'] }] }, ['calls:write']],
    [
      'scores forms and texts',
      {
        triggers: ['FORM_SUBMITTED', 'MESSAGE_RECEIVED'],
        actions: [{ kind: 'SET_LEAD_STATUS', leadStatus: 'GOOD_LEAD' }],
      },
      ['forms:write', 'messages:write'],
    ],
    [
      'values chats',
      { triggers: ['CHAT_ENDED'], actions: [{ kind: 'SET_VALUE', valueCents: 1 }] },
      ['chats:write'],
    ],
    ['assigns', { actions: [{ kind: 'ASSIGN', userId: 'robin' }] }, ['leads:write']],
  ])('to do it oneself are needed of a rule that %s', async (_what, wish, scopes) => {
    const { mutate, rule, as, member } = await desk.settle();
    const input = { name: 'Rule', triggers: ['CALL_ENDED'], actions: TAG, ...wish };
    for (const action of input.actions as { userId?: string }[]) {
      if (action.userId) action.userId = (await member()).id;
    }
    const having = (own: string[]) =>
      as({ scopes: ['settings:write', 'settings:read', ...own] as never });
    const { id: automationRuleId } = await rule({ actions: [{ kind: 'SCORE', points: 1 }] });
    for (const missing of scopes) {
      const less = having(scopes.filter((scope) => scope !== missing));
      const made = await mutate('createAutomationRule', input, less);
      expect(made.errors?.[0].extensions.code).toBe('FORBIDDEN');
      const { triggers, actions } = input;
      const changed = await mutate(
        'updateAutomationRule',
        { automationRuleId, triggers, actions },
        less,
      );
      expect(changed.errors?.[0].extensions.code).toBe('FORBIDDEN');
    }
    expect(await mutate('createAutomationRule', input, having(scopes))).toMatchObject({
      userErrors: [],
      automationRule: { state: 'ACTIVE' },
    });
  });

  it('leave members aside whom its maker does not meet', async () => {
    const { mutate, as, member, companyId, otherCompanyId } = await desk.settle();
    const kept = as({ companyIds: [companyId] });
    const [met, other] = [
      await member([companyId, otherCompanyId]),
      await member([otherCompanyId]),
    ];
    const makes = (action: object) =>
      mutate(
        'createAutomationRule',
        {
          ...{ name: 'Rule', companyIds: [encodeGlobalId('Company', companyId)] },
          ...{ triggers: ['CALL_ENDED'], actions: [action] },
        },
        kept,
      );
    const missing = (field: string) => [{ code: 'NOT_FOUND', field: ['actions', '0', field] }];
    const assigned = await makes({ kind: 'ASSIGN', userId: other.id });
    expect(assigned.userErrors).toMatchObject(missing('userId'));
    const noticed = await makes({ kind: 'NOTIFY', userIds: [met.id, other.id] });
    expect(noticed.userErrors).toMatchObject(missing('userIds'));
    for (const action of [
      { kind: 'ASSIGN', userId: met.id },
      { kind: 'NOTIFY', userIds: [met.id] },
    ])
      expect((await makes(action)).userErrors).toEqual([]);
  });

  it.each([
    ['LANDING_PAGE', ['leads:read', 'personal:read']],
    ['REFERRER', ['leads:read', 'personal:read']],
    ['ACTIVE_PAGE', ['leads:read', 'personal:read']],
    ['SEARCH_KEYWORD', ['leads:read']],
  ])('to read visits are needed of a rule that asks for %s', async (about, scopes) => {
    const { mutate, as } = await desk.settle();
    const input = {
      ...{ name: 'Rule', triggers: ['CALL_ENDED'], conditions: [{ about, values: ['doors'] }] },
      actions: [{ kind: 'SCORE', points: 1 }],
    };
    const having = (own: string[]) =>
      mutate(
        'createAutomationRule',
        input,
        as({ scopes: ['settings:write', 'settings:read', ...own] as never }),
      );
    for (const missing of scopes) {
      const { errors } = await having(scopes.filter((scope) => scope !== missing));
      expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
    }
    expect((await having(scopes)).userErrors).toEqual([]);
  });

  it('do not reach into another account', async () => {
    const [one, two] = [await desk.settle(), await desk.settle()];
    const { id: automationRuleId } = await one.rule({});
    const robin = await one.member();
    for (const verb of ['updateAutomationRule', 'pauseAutomationRule', 'deleteAutomationRule']) {
      const { userErrors } = await two.mutate(verb, { automationRuleId });
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    const actions = [{ kind: 'NOTIFY', userIds: [robin.id] }];
    const input = { name: 'Rule', triggers: ['CALL_ENDED'], actions };
    const { userErrors } = await two.mutate('createAutomationRule', input);
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['actions', '0', 'userIds'] }]);
  });
});
