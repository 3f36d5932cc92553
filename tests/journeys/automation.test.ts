// Automation rules through the public doors: a call, a text, a form and a chat come in, rules act on each once and say why,
// and members and partners hear of it.
import { beforeAll, describe, expect, it } from 'vitest';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import { peopleOf } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Data } from '../../demo/api.ts';
import { change, openSite, textsPicture } from './person-town.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const people = peopleOf(town);
const RULED = `query($id: ID!) { node(id: $id) { ... on Interaction {
  id tags { name } leadStatus ruleScore
  ruleRuns { ruleName trigger conditions { isMet actual condition { about text } } actions { outcome action { kind } } } } } }`;
const EXPLAIN = `query($id: ID!) { explainRules(interactionId: $id) { ruleName outcome conditions { isMet actual } } }`;
const ADA = { number: '+13125550163', email: 'ada@rules.example', name: 'Ada', word: 'springcoil' };

const rule = async (input: object) =>
  (await change(town, 'createAutomationRule', input, 'automationRule { id }')).automationRule;
const firedFor = async (id: string, runs = 1) => {
  const read = async () => (await town.ask(RULED, { id })).node as Data;
  await town.until('rules fired', async () => (await read()).ruleRuns.length >= runs);
  // fields of one answer may be read on either side of a commit: what came with the runs is there now
  return read();
};
const newest = async (list: string) =>
  town.until(`there is one of ${list}`, async () => {
    const { [list]: found } = await town.ask(`{ ${list}(first: 1) { nodes { id } } }`);
    return found.nodes[0]?.id as string | undefined;
  });

let partner: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  partner = await openReceiver();
  const robin = await people.arrives({ email: 'robin@rules.example', role: 'MANAGER' });
  const { webhookEndpoint } = await change(
    town,
    'createWebhookEndpoint',
    // it follows something else: rules name it
    { url: partner.url, eventTypes: ['EXPORT_READY'] },
    'webhookEndpoint { id }',
  );
  await rule({
    name: 'Answered first calls',
    triggers: ['CALL_ENDED'],
    conditions: [
      { about: 'OUTCOME', values: ['ANSWERED'] },
      { about: 'FIRST_CONTACT' },
      { about: 'SOURCE', values: ['google ads'] },
      { about: 'DURATION_SECONDS', minSeconds: 1, maxSeconds: 600 },
    ],
    actions: [
      { kind: 'ADD_TAGS', tags: ['New customer'] },
      { kind: 'SET_LEAD_STATUS', leadStatus: 'GOOD_LEAD' },
      { kind: 'SCORE', points: 5 },
      { kind: 'NOTIFY', userIds: [robin.id] },
      { kind: 'WEBHOOK', webhookEndpointIds: [webhookEndpoint.id] },
    ],
  });
  await rule({
    name: 'Missed calls',
    triggers: ['CALL_ENDED'],
    conditions: [{ about: 'OUTCOME', values: ['MISSED', 'ABANDONED', 'BUSY'] }],
    actions: [{ kind: 'ADD_TAGS', tags: ['Call back'] }],
  });
  await rule({
    name: 'Springs',
    triggers: ['MESSAGE_RECEIVED', 'FORM_SUBMITTED', 'CHAT_OPENED'],
    conditions: [{ about: 'KIND', values: ['CALL'], isNot: true }],
    actions: [{ kind: 'ADD_TAGS', tags: ['Written'] }],
  });
  await rule({
    name: 'Words',
    triggers: ['MESSAGE_RECEIVED', 'CHAT_OPENED'],
    conditions: [{ about: 'TEXT', values: ['SpringCoil'] }],
    actions: [{ kind: 'SCORE', points: 2 }],
  });
  await rule({
    name: 'Fields',
    triggers: ['FORM_SUBMITTED'],
    conditions: [{ about: 'FORM_FIELD', field: 'message', values: ['springcoil'] }],
    actions: [{ kind: 'SCORE', points: 3 }],
  });
});

