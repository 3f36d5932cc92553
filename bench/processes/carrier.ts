// A carrier that only signs and sends: webhooks are made and signed before the clock runs, and every command that comes
// back is answered with yes.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent } from '../stage/answer-parent.ts';
import { fire, type Shot, type Volley } from '../stage/load.ts';

/**
 * stored: of a family that nobody steps. glanced: stepped and passed over. arrived: a new call each. texted: a text of one of
 * 1,500 people each.
 */
export type WebhookKind = 'stored' | 'glanced' | 'arrived' | 'texted';

/** How `send` is asked. */
export interface SendRequest {
  url: string;
  kind: WebhookKind;
  count: number;
  connections: number;
  /** the tracking number that calls and texts arrive on */
  to: string;
  /** how many webhooks a second; as many as are taken when absent */
  perSecond?: number;
  /** every which webhook is sent once more at the end; none when absent */
  againEvery?: number;
}

const EVENT_TYPES: Record<WebhookKind, string> = {
  stored: 'conference.participant.joined',
  glanced: 'call.cost',
  arrived: 'call.initiated',
  texted: 'message.received',
};
const AREA_CODES = [201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217];

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url');
let sent = 0;

/** The n-th caller's number: 1,500 fictional ones, over and over. */
function callerNumber(n: number): string {
  const area = AREA_CODES[Math.floor(n / 100) % AREA_CODES.length];
  return `+1${area}55501${String(n % 100).padStart(2, '0')}`;
}

function callPayload(to: string, now: string): object {
  const legId = randomUUID();
  return {
    call_control_id: `v3:${legId}${legId}`,
    call_leg_id: legId,
    call_session_id: randomUUID(),
    connection_id: '1494404757140276705',
    client_state: null,
    from: callerNumber(sent),
    to,
    direction: 'incoming',
    state: 'parked',
    start_time: now,
    tags: [],
    caller_id_name: 'R MILLER',
    shaken_stir_attestation: 'A',
    shaken_stir_validated: true,
  };
}

function textPayload(to: string, now: string): object {
  return {
    record_type: 'message',
    id: randomUUID(),
    direction: 'inbound',
    type: 'SMS',
    from: { phone_number: callerNumber(sent), status: 'received' },
    to: [{ phone_number: to, status: 'webhook_delivered' }],
    cc: [],
    text: `Do you have an opening this week? That is question ${sent}.`,
    media: [],
    received_at: now,
  };
}

function makeWebhook({ url, kind, to }: SendRequest): Shot {
  sent += 1;
  const now = new Date();
  const payload = kind === 'texted' ? textPayload : callPayload;
  const body = JSON.stringify({
    data: {
      record_type: 'event',
      event_type: EVENT_TYPES[kind],
      id: randomUUID(),
      occurred_at: now.toISOString(),
      payload: payload(to, now.toISOString()),
    },
    meta: { attempt: 1, delivered_to: url },
  });
  const seconds = Math.floor(now.getTime() / 1000);
  const signature = sign(null, Buffer.from(`${seconds}|${body}`), privateKey).toString('base64');
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'telnyx-webhooks',
      'telnyx-timestamp': String(seconds),
      'telnyx-signature-ed25519': signature,
    },
  };
}

function send(request: SendRequest): Promise<Volley> {
  const { count, connections, perSecond, againEvery } = request;
  const shots = Array.from({ length: count }, () => makeWebhook(request));
  if (againEvery) shots.push(...shots.filter((_, n) => n % againEvery === 0));
  const check = (status: number, text: string) => {
    if (status !== 200) throw new Error(`A webhook was answered with ${status}: ${text}`);
  };
  const rhythm = perSecond ? { everyMs: 1_000 / perSecond } : {};
  return fire(shots, { connections, check, ...rhythm });
}

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"data":{"result":"ok","is_alive":true}}');
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/v2`;
  answerParent({ baseUrl, publicKey: rawKey.toString('base64') }, { send });
});
