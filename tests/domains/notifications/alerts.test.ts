// Alerts by a turned clock: each thing is told once by a rule, with what its recipient may read then, and a storm is summed
// up.
import { describe, expect, it } from 'vitest';
import { changeUserRole } from '#domains/accounts/change-user-role.ts';
import { removeUser } from '#domains/accounts/remove-user.ts';
import { raiseAlerts } from '#domains/notifications/reactions.ts';
import { unsubscribe } from '#domains/notifications/unsubscribe.ts';
import { newId } from '#platform/ids/index.ts';
import { MailRefused } from '#platform/mail/index.ts';
import { SCOPES } from '#values/scopes.ts';
import { MAILS_PER_HOUR, openAlertsDesk } from './alerts-desk.ts';

const desk = await openAlertsDesk();
const RULES = 500;
const FORMS = { channels: ['FORM'] as 'FORM'[] };
const ADA = { name: 'Ada Caller', phone: '(415) 555-0134', message: 'Please call' };
/** what came since the last time */
const mails = () => desk.mails.splice(0);

describe('a form that meets a rule', () => {
  it('is told once, however often the mirror begins anew and the job is tried', async () => {
    const town = await desk.settle();
    const userId = await town.joins('once@example.com', 'MANAGER');
    await town.rule({ userId, ...FORMS });
    await town.rule({ userId, calls: 'ALL' });
    await town.formComes(ADA);
    await town.mirrors({ again: true });
    await town.mirrors({ again: true });
    await town.mirrors();
    expect(desk.queue).toHaveLength(1);
    const [job] = desk.queue;
    desk.refusals.push(new MailRefused('ECONNECTION', undefined, false));
    await expect(town.works()).rejects.toThrow('did not take the mail');
    desk.queue.push(job as never, job as never);
    expect(await town.works()).toEqual(['sent', 'settled already']);
    const [mail, ...others] = mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'once@example.com', subject: 'Form: Garage Doors' });
    expect(mail?.text).toContain('message: Please call');
    expect(mail?.text).toContain('phone: (415) 555-0134');
    expect(mail?.text).toContain('https://calls.example.com/graphql?query=');
    expect(mail?.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(mail?.text).toContain(mail?.unsubscribeUrl);
  });

  it('is told with what its recipient may read when it is sent', async () => {
    const town = await desk.settle();
    const userId = await town.joins('agent@example.com', 'AGENT');
    const elsewhere = await town.joins('roofs@example.com', 'AGENT', [town.otherCompanyId]);
    const quiet = await town.joins('quiet@example.com', 'NOTIFICATION');
    const leaves = await town.joins('leaves@example.com', 'MANAGER');
    const narrow = SCOPES.filter((scope) => scope !== 'personal:read');
    const { companyId, viewer } = town;
    await town.rule({ userId, ...FORMS });
    await town.rule({ userId: elsewhere, ...FORMS });
    await town.rule({ userId: quiet, ...FORMS });
    await town.rule({ userId: leaves, ...FORMS });
    await town.rule({ email: 'Desk@Partner.example', companyId, ...FORMS });
    const masked = { email: 'masked@partner.example', companyId, ...FORMS };
    await town.rule(masked, { ...viewer, scopes: narrow });
    await town.formComes(ADA);
    await town.mirrors();
    await removeUser(desk, viewer, { userId: leaves });
    expect((await town.works()).sort()).toEqual([
      'nothing that they may be told',
      ...['sent', 'sent', 'sent', 'sent'],
      'the alert is gone',
    ]);
    const sent = new Map(mails().map(({ to, text }) => [to, text]));
    expect([...sent.keys()].sort()).toEqual([
      'agent@example.com',
      'desk@partner.example',
      'masked@partner.example',
      'quiet@example.com',
    ]);
    // ids in links are drawn by lot, and may spell anything
    const hidden = sent.get('masked@partner.example')?.replaceAll(/https?:\S+/g, '');
    expect(hidden).not.toMatch(/Ada|555/);
    expect(hidden).toContain('•••');
    for (const [to, text] of sent)
      if (to !== 'masked@partner.example') expect(text).toContain('Ada');
  });

  it('is told to nobody once it was erased, the rule was deleted or ended, or the maker has gone', async () => {
    const town = await desk.settle();
    const { accountId, companyId, viewer } = town;
    const maker = await town.joins('maker@example.com', 'MANAGER');
    const asMaker = {
      ...viewer,
      actor: { kind: 'user', id: maker } as const,
      role: 'MANAGER',
    } as const;
    await town.rule({ email: 'made@partner.example', companyId, ...FORMS }, asMaker);
    const ended = await town.rule({ email: 'ended@partner.example', companyId, ...FORMS });
    await town.rule({ email: 'still@partner.example', companyId, ...FORMS });
    await town.formComes();
    await town.mirrors();
    await changeUserRole(desk, viewer, { userId: maker, role: 'NOTIFICATION' });
    await unsubscribe(desk.platform, {
      accountId,
      ruleId: ended.id,
      ...{ kind: 'ALERT', endingHash: null },
    });
    const anew = { email: 'ended@partner.example', companyId, ...FORMS };
    await expect(town.rule(anew)).rejects.toMatchObject({ field: ['email'] });
    // nor by way of somebody who has it and cannot sign in
    const userId = await town.joins('ended@partner.example', 'NOTIFICATION');
    const byUser = town.rule({ userId, companyId, ...FORMS });
    await expect(byUser).rejects.toMatchObject({ field: ['userId'] });
    expect(await town.works()).toEqual(['nobody to write to', 'unsubscribed', 'sent']);
    const id = await town.formComes();
    await town.mirrors();
    await desk.db.prisma.interaction.delete({ where: { accountId_id: { accountId, id } } });
    expect(await town.works()).toEqual(['nobody to write to', 'nothing that they may be told']);
    expect(mails().map(({ to }) => to)).toEqual(['still@partner.example']);
    expect(await town.states()).toEqual(['DROPPED', 'DROPPED', 'SENT', 'DROPPED', 'DROPPED']);
  });
});

