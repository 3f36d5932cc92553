// The carrier's door: only what the carrier signed gets in, once, and nothing is lost when we cannot take it.
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carrierDoor } from '#http/carrier.ts';
import {
  type Carriers,
  openCarriers,
  openInbox,
  type WebhookHead,
} from '#platform/carrier/index.ts';
import { systemClock } from '#platform/clock/index.ts';
import { openLog } from '#platform/log/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const ACCOUNT = '0190a1b2-0000-7000-8000-00000000000a';
const log = openLog({ level: 'silent', name: 'test', showPersonalData: false });
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const { db } = await freshDatabase();
const taken: WebhookHead[] = [];
let server: Server;
let url = '';

const oneKey = {
  publicKeyOf: async (accountId: string) => (accountId === ACCOUNT ? rawKey : null),
  freshPublicKeyOf: async () => rawKey,
} as unknown as Carriers;

function open(
  pool: Parameters<typeof openInbox>[0]['pool'],
  carriers: Carriers = oneKey,
): Promise<Server> {
  const door = carrierDoor(
    { carriers, inbox: openInbox({ pool }, secrets, log), clock: systemClock, log },
    (_accountId, head) => taken.push(head),
  );
  const opened = createServer((req, res) => {
    void door(req, res, new URL(req.url ?? '/', 'http://here'));
  });
  return new Promise((done) => opened.listen(0, '127.0.0.1', () => done(opened)));
}

beforeAll(async () => {
  server = await open(db.pool);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  taken.length = 0;
  await db.prisma.carrierEvent.deleteMany();
});

const webhook = (id: string) =>
  JSON.stringify({
    data: {
      record_type: 'event',
      id,
      event_type: 'call.answered',
      occurred_at: '2026-03-02T15:00:00.000Z',
      payload: { call_session_id: 'session-1' },
    },
  });

function post(
  body: string,
  change: {
    signed?: string;
    offMs?: number;
    headers?: boolean;
    to?: string;
    account?: string;
  } = {},
): Promise<Response> {
  const { signed = body, offMs = 0, headers = true, to = url, account = ACCOUNT } = change;
  const timestamp = String(Math.floor((Date.now() + offMs) / 1_000));
  const signature = sign(null, Buffer.from(`${timestamp}|${signed}`), privateKey).toString(
    'base64',
  );
  return fetch(`${to}/carrier/${account}`, {
    method: 'POST',
    body,
    headers: headers
      ? { 'telnyx-timestamp': timestamp, 'telnyx-signature-ed25519': signature }
      : {},
  });
}

const storedCount = () => db.prisma.carrierEvent.count();

describe('a webhook', () => {
  it('that is signed is stored, answered 200 and handed on', async () => {
    expect((await post(webhook('one'))).status).toBe(200);
    expect(await storedCount()).toBe(1);
    expect(taken).toMatchObject([{ id: 'one', kind: 'call.answered', session: 'session-1' }]);
  });

  it('with signs that the database cannot hold is stored without them', async () => {
    const more = String.raw`"session-1\u0000","caller":"R\u0000. M\ud83d\\u0000 \ud83d\ude00"`;
    expect((await post(webhook('odd').replace('"session-1"', more))).status).toBe(200);
    expect(await db.prisma.carrierEvent.findFirst()).toMatchObject({
      id: 'odd',
      session: 'session-1',
      body: {
        data: {
          payload: { call_session_id: 'session-1', caller: 'R. M\ufffd\\u0000 \u{1f600}' },
        },
      },
    });
  });

  it('of a kind that nobody reads is stored and never stepped', async () => {
    const cost = webhook('cost').replace('call.answered', 'call.cost');
    expect((await post(cost)).status).toBe(200);
    expect(taken).toEqual([]);
    expect(await db.prisma.carrierEvent.findMany()).toMatchObject([{ state: 'IGNORED' }]);
  });

  it('that comes twice is answered 200 twice and handed on once', async () => {
    const statuses = await Promise.all([post(webhook('one')), post(webhook('one'))]);
    expect(statuses.map((answer) => answer.status)).toEqual([200, 200]);
    expect(await storedCount()).toBe(1);
    expect(taken).toHaveLength(1);
  });

  it.each([
    ['unsigned', { headers: false }],
    ['tampered with', { signed: webhook('another') }],
    ['older than five minutes', { offMs: -301_000 }],
    ['from the future', { offMs: 302_000 }],
  ])('that is %s is refused with 401 and nothing is stored', async (_what, change) => {
    expect((await post(webhook('one'), change)).status).toBe(401);
    expect(await storedCount()).toBe(0);
    expect(taken).toEqual([]);
  });

  it('that is larger than 256 KB is refused with 413', async () => {
    expect((await post('x'.repeat(256 * 1024 + 1))).status).toBe(413);
    expect(await storedCount()).toBe(0);
  });

  it('that is signed but no webhook is refused with 422', async () => {
    expect((await post('{"data":{}}')).status).toBe(422);
    expect((await post('not json')).status).toBe(422);
  });

  it('for an account that there is not is refused with 404', async () => {
    const account = '0190a1b2-0000-7000-8000-00000000000b';
    expect((await post(webhook('one'), { account })).status).toBe(404);
  });

  it('for an account that there is not is refused before its body is read', async () => {
    const path = '/carrier/0190a1b2-0000-7000-8000-00000000000b';
    const asked = request(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-length': 200_000 },
    });
    asked.flushHeaders();
    const [answer] = await once(asked, 'response');
    expect(answer.statusCode).toBe(404);
    asked.on('error', () => {}).destroy();
  });

  it('signed with a key that another process has just stored is taken', async () => {
    const settings = { baseUrl: 'http://127.0.0.1:9/v2', apiKey: 'key', connectionId: null };
    let stored = Buffer.alloc(32, 9).toString('base64');
    const carriers = openCarriers({
      settings: async () => ({ ...settings, publicKey: stored }),
      publicUrl: () => 'http://127.0.0.1:9',
    });
    const rotated = await open(db.pool, carriers);
    const to = `http://127.0.0.1:${(rotated.address() as AddressInfo).port}`;
    await carriers.publicKeyOf(ACCOUNT);
    stored = rawKey;
    expect((await post(webhook('one'), { to })).status).toBe(200);
    // read anew a moment ago: whoever forges costs no further look, and the carrier would come again
    expect((await post(webhook('two'), { to, signed: 'another' })).status).toBe(503);
    expect(await storedCount()).toBe(1);
    rotated.close();
  });

  it('is answered 503 while the database is down, so that the carrier comes again', async () => {
    const down = {
      query: () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
    };
    const broken = await open(down as never);
    const to = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
    expect((await post(webhook('one'), { to })).status).toBe(503);
    expect(taken).toEqual([]);
    broken.close();
    expect((await post(webhook('one'))).status).toBe(200);
  });
});
