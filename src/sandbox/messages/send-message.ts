// One of the account's texts: checked, taken, sent, and finalized as the recipient's phone has it.
import { createHash, randomUUID } from 'node:crypto';
import type { Carrier } from '../carrier.ts';
import { Refusal, refusals } from '../refusal.ts';
import { UNSCRIPTED_RECIPIENT } from '../scripts/text-script.ts';
import { type Message, type MessageMedia, outboundPayload } from './message.ts';
import { keepMessage, tellOf } from './network.ts';
import { segmentsOf } from './segments.ts';

export interface SendRequest {
  from: string;
  to: string;
  text: string;
  mediaUrls: readonly string[];
  profileId: string | null;
  webhookUrl: string | null;
  failoverUrl: string | null;
}

const SENT_AFTER_MS = 200;
const MOST_MEDIA = 10;
const MOST_MEDIA_BYTES = 1_000_000;
const FETCH_TIMEOUT_MS = 2_000;
const MOST_SEGMENTS = 10;

/** Takes a message. Throws a refusal with the carrier's code. */
export async function sendMessage(carrier: Carrier, request: SendRequest): Promise<Message> {
  const { state } = carrier.store;
  const number = state.numbers.find((one) => one.phoneNumber === request.from);
  if (!number) throw refused('40013', 'Invalid source number', 'The from number is not yours.');
  const profileId = request.profileId ?? number.messagingProfileId;
  const profile = state.messagingProfiles.find((one) => one.id === profileId);
  if (!profile || number.messagingProfileId !== profile.id) {
    throw refused('40305', "Invalid 'from' address", 'The from number is not on this profile.');
  }
  if (!profile.enabled) throw refused('40312', 'Profile is disabled', 'Enable the profile first.');
  if (!/^\+1\d{10}$/.test(request.to)) {
    throw refused('40309', 'Destination not whitelisted', 'The profile sends to US and CA only.');
  }
  const isBlocked = state.optOuts.some(
    (one) => one.profileId === profile.id && one.person === request.to,
  );
  if (isBlocked) {
    throw refused('40300', 'Blocked due to STOP message', 'The recipient has sent STOP.');
  }
  if (request.text === '' && request.mediaUrls.length === 0) {
    throw refusals.invalid('/text', 'A message needs a text or media.', '10004');
  }
  const size = segmentsOf(request.text);
  if (size.segments > MOST_SEGMENTS) {
    throw refused('40302', 'Message too large', 'A message takes at most 10 parts.');
  }
  const media = await fetchMedia(request.mediaUrls);
  const campaign = state.campaigns.find((one) => one.id === number.campaignId);
  const isRegistered = campaign?.state === 'approved' && number.assignment === 'assigned';
  const message: Message = {
    id: randomUUID(),
    ordinal: carrier.messageCount++,
    direction: 'outbound',
    from: request.from,
    to: request.to,
    text: request.text,
    media,
    profileId: profile.id,
    campaignId: campaign?.id ?? null,
    ...(media.length > 0 ? { ...size, segments: 1 } : size),
    status: 'queued',
    error: null,
    autoresponse: null,
    webhookUrl: request.webhookUrl ?? profile.webhookUrl,
    failoverUrl: request.failoverUrl ?? profile.failoverUrl,
    receivedMs: carrier.clock.now(),
    sentMs: null,
    completedMs: null,
  };
  keepMessage(carrier, message);
  carrier.clock.after(SENT_AFTER_MS, () => leave(carrier, message, isRegistered));
  return message;
}

/** The message goes out; one of an unregistered number is turned away by the mobile operators. */
function leave(carrier: Carrier, message: Message, isRegistered: boolean): void {
  message.status = 'sent';
  message.sentMs = carrier.clock.now();
  tellOf(carrier, message, 'message.sent', outboundPayload(message));
  const phone = carrier.recipients.get(message.to) ?? UNSCRIPTED_RECIPIENT;
  if (isRegistered && phone.outcome === 'silent') return;
  carrier.clock.after(phone.afterSeconds * 1000, () => {
    message.completedMs = carrier.clock.now();
    if (!isRegistered) {
      fail(message, '40010', 'Not 10DLC registered', 'The from number is on no active campaign.');
    } else if (phone.outcome === 'failed') {
      fail(message, phone.code, 'Undeliverable', phone.detail);
    } else {
      message.status = phone.outcome === 'unconfirmed' ? 'delivery_unconfirmed' : 'delivered';
    }
    tellOf(carrier, message, 'message.finalized', outboundPayload(message));
  });
}

function fail(message: Message, code: string, title: string, detail: string): void {
  message.status = 'delivery_failed';
  message.error = { code, title, detail };
}

/** Fetches what goes with a message, as the carrier does. */
async function fetchMedia(urls: readonly string[]): Promise<MessageMedia[]> {
  const tooMuch = 'At most 10 media of 1 MB in all.';
  if (urls.length > MOST_MEDIA) throw refused('40317', 'MMS too large', tooMuch);
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const fetched = await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url, { signal }).catch(() => null);
      if (!response?.ok) {
        throw refused('40317', 'Media not available', 'A media URL could not be fetched.');
      }
      const bytes = Buffer.from(await response.arrayBuffer());
      return {
        url,
        contentType: response.headers.get('content-type'),
        sizeBytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      };
    }),
  );
  const total = fetched.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (total > MOST_MEDIA_BYTES) throw refused('40317', 'MMS too large', tooMuch);
  return fetched;
}

/** The messaging codes begin with the status that they come with. */
function refused(code: string, title: string, detail: string): Refusal {
  return new Refusal({ status: Number(code.slice(0, 3)), code, title, detail });
}
