// A person who is erased: a recorded call, a text with a picture, a chat, a form, a visit, a note, merged from two leads, told
// to a partner, opted out. Afterwards no table and no file of the server knows them, and still they are not texted.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { insertLeadErasure } from '#domains/erasures/store-lead-erasures.ts';
import { takeLead } from '#domains/erasures/take-lead.ts';
import { markErasing } from '#domains/leads/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { change, openSite, type Person, textsPicture, tracesOf } from './person-town.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const { platform } = town.server;
const { prisma } = platform.db;
const ADA: Person = {
  ...{ number: '+12065550172', email: 'ada@wren.example', name: 'Ada Wren', word: 'Kingfisher' },
};
const BOB: Person = {
  ...{ number: '+12065550173', email: 'bob@finch.example', name: 'Bob Finch', word: 'Goldfinch' },
};
const RECEIPT = `leadErasure { id leadId state erasedAt requestedBy { kind } erased { calls conversations chats forms
  recordings messages files leads notes visits consentEntries carrierEvents webhookDeliveries } }`;

/** A receiver that repeats what it is told, so that the log of its answers knows it too. */
async function partner(): Promise<string> {
  const server = createServer((request, response) => void request.pipe(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const leadOf = async ({ email }: Person) => {
  const where = { kind: 'EMAIL' as const, value: email };
  const row = await prisma.leadIdentity.findFirst({ where });
  return row?.leadId;
};

it('goes from every place, in steps, and stays opted out', { timeout: 120_000 }, async () => {
  await change(town, 'createWebhookEndpoint', {
    url: await partner(),
    eventTypes: ['MESSAGE_RECEIVED', 'LEAD_CREATED', 'CHAT_OPENED', 'FORM_SUBMITTED'],
    query: `{ type ... on LeadEvent { lead { phoneNumbers emails name } } ... on MessageEvent { message { text } } }`,
  });
  const tracker = await town.tracker({ recording: true });
  town.business(tracker).is('answer', { say: 'garage-door', hangUpAfterSeconds: 60 });
  const site = await openSite(town);
  const own = await site.visit(ADA.word);
  await own.form(ADA);
  await own.chat(ADA);
  // a browser that two people use stays the other's
  const shared = await site.visit('SharedBrowser');
  await shared.form({ ...ADA, word: `${ADA.word} again` });
  await shared.form(BOB);
  town.caller(ADA.number).dials(tracker, { callerName: ADA.name });
  await textsPicture(town, tracker, ADA);
  town.sandbox.text({ from: ADA.number, to: tracker.number, text: 'STOP' });
  await town.sees('CALL_RECORDING_READY', ({ call }) => call.from === ADA.number);
  const { formSubmissions, leads } = await town.until('all is here', async () => {
    const seen = await town.ask(
      `{ formSubmissions(first: 9) { nodes { id attribution { basis } } } conversations(first: 9) { nodes { messages(first: 9) { nodes { id } } } }
         leads(first: 9) { nodes { id emails consent { state } } } }`,
    );
    const isWhole =
      seen.formSubmissions.nodes.length === 3 &&
      seen.formSubmissions.nodes.every((one: { attribution: object | null }) => one.attribution) &&
      seen.conversations.nodes[0]?.messages.nodes.length >= 2;
    return isWhole && seen;
  });
  expect(formSubmissions.nodes).toHaveLength(3);
  const leadId: string = leads.nodes.find((one: { emails: string[] }) =>
    one.emails.includes(ADA.email),
  ).id;
  await change(town, 'createLeadNote', { leadId, text: `${ADA.word} likes tea` });
  // another address of theirs, found to be the same person's
  const other: Person = { ...ADA, number: '+12065550174', email: 'ada.wren@home.example' };
  await (await site.visit(ADA.word)).form({ ...other, number: '' });
  const otherLead = await town.until('the other lead is here', () => leadOf(other));
  const merged = Buffer.from(`Lead:${otherLead}`).toString('base64');
  const { leads: all } = await town.ask('{ leads(first: 9) { nodes { id } } }');
  const mergedId = all.nodes.find(
    ({ id }: { id: string }) => decodeGlobalId(id)?.id === otherLead,
  )?.id;
  await change(town, 'mergeLeads', { leadId, mergedLeadIds: [mergedId ?? merged] });
  await town.until('the partner was told of all', async () => {
    const open = await prisma.webhookDelivery.count({ where: { state: 'PENDING' } });
    const told = await prisma.webhookDelivery.count();
    return open === 0 && told >= 6;
  });
  const stranger = await town.stranger();
  const source = `mutation($input: EraseLeadInput!) { eraseLead(input: $input) { ${RECEIPT} userErrors { code } } }`;
  const foreign = await town.answer(source, { input: { leadId } }, stranger.key);
  expect(foreign.data.eraseLead.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const narrow = await town.keyWith(['leads:read', 'leads:write', 'calls:write']);
  const refused = await town.answer(source, { input: { leadId } }, narrow);
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);

  // texts of theirs, and of somebody else, that could not be taken
  for (const [n, { number, word }] of [ADA, BOB].entries()) {
    const payload = { id: `text-${n}`, from: { phone_number: number }, text: word };
    const data = { payload: { ...payload, to: [{ phone_number: tracker.number }] } };
    const at = new Date();
    await prisma.carrierEvent.create({
      data: {
        ...{ accountId: town.accountId, id: newId(), kind: 'message.received', state: 'FAILED' },
        ...{ session: payload.id, occurredAt: at, receivedAt: at, body: { data } },
      },
    });
  }

  // somebody is on the line: that call is waited for
  const held = await town.tracker();
  town.business(held).is('answer', { hangUpAfterSeconds: 40 });
  town.caller(ADA.number).dials(held);
  await town.sees(
    'CALL_ANSWERED',
    ({ call }) => call.from === ADA.number && call.to === held.number,
  );
  const first = await change(town, 'eraseLead', { leadId, idempotencyKey: 'forget-ada' }, RECEIPT);
  expect(first.leadErasure).toMatchObject({ leadId, state: 'ERASING', erasedAt: null });
  const again = await change(town, 'eraseLead', { leadId }, RECEIPT);
  expect(again.leadErasure.id).toBe(first.leadErasure.id);
  const { data } = await town.answer(
    `mutation($input: SplitLeadInput!) { splitLead(input: $input) { userErrors { code } } }`,
    { input: { leadId: mergedId } },
  );
  expect(data.splitLead.userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  // two workers at once, as when one was thought to be dead
  const leadErasureId = decodeGlobalId(first.leadErasure.id)?.id ?? '';
  const key = { accountId: town.accountId, leadErasureId };
  const signal = new AbortController().signal;
  await Promise.allSettled([takeLead(platform, key, signal), takeLead(platform, key, signal)]);

  const { node } = await town.until('the person is erased', async () => {
    const seen = await town.ask(
      `query($id: ID!) { node(id: $id) { ... on LeadErasure { ${RECEIPT.slice(13, -2)} } } }`,
      { id: first.leadErasure.id },
    );
    return seen.node.state === 'ERASED' && seen;
  });
  expect(node.erased).toMatchObject({
    ...{ calls: 2, conversations: 1, chats: 1, forms: 3, recordings: 1, files: 1 },
    ...{ leads: 2, notes: 1, visits: 2 },
  });
  expect(node.erased.messages).toBeGreaterThanOrEqual(3);
  const listed = async (filter: object, as = town.key) => {
    const asked = `query($filter: LeadErasureFilter) { leadErasures(filter: $filter) {
      totalCount nodes { id leadId state } } }`;
    return (await town.answer(asked, { filter }, as)).data.leadErasures;
  };
  const receipt = { id: first.leadErasure.id, leadId, state: 'ERASED' };
  expect(await listed({ leadIds: [leadId], companyIds: [site.companyId] })).toEqual({
    totalCount: 1,
    nodes: [receipt],
  });
  expect((await listed({ leadIds: [leadId], states: ['ERASED'] })).nodes).toEqual([receipt]);
  expect((await listed({ states: ['ERASING'] })).totalCount).toBe(0);
  expect((await listed({}, stranger.key)).totalCount).toBe(0);
  const { events } = await town.ask(
    '{ events(first: 100, filter: { types: [LEAD_ERASED] }) { nodes { type ... on LeadErasureEvent { leadId } } } }',
  );
  expect(events.nodes).toContainEqual({ type: 'LEAD_ERASED', leadId });
  expect(await tracesOf(town, ADA, other)).toEqual([]);
  expect(await takeLead(platform, key, signal)).toBe('already-done');
  const failed = await prisma.carrierEvent.findMany({ where: { state: 'FAILED' } });
  expect(failed).toMatchObject([{ session: 'text-1' }]);

  // the other of the two who share a browser is whole
  expect(await leadOf(BOB)).toBeTruthy();
  expect(await prisma.visitorSession.count({ where: { visitorId: shared.visitor } })).toBe(1);
  expect(await prisma.visitorSession.count({ where: { visitorId: own.visitor } })).toBe(0);
  // and whoever calls them later may still not text them
  const { canSendMessage } = await town.ask(
    `query($input: CanSendMessageInput!) { canSendMessage(input: $input) { refusals { code } } }`,
    { input: { companyId: site.companyId, to: ADA.number, text: 'Hello again' } },
  );
  expect(canSendMessage.refusals.map(({ code }: { code: string }) => code)).toContain('OPTED_OUT');
});

it('goes with the visits when the last form is erased meanwhile, and so do two of one browser', async () => {
  const site = await openSite(town);
  const shared = await site.visit('TwoOfThem');
  const two = ['Siskin', 'Redstart'].map((word, n) => ({
    ...{ word, name: word, number: `+1206555018${n}`, email: `${word.toLowerCase()}@bird.example` },
  }));
  const keys: { accountId: string; leadErasureId: string; leadId: string }[] = [];
  for (const one of two) {
    await shared.form(one);
    const leadId = await town.until('the lead is here', () => leadOf(one));
    keys.push({ accountId: town.accountId, leadErasureId: newId(), leadId });
  }
  const companyId = decodeGlobalId(site.companyId)?.id ?? '';
  for (const { accountId, leadErasureId: id, leadId } of keys) {
    const at = new Date();
    const asked = { requestedBy: 'key:x', requestedAt: at };
    await insertLeadErasure(prisma, { accountId, id, companyId, leadId, ...asked });
    await markErasing(prisma, accountId, leadId, at);
  }
  const [first] = keys;
  const form = await prisma.interaction.findFirstOrThrow({
    where: { leadId: first?.leadId ?? '' },
  });
  const formSubmissionId = encodeGlobalId('FormSubmission', form.id);
  const { erasure } = await change(
    town,
    'eraseFormSubmission',
    { formSubmissionId },
    'erasure { erased { leads } }',
  );
  expect(erasure).toEqual({ erased: { leads: 0 } });
  const { signal } = new AbortController();
  await town.until('both are erased', async () => {
    const took = await Promise.allSettled(keys.map((key) => takeLead(platform, key, signal)));
    return took.every(({ status }) => status === 'fulfilled');
  });
  const ids = keys.map(({ leadErasureId }) => leadErasureId);
  const receipts = await prisma.leadErasure.findMany({ where: { id: { in: ids } } });
  expect(receipts).toMatchObject(ids.map(() => ({ state: 'ERASED', forms: 1, leads: 1 })));
  expect(receipts.map(({ visits }) => visits).sort()).toEqual([0, 1]);
  expect(await prisma.visitorSession.count({ where: { visitorId: shared.visitor } })).toBe(0);
});
