// The story of an agent: a text that comes in is answered once the business is registered, STOP ends that at once; and a
// visitor of the website chats. The page is played by what the chat's script sends; a real one is in tests/browser/chat.
import { randomUUID } from 'node:crypto';
import type { Api } from './api.ts';
import type { NextEvent } from './events.ts';
import {
  AddPersonDocument,
  AnswerChatDocument,
  AnswerTextDocument,
  GiveSeatDocument,
  HaveItTextedDocument,
  MaySendDocument,
  OpenChatDocument,
  RegisterBrandDocument,
  RegisterCampaignDocument,
  SeeChatDocument,
  SubmitBrandDocument,
  SubmitCampaignDocument,
} from './operations/generated/graphql.ts';
import { had, must, type Say, until } from './telling.ts';
import { ORIGIN, post, type Website } from './website.ts';

const CUSTOMER = '+13125550155';
const BRAND = {
  entityType: 'PRIVATE_PROFIT',
  vertical: 'CONSTRUCTION',
  taxId: '12-3456789',
  displayName: 'Bluebird',
  legalName: 'Bluebird Garage Doors Inc.',
  website: 'https://bluebird.example',
  email: 'office@bluebird.example',
  phone: '+12125550180',
  street: '1 Example Street',
  city: 'New York',
  region: 'NY',
  postalCode: '10001',
  country: 'US',
} as const;
const CAMPAIGN = {
  useCase: 'CUSTOMER_CARE',
  description: 'Answers to people who wrote or called about the repair of their garage door.',
  messageFlow: 'People write to us first, or tick the box for texts on the form of our website.',
  samples: ['Bluebird here: our technician is on the way and will arrive at ten.'],
  optInMessage: 'Bluebird: you will get texts about your repair. Reply STOP to end them.',
  optOutMessage: 'Bluebird: you will get no more texts from us.',
  helpMessage: 'Bluebird: write to office@bluebird.example or call us.',
  privacyPolicyUrl: 'https://bluebird.example/privacy',
} as const;

/** Where the story takes place. */
interface Place {
  companyId: string;
  trackerId: string;
  website: Website;
}

/** Tells of each step once it was seen. */
export async function tellLeadCenter(
  api: Api,
  place: Place,
  next: NextEvent,
  say: Say,
): Promise<void> {
  const { addUser } = await api.ask(AddPersonDocument, {
    input: { email: 'bo@bluebird.example', name: 'Bo Agent', role: 'AGENT' },
  });
  const userId = had(addUser.user, 'nobody was added').id;
  const { addAgent } = await api.ask(GiveSeatDocument, { input: { userId } });
  const agentId = had(addAgent.agent, 'there is no seat').id;
  await tellTexts(api, place, agentId, next, say);
  await tellChat(api, place, agentId, next, say);
}

async function tellTexts(
  api: Api,
  { companyId, trackerId }: Place,
  agentId: string,
  next: NextEvent,
  say: Say,
): Promise<void> {
  const text = (words: string) =>
    api.ask(HaveItTextedDocument, { input: { trackerId, from: CUSTOMER, text: words } });
  await text('Is my door ready?');
  const { message, conversation } = await next('MessageEvent', 'MESSAGE_RECEIVED');
  const { id: conversationId, source } = had(conversation, 'the text belongs to no conversation');
  say('text arrives', `"${message?.text}", source ${source?.name}`);

  const answer = { conversationId, agentId, text: 'It is. Come by!' };
  const refusals = async () => {
    const { canSendMessage } = await api.ask(MaySendDocument, { input: answer });
    return canSendMessage.refusals.map(({ code }) => code);
  };
  const before = await refusals();
  must(before.includes('A2P_NOT_REGISTERED'), 'who is not registered may send');
  say('may we answer?', `no: ${before.join(', ')}`);
  await register(api, companyId, next);
  await until(async () => (await refusals()).length === 0);
  say('registered', 'brand and campaign are approved, the number is on the campaign');

  await api.ask(AnswerTextDocument, { input: answer });
  const { message: delivered } = await next('MessageEvent', 'MESSAGE_DELIVERED');
  say('answered', `"${delivered?.text.replaceAll('\n', ' ')}" is ${delivered?.state}`);

  await text('stop!');
  const isStop = (event: { message?: { text: string } | null }) => event.message?.text === 'stop!';
  await next('MessageEvent', 'MESSAGE_RECEIVED', isStop);
  const after = await refusals();
  must(after.includes('OPTED_OUT'), 'an opt-out is not kept');
  say('STOP', `from then on: ${after.join(', ')}`);
}

async function register(api: Api, companyId: string, next: NextEvent): Promise<void> {
  const approved = (kind: 'brandRegistration' | 'campaignRegistration') =>
    next(
      'RegistrationEvent',
      'REGISTRATION_STATE_CHANGED',
      (event) => event[kind]?.state === 'APPROVED',
    );
  const { createBrandRegistration } = await api.ask(RegisterBrandDocument, {
    input: { companyId, ...BRAND },
  });
  const brand = had(createBrandRegistration.brandRegistration, 'there is no brand');
  await api.ask(SubmitBrandDocument, { input: { brandRegistrationId: brand.id } });
  await approved('brandRegistration');
  const { createCampaignRegistration } = await api.ask(RegisterCampaignDocument, {
    input: { companyId, ...CAMPAIGN, samples: [...CAMPAIGN.samples] },
  });
  const campaign = had(createCampaignRegistration.campaignRegistration, 'there is no campaign');
  await api.ask(SubmitCampaignDocument, { input: { campaignRegistrationId: campaign.id } });
  await approved('campaignRegistration');
}

async function tellChat(
  api: Api,
  { companyId, website }: Place,
  agentId: string,
  next: NextEvent,
  say: Say,
): Promise<void> {
  const { key, visitorId, sessionId } = website;
  await api.ask(OpenChatDocument, {
    input: { companyId, enabled: true, greeting: 'Hello! How can we help?' },
  });
  await post(api, 'chat/open', {
    ...{ key, visitor: visitorId, session: sessionId, url: `${ORIGIN}/doors` },
    message: { id: randomUUID(), text: 'Do you repair springs?' },
    person: { name: 'Cy Doe', email: 'cy@example.com' },
  });
  const { chat } = await next('ChatEvent', 'CHAT_OPENED');
  const chatId = had(chat, 'there is no chat').id;
  await api.ask(AnswerChatDocument, { input: { chatId, agentId, text: 'We do, today.' } });
  await next('ChatEvent', 'CHAT_MESSAGE', ({ message }) => message?.author === 'AGENT');
  const { node } = await api.ask(SeeChatDocument, { chatId });
  const seen = had(node && 'messages' in node ? node : null, 'the chat is gone');
  say('chat', `with ${seen.lead?.name}, source ${seen.source?.name}`);
  for (const { author, text } of seen.messages.nodes.toReversed()) {
    say('', `  ${author.toLowerCase().padEnd(7)} ${text}`);
  }
  must(
    seen.messages.nodes.some(({ text }) => text === 'We do, today.'),
    'the answer is lost',
  );
}
