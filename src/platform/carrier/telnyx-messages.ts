// Texts through Telnyx: sent once, looked up afterwards, and the messaging profiles that numbers stand on.
import type Telnyx from 'telnyx';
import type { OutboundMessagePayload } from 'telnyx/resources/messages';
import type { CarrierMessageState, MessageLine } from './message-port.ts';
import { nullWhenGone } from './null-when-gone.ts';
import { outcomeOf, tagOf } from './telnyx-message-events.ts';
import type { Ask } from './telnyx-numbers.ts';

/** A transaction waits for the answer, and is cut after five seconds. */
const SEND_TIMEOUT_MS = 3_500;
/** one message has two events, each of which may have been delivered anew */
const DELIVERIES = 50;
const TEXT_EVENTS = 'message.received,message.sent,message.finalized';
const PAGE = 250;

/**
 * The verbs on texts of one account's line.
 * @param webhookUrl where the carrier sends this account's webhooks
 */
export function telnyxMessages(client: Telnyx, webhookUrl: string, ask: Ask): MessageLine {
  const read = (carrierMessageId: string): Promise<CarrierMessageState | null> =>
    nullWhenGone(async () => {
      const { data } = await ask(() => client.messages.retrieve(carrierMessageId));
      return data?.direction === 'outbound' ? stateOf(data) : null;
    });
  return {
    async sendMessage({ from, to, text, mediaUrls, profileId, tag }) {
      const { data } = await ask(() =>
        client.messages.send(
          {
            from,
            to,
            text,
            messaging_profile_id: profileId,
            ...(mediaUrls.length > 0 ? { media_urls: [...mediaUrls], type: 'MMS' as const } : {}),
            // the request takes no tag of ours, but the address of its webhooks comes back with each of them
            webhook_url: taggedUrl(webhookUrl, tag),
          },
          { timeout: SEND_TIMEOUT_MS },
        ),
      );
      if (!data?.id) throw new Error('The carrier took a message but named no id.');
      return { carrierMessageId: data.id, segments: data.parts ?? 1 };
    },
    async findMessage(wanted) {
      if ('carrierMessageId' in wanted) return read(wanted.carrierMessageId);
      // no list of messages can be asked for; but the log of webhooks has those that carry our tag
      const page = await ask(() =>
        client.webhookDeliveries.list({
          filter: { webhook: { contains: wanted.tag } },
          'page[size]': DELIVERIES,
        }),
      );
      for (const { webhook } of page.data ?? []) {
        const payload = webhook?.payload as OutboundMessagePayload | undefined;
        if (payload?.id && tagOf(payload.webhook_url) === wanted.tag) {
          return (await read(payload.id)) ?? stateOf(payload);
        }
      }
      return null;
    },
    lostTextWebhooks: (since) => lostTextWebhooks(client, webhookUrl, ask, since),
    async ensureMessagingProfile({ reference, name }) {
      const page = await ask(() =>
        client.messagingProfiles.list({ 'filter[name][contains]': reference }),
      );
      const found = (page.data ?? []).find(
        (profile) => profile.id && profile.name?.endsWith(`(${reference})`),
      );
      const settings = {
        webhook_url: webhookUrl,
        webhook_api_version: '2' as const,
        enabled: true,
      };
      if (found?.id) {
        const { id } = found;
        if (found.webhook_url !== webhookUrl || found.webhook_api_version !== '2') {
          await ask(() => client.messagingProfiles.update(id, settings));
        }
        return { profileId: id };
      }
      const { data } = await ask(() =>
        client.messagingProfiles.create({
          ...settings,
          name: `${name} (${reference})`,
          whitelisted_destinations: ['US', 'CA'],
        }),
      );
      if (!data?.id) throw new Error('The carrier made a messaging profile but named no id.');
      return { profileId: data.id };
    },
    async setMessagingProfile(carrierNumberId, profileId) {
      await ask(() =>
        client.phoneNumbers.messaging.update(carrierNumberId, { messaging_profile_id: profileId }),
      );
    },
  };
}

async function* lostTextWebhooks(
  client: Telnyx,
  webhookUrl: string,
  ask: Ask,
  since: Date,
): AsyncGenerator<unknown> {
  const filter = {
    status: { eq: 'failed' as const },
    event_type: TEXT_EVENTS,
    // one that began before may have been given up since
    finished_at: { gte: since.toISOString() },
  };
  let page = await ask(() => client.webhookDeliveries.list({ filter, 'page[size]': PAGE }));
  for (;;) {
    for (const { webhook, attempts = [] } of page.data ?? []) {
      // the log is that of the whole user of the carrier, who may have other accounts than this; the path names ours, also
      // when the server has moved since
      const paths = attempts.map(({ http }) => pathOf(http?.request?.url ?? ''));
      if (paths.includes(pathOf(webhookUrl))) yield { data: webhook };
    }
    if (!page.hasNextPage()) return;
    const last = page;
    page = await ask(() => last.getNextPage());
  }
}

const pathOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname : null);

function taggedUrl(webhookUrl: string, tag: string): string {
  const url = new URL(webhookUrl);
  url.searchParams.set('tag', tag);
  return url.href;
}

function stateOf(message: OutboundMessagePayload): CarrierMessageState {
  const { state, code, detail, segments } = outcomeOf(message);
  return { carrierMessageId: message.id ?? '', state, code, detail, segments };
}
