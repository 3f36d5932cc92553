// A scripted person sends a text: the carrier takes it, acts on its own words, and tells the number's profile.
import { createHash, randomUUID } from 'node:crypto';
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import { TextScript } from '../scripts/text-script.ts';
import { keywordOf } from './keyword.ts';
import { inboundPayload, type Message, type MessageMedia } from './message.ts';
import { keepMessage, tellOf } from './network.ts';
import { segmentsOf } from './segments.ts';

/** words of the carrier's own, one for each that it answers */
const ANSWERS = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START: 'You have successfully been re-subscribed to messages from this number.',
};

/**
 * Sends a person's text; `message.received` goes out at once.
 * @throws Refusal 404 when the number is not in the inventory, 422 when it is on no messaging profile
 */
export function receiveText(carrier: Carrier, given: TextScript): Message {
  const script = TextScript.parse(given);
  const known = script.messageId && carrier.messages.get(script.messageId);
  if (known) return known;
  const { state } = carrier.store;
  const number = state.numbers.find((one) => one.phoneNumber === script.to);
  if (!number) throw refusals.notFound('phone number in this account (order it first)');
  const profile = state.messagingProfiles.find((one) => one.id === number.messagingProfileId);
  if (!profile?.enabled) {
    throw refusals.invalid('/to', 'The number is on no messaging profile: put it on one.');
  }
  const word = keywordOf(script.text);
  const message: Message = {
    id: script.messageId ?? randomUUID(),
    ordinal: carrier.messageCount++,
    direction: 'inbound',
    from: script.from,
    to: script.to,
    text: script.text,
    media: script.media.map((media) => mediaOf(carrier, media)),
    profileId: profile.id,
    campaignId: number.campaignId,
    ...segmentsOf(script.text),
    status: 'delivered',
    error: null,
    // a profile answers HELP only where its owner wrote an answer
    autoresponse: word === 'HELP' ? null : word,
    webhookUrl: profile.webhookUrl,
    failoverUrl: profile.failoverUrl,
    receivedMs: carrier.clock.now(),
    sentMs: null,
    completedMs: null,
  };
  keepMessage(carrier, message);
  if (word === 'STOP' || word === 'START') {
    block(carrier, profile.id, script.from, word === 'STOP' ? script.text.trim() : null, script.to);
    answer(carrier, message, ANSWERS[word]);
  }
  tellOf(carrier, message, 'message.received', inboundPayload(message));
  return message;
}

type GivenMedia = ReturnType<typeof TextScript.parse>['media'][number];

function mediaOf(carrier: Carrier, media: GivenMedia): MessageMedia {
  if ('url' in media) return { ...media, sha256: null };
  const bytes = Buffer.from(media.base64, 'base64');
  const id = randomUUID();
  carrier.media.set(id, { bytes, contentType: media.contentType });
  return {
    url: `${carrier.baseUrl}/media/${id}`,
    contentType: media.contentType,
    sizeBytes: media.sizeBytes === undefined ? bytes.length : media.sizeBytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** Blocks or, without a keyword, unblocks a person for all numbers of a profile. */
function block(
  carrier: Carrier,
  profileId: string,
  person: string,
  keyword: string | null,
  number: string,
): void {
  const { state } = carrier.store;
  state.optOuts = state.optOuts.filter(
    (one) => one.profileId !== profileId || one.person !== person,
  );
  if (keyword !== null) {
    state.optOuts.push({ profileId, person, number, keyword, createdMs: carrier.clock.now() });
  }
  carrier.store.save();
}

/** The carrier's own answer: the person gets it, and no webhook tells of it. */
function answer(carrier: Carrier, to: Message, text: string): void {
  const nowMs = carrier.clock.now();
  keepMessage(carrier, {
    ...to,
    id: randomUUID(),
    ordinal: carrier.messageCount++,
    direction: 'outbound',
    from: to.to,
    to: to.from,
    text,
    media: [],
    ...segmentsOf(text),
    autoresponse: to.autoresponse,
    sentMs: nowMs,
    completedMs: nowMs,
  });
}
