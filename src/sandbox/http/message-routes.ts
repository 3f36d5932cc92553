// Texts: send, look up, the blocks of people who sent STOP, and the files of theirs.
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { inboundPayload, type Message, outboundPayload } from '../messages/message.ts';
import { sendMessage } from '../messages/send-message.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import { faultRefusal, takeFault, waitOut } from '../scripts/faults.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { pageOf, type Route } from './router.ts';

const SendBody = z.looseObject({
  from: z.string(),
  to: z.string(),
  text: z.string().optional(),
  media_urls: z.array(z.url()).optional(),
  messaging_profile_id: z.string().optional(),
  webhook_url: z.url().nullish(),
  webhook_failover_url: z.url().nullish(),
});

/** Routes under /v2/messages, and /v2/messaging_optouts. */
export function messageRoutes(carrier: Carrier): Route[] {
  return [
    {
      method: 'POST',
      path: '/v2/messages',
      async handle({ body }) {
        const given = parseBody(SendBody, body);
        const fault = takeFault(carrier.faults, 'message.send', { to: given.to });
        const carryOut = fault ? (fault.carryOut ?? fault.status === undefined) : true;
        const sent = carryOut
          ? await sendMessage(carrier, {
              from: given.from,
              to: given.to,
              text: given.text ?? '',
              mediaUrls: given.media_urls ?? [],
              profileId: given.messaging_profile_id ?? null,
              webhookUrl: given.webhook_url ?? null,
              failoverUrl: given.webhook_failover_url ?? null,
            })
          : null;
        if (fault) await waitOut(fault);
        if (fault?.hang) return 'hang';
        if (fault && (fault.status !== undefined || !sent)) throw faultRefusal(fault);
        return { status: 200, body: { data: outboundPayload(sent as Message) } };
      },
    },
    {
      method: 'GET',
      path: '/v2/messages/:id',
      handle({ params }) {
        const found = carrier.messages.get(params.id ?? '');
        if (!found) throw refusals.notFound('message');
        const data = found.direction === 'inbound' ? inboundPayload(found) : outboundPayload(found);
        return { status: 200, body: { data } };
      },
    },
    {
      method: 'GET',
      path: '/v2/messaging_optouts',
      handle({ query }) {
        const profile = query.get('filter[messaging_profile_id]');
        const rows = carrier.store.state.optOuts.filter(
          ({ profileId }) => profile === null || profileId === profile,
        );
        const shown = rows.map(({ profileId, person, number, keyword, createdMs }) => ({
          messaging_profile_id: profileId,
          from: person,
          to: number,
          keyword,
          created_at: isoTime(createdMs),
        }));
        return { status: 200, body: pageOf(shown, query) };
      },
    },
  ];
}

/** Files that came with people's texts; the link itself is the right to read. */
export function mediaRoutes(carrier: Carrier): Route[] {
  return [
    {
      method: 'GET',
      path: '/media/:id',
      handle({ params }, response) {
        const file = carrier.media.get(params.id ?? '');
        if (!file) throw refusals.notFound('media');
        response.writeHead(200, {
          'content-type': file.contentType ?? 'application/octet-stream',
          'content-length': file.bytes.length,
        });
        response.end(file.bytes);
        return 'sent' as const;
      },
    },
  ];
}
