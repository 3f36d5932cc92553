// A conversation, a chat and a form that are erased one after the other, with the webhooks that told of the texts and the
// files that came with them. The lead goes with the last of them.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { loadKeys } from '#sandbox/webhooks/keys.ts';
import { openTown } from '#tests/support/town.ts';
import { change, openSite, type Person, textsPicture, tracesOf } from './person-town.ts';

const town = await openTown();
const { config, db } = town.server.platform;
const ADA: Person = {
  ...{ number: '+12065550171', email: 'ada@wren.example', name: 'Ada Wren' },
  word: 'Kingfisher',
};
const RECEIPT = `erasure { id callId interactionId state
  erased { leads messages files consentEntries carrierEvents recordings } }`;

const THINGS = `{ conversations(first: 5) { nodes { id } } chats(first: 5) { nodes { id } }
  formSubmissions(first: 5) { nodes { id } } leads(first: 5) { totalCount } }`;

it('go with all that hangs on them, and the lead with the last', { timeout: 60_000 }, async () => {
  const tracker = await town.tracker();
  const media = await textsPicture(town, tracker, ADA);
  const site = await openSite(town);
  const visit = await site.visit('doors');
  const [sentForm, sentChat] = [randomUUID(), randomUUID()];
  await visit.form(ADA, sentForm);
  await visit.chat(ADA, sentChat);
  const file = join(config.DATA_DIR, 'storage', media.storageKey ?? '');
  expect(existsSync(file)).toBe(true);
  expect(await tracesOf(town, ADA)).toEqual(
    expect.arrayContaining(
      [
        ...['carrier_event.body', 'chat.visitor_name', 'chat_message.text', 'consent.number'],
        ...['conversation.customer_number', 'form_submission.fields', 'message.text'],
      ].map((place) => `public.${place}`),
    ),
  );
  const before = await town.until('all three are told of', async () => {
    const seen = await town.ask(THINGS);
    return seen.formSubmissions.nodes.length === 1 && seen;
  });
  expect(before.leads.totalCount).toBe(1);
  const [{ id: conversationId }] = before.conversations.nodes;
  const [{ id: chatId }] = before.chats.nodes;
  const [{ id: formSubmissionId }] = before.formSubmissions.nodes;
  const reader = await town.keyWith(['messages:read', 'chats:read', 'forms:read']);
  for (const [Name, input] of Object.entries({
    EraseConversation: { conversationId },
    EraseChat: { chatId },
    EraseFormSubmission: { formSubmissionId },
  })) {
    const mutation = `e${Name.slice(1)}`;
    const source = `mutation($input: ${Name}Input!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const { errors } = await town.answer(source, { input }, reader);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }

  const { erasure } = await change(town, 'eraseConversation', { conversationId }, RECEIPT);
  expect(erasure).toMatchObject({
    ...{ callId: conversationId, interactionId: conversationId, state: 'PENDING' },
    erased: { leads: 0, messages: 1, files: 1, carrierEvents: 1, consentEntries: 0, recordings: 0 },
  });
  const again = await change(town, 'eraseConversation', { conversationId }, RECEIPT);
  expect(again.erasure.id).toBe(erasure.id);
  await town.until('the picture is gone', () => !existsSync(file));
  const { event } = await town.until('it is told', async () => {
    const { events } = await town.ask(
      '{ events(first: 100) { nodes { ... on ErasureEvent { interactionId erasure { state } } } } }',
    );
    const found = events.nodes.find((one: { erasure?: object }) => one.erasure);
    return found && { event: found };
  });
  expect(event).toEqual({ interactionId: conversationId, erasure: { state: 'COMPLETED' } });

  // told once more, by the same webhook, as one that never came, and as another kind
  const keys = loadKeys(join(config.DATA_DIR, 'carrier'));
  const [told] = town.sandbox
    .deliveries()
    .filter(({ webhook }) => JSON.stringify(webhook).includes(ADA.word));
  for (const more of [{}, { id: newId() }, { id: newId(), event_type: 'message.unheard' }]) {
    const body = JSON.stringify({ data: { ...told?.webhook, ...more }, meta: { attempt: 2 } });
    const headers = keys.signWebhook(body, Math.floor(Date.now() / 1_000));
    const url = told?.attempts[0]?.url ?? '';
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
  }
  await town.until('all of it is settled', async () => {
    const state = 'RECEIVED' as const;
    return (await db.prisma.carrierEvent.count({ where: { state } })) === 0;
  });
  expect(await db.prisma.message.count()).toBe(0);

  const chat = await change(town, 'eraseChat', { chatId }, RECEIPT);
  expect(chat.erasure).toMatchObject({ interactionId: chatId, erased: { leads: 0, messages: 1 } });
  const form = await change(town, 'eraseFormSubmission', { formSubmissionId }, RECEIPT);
  expect(form.erasure.erased).toMatchObject({ leads: 1, messages: 0, consentEntries: 1 });
  // the browser heard no answer, and sends both again
  await visit.form(ADA, sentForm);
  await visit.chat(ADA, sentChat);
  expect(await tracesOf(town, ADA)).toEqual([]);
  expect(await town.ask(THINGS)).toEqual({
    ...{ conversations: { nodes: [] }, chats: { nodes: [] }, formSubmissions: { nodes: [] } },
    leads: { totalCount: 0 },
  });
  const { erasures } = await town.ask(
    `query($ids: [ID!]) { erasures(filter: { interactionIds: $ids }) { totalCount } }`,
    { ids: [conversationId, chatId] },
  );
  expect(erasures.totalCount).toBe(2);
});
