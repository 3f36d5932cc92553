// Summaries by a turned clock: what they tell is what the reports tell, once a period, whatever becomes of the workers.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { changeUserRole } from '#domains/accounts/change-user-role.ts';
import { removeUser } from '#domains/accounts/remove-user.ts';
import { unsubscribe } from '#domains/notifications/unsubscribe.ts';
import { readUnsubscribeLink } from '#domains/notifications/unsubscribe-link.ts';
import { MailRefused } from '#platform/mail/index.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { openSummariesDesk } from './summaries-desk.ts';

const DAY_MS = 24 * 3_600_000;
const desk = await openSummariesDesk();
const { mails, troubles, turnTo, settle } = desk;

it('tell what the reports tell, once, with the day before beside it', async () => {
  const town = await settle();
  const { accountId, companyId } = town;
  const robin = await town.joins('robin@example.com', 'REPORTING');
  const rule = await town.create({
    userId: robin.globalId,
    companyId: town.company,
    frequency: 'DAILY',
  });
  expect(rule).toMatchObject({ hour: 7, nextAt: '2026-03-03T13:00:00.000Z', email: null });
  const ids = [
    await town.call({ source: 'Google', firstCall: true, leadStatus: 'GOOD_LEAD' }),
    await town.call({ source: 'Google', at: '2026-03-03T05:59:59Z' }),
    await town.call({ source: '<b>Bing & Co</b>', outcome: 'MISSED' }),
    await town.call({ outcome: 'VOICEMAIL', at: '2026-03-02T05:59:59Z' }),
    await town.form([{ name: 'a', value: 'b' }]),
  ];
  const occurredAt = new Date('2026-03-02T16:00:00Z');
  const { prisma } = desk.db;
  for (const kind of ['CHAT', 'CONVERSATION'] as const) {
    const id = randomUUID();
    await prisma.interaction.create({ data: { accountId, id, companyId, kind, occurredAt } });
    ids.push(id);
    if (kind === 'CHAT') continue;
    const [number, ours] = ['+13125550190', '+13125550191'];
    await prisma.conversation.create({
      data: {
        ...{ accountId, id, companyId, customerNumber: number, startedBy: 'INBOUND' },
        ...{ firstNumber: ours, currentNumber: ours, lastMessageAt: occurredAt },
      },
    });
  }
  await town.count(...ids);
  turnTo('2026-03-03T12:59:59.999Z');
  expect(await town.minutePasses()).toEqual([]);
  turnTo('2026-03-03T13:00:00Z');
  expect(await town.minutePasses()).toEqual(['sent']);
  expect(await town.minutePasses()).toEqual([]);
  const [mail, ...others] = mails.splice(0);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    to: 'robin@example.com',
    subject: 'Daily summary: Garage Doors, Mar 2, 2026',
  });
  const told = (label: string) =>
    new RegExp(`^${label} +(\\d+) +(\\d+)$`, 'm')
      .exec(mail?.text ?? '')
      ?.slice(1)
      .map(Number);
  const { callSummary } = await town.ask(
    `query($range: ReportRangeInput!, $ids: [ID!]) { callSummary(range: $range, filter: { companyIds: $ids }) {
       total { calls answered missed voicemails firstTimeCallers } previous { calls voicemails } } }`,
    { range: { from: '2026-03-02', to: '2026-03-02' }, ids: [town.company] },
  );
  const { total, previous } = callSummary;
  expect(total).toMatchObject({ calls: 3, answered: 2, missed: 1 });
  expect(told('Calls')).toEqual([total.calls, previous.calls]);
  expect(told('- answered')?.[0]).toBe(total.answered);
  expect(told('- missed')?.[0]).toBe(total.missed);
  expect(told('- first-time callers')?.[0]).toBe(total.firstTimeCallers);
  expect(told('- voicemails')).toEqual([total.voicemails, previous.voicemails]);
  expect([told('Conversations begun'), told('Forms'), told('Chats'), told('Good leads')]).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
  expect(mail?.text).toContain('Top sources:\n- No source: 3\n- Google: 2\n');
  expect(mail?.html).toContain('&#60;b&#62;Bing &#38; Co&#60;/b&#62;');
  expect(mail?.html).not.toMatch(/<b>|src=|<script|<link/);
  expect(mail?.html).toContain(mail?.unsubscribeUrl?.replaceAll('&', '&#38;'));
  const preview = `{ previewSummary(companyId: "${town.company}", frequency: DAILY) { subject html } }`;
  expect((await town.ask(preview)).previewSummary.subject).toBe(mail?.subject);
});

it('outlive workers that fail: one that dies behind its mail sends the same one again', async () => {
  const town = await settle();
  await town.create({
    email: 'desk@partner.example',
    companyId: town.company,
    frequency: 'DAILY',
    hour: 9,
  });
  desk.clock.advance(DAY_MS);
  troubles.push({ before: new MailRefused('ECONNECTION', undefined, false) });
  expect(await town.minutePasses()).toEqual(['failed']);
  expect(await town.minutePasses()).toEqual([]);
  desk.clock.advance(5 * 60_000);
  troubles.push({ after: new Error('The process was killed.') });
  expect(await town.minutePasses()).toEqual(['failed']);
  desk.clock.advance(5 * 60_000);
  expect(await town.minutePasses()).toEqual(['sent']);
  const [first, second, ...others] = mails.splice(0);
  expect(others).toEqual([]);
  expect(first?.messageId).toBe(second?.messageId);
  expect(first?.subject).toBe(second?.subject);
  // of days on which no mail could leave, the last alone is told
  const at = desk.clock.now('any').getTime();
  desk.clock.advance(4 * DAY_MS);
  expect(await town.minutePasses()).toEqual(['sent']);
  const [late] = mails.splice(0);
  expect(late?.text).toMatch(
    /^Mar \d+ – \d+, 2026 came due while no mail could be sent, and is left out\.$/m,
  );
  expect(late?.html).toContain('came due while no mail could be sent');
  expect(await town.minutePasses()).toEqual([]);
  turnTo(new Date(at + 5 * DAY_MS).toISOString());
  expect(await town.minutePasses()).toEqual(['sent']);
  expect(mails.splice(0)[0]?.text).not.toContain('left out');
});