// who is erased in the end is the one who wrote before
describe('rules', { shuffle: false }, () => {
  it('a call is tagged, scored and told of when it ends, and says which rule did it and why', async () => {
    const tracker = await town.tracker();
    town.business(tracker).is('answer', { hangUpAfterSeconds: 12 });
    const caller = town.caller('+13125550164');
    caller.dials(tracker);
    const { id } = await town.endedCall(caller.from);
    const call = await firedFor(id);
    expect(call).toMatchObject({
      ...{ tags: [{ name: 'New customer' }], leadStatus: 'GOOD_LEAD', ruleScore: 5 },
      ruleRuns: [
        {
          ...{ ruleName: 'Answered first calls', trigger: 'CALL_ENDED' },
          conditions: [
            { isMet: true, actual: 'ANSWERED' },
            { isMet: true, actual: 'the first' },
            { isMet: true, actual: 'Google Ads' },
            { isMet: true, actual: expect.stringMatching(/^\d+ s$/) },
          ],
          actions: Array(5).fill({ outcome: 'DONE' }),
        },
      ],
    });
    expect((await town.ask(EXPLAIN, { id })).explainRules).toMatchObject([
      { ruleName: 'Answered first calls', outcome: 'FIRED' },
      {
        ruleName: 'Missed calls',
        outcome: 'NOT_MET',
        conditions: [{ isMet: false, actual: 'ANSWERED' }],
      },
    ]);
    // the first mail was the invitation
    const mail = await people.mail('robin@rules.example', 2);
    expect(mail.subject).toContain('Answered first calls');
    expect(mail.text).not.toContain(caller.from);
    const [, query = ''] = /graphql\?query=(\S+)/.exec(mail.text) ?? [];
    expect((await town.ask(decodeURIComponent(query))).node.id).toBe(id);
    const letter = await town.until('the partner was told', () => partner.letters[0]);
    const { type, data } = JSON.parse(letter.body);
    expect(type).toBe('rule.fired');
    expect(data.run).toMatchObject({
      ruleName: 'Answered first calls',
      interaction: { id },
      conditions: [
        { isMet: true, actual: 'ANSWERED', condition: { about: 'OUTCOME' } },
        {},
        {},
        {},
      ],
    });
    expect(partner.letters).toHaveLength(1);
  });

  it('a text, a form and a chat are acted on by what was written, without a word of it in the explanation', async () => {
    const tracker = await town.tracker();
    await textsPicture(town, tracker, ADA);
    const site = await openSite(town);
    const visit = await site.visit('doors');
    await visit.form(ADA);
    await visit.chat(ADA);
    const lists = ['conversations', 'formSubmissions', 'chats'];
    const scores: Record<string, number> = {};
    for (const list of lists) {
      const node = await firedFor(await newest(list), 2);
      expect(node.ruleRuns).toHaveLength(2);
      expect(node.tags).toEqual([{ name: 'Written' }]);
      scores[list] = node.ruleScore;
      const found = node.ruleRuns.flatMap(({ conditions }: Data) => conditions);
      expect(found.every(({ isMet }: Data) => isMet)).toBe(true);
      expect(found.map(({ actual }: Data) => actual).join()).not.toContain(ADA.word);
    }
    expect(scores).toEqual({ conversations: 2, formSubmissions: 3, chats: 2 });
    // nothing that rules did has set off a rule: each fired once for each
    const { prisma } = town.server.platform.db;
    const { accountId } = town;
    const runs = await prisma.ruleRun.groupBy({
      by: ['interactionId', 'ruleId'],
      where: { accountId },
      _count: true,
    });
    expect(runs.map(({ _count }) => _count)).toEqual(runs.map(() => 1));
  });

  it('keeps nothing of somebody who is erased', async () => {
    const { prisma } = town.server.platform.db;
    const { accountId } = town;
    const { leadId, id } = await prisma.interaction.findFirstOrThrow({
      where: { accountId, kind: 'CONVERSATION' },
    });
    await change(town, 'eraseLead', { leadId: encodeGlobalId('Lead', leadId ?? '') });
    await town.until('it is gone', async () => {
      const left = await prisma.ruleJudgement.count({ where: { accountId, interactionId: id } });
      return left === 0 && (await prisma.ruleRun.count({ where: { interactionId: id } })) === 0;
    });
  });
});
