// Alert rules through the public doors: a call is missed, people get mail of it, and end it by the link in the mail.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { peopleOf } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const people = peopleOf(town);
const RULE =
  'id email user { kind id } company { id } tracker { id } calls channels unsubscribedAt version maker { kind }';
const mutation = (name: string) => {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation($input: ${Name}Input!) { ${name}(input: $input) { alertRule { ${RULE} } userErrors { code field } } }`;
};
const RULES = `{ alertRules { totalCount nodes { ${RULE} } } }`;

/** The link in a mail, opened: what it shows. */
const shownBy = async ({ text }: { text: string }) => {
  const [, query = ''] = /graphql\?query=(\S+)/.exec(text) ?? [];
  return (await town.ask(decodeURIComponent(query))).node;
};

const companyIdOf = async () =>
  (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id as string;

it('tells of calls that nobody answered, until the link in the mail is used', async () => {
  const companyId = await companyIdOf();
  const tracker = await town.tracker();
  const create = async (input: object) =>
    (await town.ask(mutation('createAlertRule'), { input })).createAlertRule.alertRule;
  const robin = await people.arrives({ email: 'robin@example.com', role: 'AGENT' });
  const missed = 'MISSED_AND_VOICEMAIL';
  await create({ userId: robin.id, calls: 'ALL' });
  await create({ email: 'desk@partner.example', trackerId: tracker.id, calls: missed });
  await create({ email: 'voicemail@partner.example', companyId, calls: 'VOICEMAIL_ONLY' });
  town.business(tracker).is('busy');
  const ada = town.caller();
  // they hang up at the beep
  ada.dials(tracker, { afterBeep: [] });
  const call = await town.endedCall(ada.from);
  const mail = await people.mail('desk@partner.example');
  expect(mail.subject).toMatch(/^(Missed|Voicemail)/);
  expect(mail.text).toContain(ada.from);
  expect(mail.text).toContain('Google Ads');
  expect(await shownBy(mail)).toMatchObject({ id: call.id, from: ada.from });
  // the first mail to Robin was the invitation
  expect((await people.mail('robin@example.com', 2)).text).toContain(ada.from);
  expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  const [, link = ''] = /<(\S+)>/.exec(mail.headers['list-unsubscribe'] ?? '') ?? [];
  expect(mail.text).toContain(link);

  const page = await fetch(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<form method="post"');
  expect((await fetch(link.replace('mac=', 'mac=x'), { method: 'POST' })).status).toBe(403);
  expect((await fetch(link, { method: 'DELETE' })).status).toBe(405);
  const standing = async () =>
    (await town.ask(RULES)).alertRules.nodes.some(
      (rule: { email: string; unsubscribedAt: string | null }) =>
        rule.email === 'desk@partner.example' && rule.unsubscribedAt === null,
    );
  expect(await standing()).toBe(true);
  const ended = await fetch(link, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
  expect(ended.status).toBe(200);
  expect(await standing()).toBe(false);
});

it('tells of a text by the number that it came over, and of a chat with what was written', async () => {
  const companyId = await companyIdOf();
  const trackers = [await town.tracker(), await town.tracker()] as const;
  await town.until('the numbers take texts', async () => {
    const source = '{ phoneNumbers(first: 50) { nodes { number messagingStatus } } }';
    const { nodes } = (await town.ask(source)).phoneNumbers;
    return trackers.every((tracker) =>
      nodes.some(
        (one: { number: string; messagingStatus: string }) =>
          one.number === tracker.number && one.messagingStatus === 'RECEIVES_ONLY',
      ),
    );
  });
  for (const [n, { id: trackerId }] of trackers.entries()) {
    const input = { email: `texts-${n}@partner.example`, trackerId, channels: ['TEXT'] };
    await town.ask(mutation('createAlertRule'), { input });
  }
  const input = { email: 'chats@partner.example', companyId, channels: ['CHAT'] };
  await town.ask(mutation('createAlertRule'), { input });
  const bo = '+13125550171';
  for (const [n, { number: to }] of trackers.entries()) {
    town.sandbox.text({ from: bo, to, text: `Is door no. ${n} ready?` });
    await town.sees('MESSAGE_RECEIVED', ({ message }) => message?.text.includes(`no. ${n}`));
  }
  for (const n of trackers.keys()) {
    const mail = await people.mail(`texts-${n}@partner.example`);
    expect(mail.subject).toBe('Text: First company');
    expect(mail.text).toContain(bo);
    expect(mail.text).toContain(`Is door no. ${n} ready?`);
    expect(mail.text).toMatch(/Source: +Google Ads/);
    expect(await shownBy(mail)).toMatchObject({ text: `Is door no. ${n} ready?`, from: bo });
  }

  const domains = ['www.doors.example'];
  const { updateSite } = await town.ask(
    'mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { publishableKey } userErrors { message } } }',
    { input: { companyId, domains } },
  );
  await town.ask(
    'mutation($input: UpdateChatSettingsInput!) { updateChatSettings(input: $input) { userErrors { message } } }',
    { input: { companyId, enabled: true } },
  );
  const opened = await fetch(`${town.server.url}/collect/chat/open`, {
    method: 'POST',
    headers: { origin: `https://${domains[0]}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ key: updateSite.site.publishableKey, url: `https://${domains[0]}/springs` },
      ...{ id: randomUUID(), visitor: randomUUID(), session: randomUUID() },
      message: { id: randomUUID(), text: 'Do you repair springs?' },
    }),
  });
  expect(opened.status).toBe(200);
  const chat = await people.mail('chats@partner.example');
  expect(chat.subject).toBe('Chat: First company');
  expect(chat.text).toContain('Do you repair springs?');
  expect(chat.text).toContain('https://www.doors.example/springs');
  expect(await shownBy(chat)).toMatchObject({
    messages: { nodes: [{ author: 'VISITOR', text: 'Do you repair springs?' }] },
  });
  // each rule was met by its own alone
  for (const n of trackers.keys()) {
    expect(await people.mailsTo(`texts-${n}@partner.example`)).toHaveLength(1);
  }
});