it('tell nothing to those who may not be told any more', async () => {
  const town = await settle();
  const { accountId, viewer } = town;
  const [agent, leaves, stays] = [
    await town.joins('agent@example.com', 'REPORTING'),
    await town.joins('leaves@example.com', 'MANAGER'),
    await town.joins('stays@example.com', 'NOTIFICATION'),
  ];
  const rules = [];
  for (const { globalId } of [agent, leaves, stays]) {
    rules.push(await town.create({ userId: globalId, frequency: 'WEEKLY' }));
  }
  await town.create({
    email: 'ends@partner.example',
    companyId: town.company,
    frequency: 'WEEKLY',
  });
  desk.clock.advance(7 * DAY_MS);
  expect((await town.minutePasses()).sort()).toEqual(['sent', 'sent', 'sent', 'sent']);
  const last = mails.splice(0).find(({ to }) => to === 'ends@partner.example');
  expect(last?.subject).toMatch(/^Weekly summary: Garage Doors, /);
  const link = readUnsubscribeLink(desk.platform.secrets, new URL(last?.unsubscribeUrl ?? ''), () =>
    desk.clock.now(accountId),
  );
  if (link === null || typeof link === 'string') throw new Error(`The link is ${link}.`);
  await unsubscribe(desk.platform, link);
  const anew = { email: 'Ends@partner.example', companyId: town.company, frequency: 'DAILY' };
  expect(await town.create(anew)).toMatchObject([{ code: 'INVALID_INPUT', field: ['email'] }]);
  await changeUserRole(desk, viewer, { userId: agent.id, role: 'AGENT' });
  await removeUser(desk, viewer, { userId: leaves.id });
  desk.clock.advance(7 * DAY_MS);
  expect((await town.minutePasses()).sort()).toEqual(['nothing that they may be told', 'sent']);
  expect(mails.splice(0).map(({ to }) => to)).toEqual(['stays@example.com']);
  const late = await town.update({ summaryRuleId: rules[0].id, hour: 8 });
  expect(late.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['userId'] }]);
});

it('are set by those who read reports, and changed without telling a day twice', async () => {
  const town = await settle();
  const robin = await town.joins('robin@example.com', 'MANAGER');
  const input = { userId: robin.globalId, frequency: 'DAILY' };
  expect(await town.create({ ...input, hour: 24 })).toMatchObject([
    { code: 'INVALID_INPUT', field: ['hour'] },
  ]);
  expect(await town.create({ email: 'a@partner.example', frequency: 'DAILY' })).toMatchObject([
    { field: ['companyId'] },
  ]);
  const sam = await town.joins('sam@example.com', 'AGENT');
  const refused = [{ code: 'INVALID_INPUT', field: ['userId'] }];
  expect(await town.create({ ...input, userId: sam.globalId })).toMatchObject(refused);
  const rule = await town.create({ ...input, hour: 10, idempotencyKey: 'once' });
  expect((await town.create({ ...input, hour: 10, idempotencyKey: 'once' })).id).toBe(rule.id);
  // the account's zone, since it tells of all companies
  const nine = '2026-04-01T13:00:00Z';
  turnTo(nine);
  await town.minutePasses();
  mails.splice(0);
  turnTo('2026-04-01T14:00:00Z');
  expect(await town.minutePasses()).toEqual(['sent']);
  const later = await town.update({ summaryRuleId: rule.id, hour: 12, expectedVersion: 1 });
  expect(later.summaryRule).toMatchObject({
    hour: 12,
    version: 2,
    nextAt: '2026-04-02T16:00:00.000Z',
  });
  turnTo('2026-04-01T16:00:00Z');
  expect(await town.minutePasses()).toEqual([]);
  // an earlier hour that has gone by is made up for at once
  turnTo('2026-04-02T15:00:00Z');
  await town.update({ summaryRuleId: rule.id, hour: 6 });
  expect(await town.minutePasses()).toEqual(['sent']);
  const monthly = await town.update({ summaryRuleId: rule.id, frequency: 'MONTHLY' });
  expect(monthly.summaryRule.nextAt).toBe('2026-05-01T10:00:00.000Z');
  const stale = await town.update({ summaryRuleId: rule.id, hour: 1, expectedVersion: 1 });
  expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const list = '{ summaryRules { totalCount nodes { id } } }';
  expect((await town.ask(list)).summaryRules.nodes).toEqual([{ id: rule.id }]);
  const { deleteSummaryRule } = await town.ask(
    `mutation($input: DeleteSummaryRuleInput!) { deleteSummaryRule(input: $input) { deletedSummaryRuleId } }`,
    { input: { summaryRuleId: rule.id } },
  );
  expect(decodeGlobalId(deleteSummaryRule.deletedSummaryRuleId)).toBeTruthy();
  expect((await town.ask(list)).summaryRules.totalCount).toBe(0);
});