it('is set for nobody whom its maker does not meet', async () => {
  const { joins, rule, viewer, companyId, otherCompanyId } = await desk.settle();
  const kept = { ...viewer, companyIds: [companyId] };
  const other = await joins('elsewhere@example.com', 'AGENT', [otherCompanyId]);
  const wanted = rule({ userId: other, companyId, ...FORMS }, kept);
  await expect(wanted).rejects.toMatchObject({ code: 'NOT_FOUND', field: ['userId'] });
  const met = await joins('met@example.com', 'AGENT', [companyId]);
  expect(await rule({ userId: met, companyId, ...FORMS }, kept)).toMatchObject({ userId: met });
});

describe('a chat', () => {
  it('is told of with what the visitor wrote', async () => {
    const town = await desk.settle();
    await town.rule({
      email: 'chat@partner.example',
      companyId: town.companyId,
      channels: ['CHAT'],
    });
    expect(await town.chatOpens('Is my door covered?')).toBeLessThan(300);
    await town.formComes();
    await town.mirrors();
    expect(await town.works()).toEqual(['sent']);
    const [mail] = mails();
    expect(mail).toMatchObject({ to: 'chat@partner.example', subject: 'Chat: Garage Doors' });
    expect(mail?.text).toContain('Is my door covered?');
  });
});

describe('a storm', () => {
  it('brings so many mails an hour to an address, the rest in one', async () => {
    const town = await desk.settle();
    const { companyId } = town;
    const address = 'storm@partner.example';
    await town.rule({ email: address, companyId, ...FORMS });
    for (let n = 1; n <= MAILS_PER_HOUR + 2; n += 1) await town.formComes({ message: `No. ${n}` });
    await town.mirrors();
    const outcomes = await town.works();
    expect(outcomes.filter((one) => one === 'sent')).toHaveLength(MAILS_PER_HOUR);
    expect(outcomes.slice(MAILS_PER_HOUR)).toEqual(['held for the digest', 'held for the digest']);
    expect(mails()).toHaveLength(MAILS_PER_HOUR);
    desk.clock.advance(59 * 60_000);
    expect(await town.minutePasses()).toEqual([]);
    // what comes meanwhile waits with them
    await town.formComes({ message: 'late' });
    await town.mirrors();
    expect(await town.works()).toEqual(['held for the digest']);
    desk.clock.advance(60_000);
    expect(await town.minutePasses()).toEqual(['summed up 3']);
    const [digest, ...others] = mails();
    expect(others).toEqual([]);
    expect(digest).toMatchObject({ to: address, subject: '3 more alerts on Switchboard' });
    expect(digest?.text.match(/^- .*: Form, .*Garage Doors$/gm)).toHaveLength(3);
    expect(await town.minutePasses()).toEqual([]);
    // the digest has a place among the mails of the next hour
    for (let n = 1; n <= MAILS_PER_HOUR; n += 1) await town.formComes();
    await town.mirrors();
    const next = await town.works();
    expect(next.filter((one) => one === 'sent')).toHaveLength(MAILS_PER_HOUR - 1);
    mails();
    desk.clock.advance(31 * 24 * 3_600_000);
    await town.minutePasses();
    await town.minutePasses();
    expect(await town.states()).toEqual([]);
    mails();
  });
});

describe('a burst at an account with as many rules as there may be', () => {
  it('costs the mirror a job for each event, and meets each rule once however often the jobs are tried', async () => {
    const town = await desk.settle();
    const { accountId, companyId } = town;
    const rule = await town.rule({ email: 'a@partner.example', companyId, ...FORMS });
    await desk.db.prisma.alertRule.createMany({
      data: Array.from({ length: RULES - 1 }, (_, n) => {
        return { ...rule, id: newId(), email: `a${n}@partner.example` };
      }),
    });
    for (let n = 0; n < 2; n += 1) await town.formComes();
    const { events } = await desk.events.page({ accountId, after: null, limit: 1_000, filter: {} });
    const mirror = () => desk.db.transaction((tx) => raiseAlerts(desk.platform).write(tx, events));
    await mirror();
    expect(desk.queue).toHaveLength(2);
    expect(await town.states()).toEqual([]);
    const jobs = desk.queue.splice(0);
    const done = (payloads: typeof jobs) =>
      Promise.all(payloads.map(({ name, payload }) => desk.run(name, payload)));
    // each is tried by two at once
    const outcomes = await done([...jobs, ...jobs]);
    const raised = outcomes.map((one) => Number(one.replace('alerts raised ', '')));
    expect(raised.reduce((sum, one) => sum + one)).toBe(RULES * 2);
    expect(await town.states()).toHaveLength(RULES * 2);
    expect(
      new Set(desk.queue.map(({ payload }) => (payload as { alertId: string }).alertId)).size,
    ).toBe(RULES * 2);
    await mirror();
    const again = desk.queue.splice(0).filter(({ name }) => name === 'notifications.raise-alerts');
    expect(await done(again)).toEqual(Array(2).fill('alerts raised 0'));
  });
});