it('are set by everybody for themselves, and by managers for others', async () => {
  const companyId = await companyIdOf();
  const tracker = await town.tracker();
  const sam = await people.arrives({ email: 'sam@example.com', role: 'AGENT' });
  const create = (input: object) =>
    sam.browser.ask(mutation('createAlertRule'), { input: { calls: 'ALL', ...input } });
  const { data } = await create({ userId: sam.id, idempotencyKey: 'once' });
  const mine = data.createAlertRule.alertRule;
  expect(mine).toMatchObject({ user: { id: sam.id }, company: null, calls: 'ALL', channels: [] });
  const again = await create({ userId: sam.id, idempotencyKey: 'once' });
  expect(again.data.createAlertRule.alertRule.id).toBe(mine.id);
  const forbidden = { extensions: { code: 'FORBIDDEN' } };
  expect((await create({ email: 'x@example.com', companyId })).errors?.[0]).toMatchObject(
    forbidden,
  );
  const seen = await sam.browser.ask(RULES);
  expect(seen.data.alertRules.nodes.map(({ id }: { id: string }) => id)).toEqual([mine.id]);
  const update = (input: object) =>
    sam.browser.ask(mutation('updateAlertRule'), { input: { alertRuleId: mine.id, ...input } });
  const changed = await update({ trackerId: tracker.id, channels: ['TEXT'], expectedVersion: 1 });
  expect(changed.data.updateAlertRule.alertRule).toMatchObject({
    company: { id: companyId },
    channels: ['TEXT'],
    version: 2,
  });
  const stale = await update({ calls: 'NONE', expectedVersion: 1 });
  expect(stale.data.updateAlertRule.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const empty = await update({ calls: 'NONE', channels: [] });
  expect(empty.data.updateAlertRule.userErrors).toMatchObject([{ field: ['calls'] }]);
  const { data: gone } = await sam.browser.ask(
    `mutation($input: DeleteAlertRuleInput!) { deleteAlertRule(input: $input) { deletedAlertRuleId userErrors { code } } }`,
    { input: { alertRuleId: mine.id } },
  );
  expect(gone.deleteAlertRule).toEqual({ deletedAlertRuleId: mine.id, userErrors: [] });
});

it('name what is wrong with them, and mask addresses', async () => {
  const companyId = await companyIdOf();
  const refusals = async (input: object) => {
    const { data } = await town.answer(mutation('createAlertRule'), { input });
    return data.createAlertRule.userErrors;
  };
  const email = 'somebody@partner.example';
  expect(await refusals({ calls: 'ALL' })).toMatchObject([{ field: ['userId'] }]);
  expect(await refusals({ email, calls: 'ALL' })).toMatchObject([{ field: ['companyId'] }]);
  expect(await refusals({ email: 'nobody', companyId })).toMatchObject([{ field: ['email'] }]);
  expect(await refusals({ email, companyId })).toMatchObject([{ field: ['calls'] }]);
  const input = { email, companyId, calls: 'ALL' };
  await town.ask(mutation('createAlertRule'), { input });
  const narrow = await town.keyWith(['notifications:read']);
  const { data } = await town.answer(RULES, {}, narrow);
  const shown = JSON.stringify(data.alertRules.nodes);
  expect(shown).toContain('@');
  expect(shown).not.toContain(email);
});
