// A push service and a browser of its own: takes what is posted to it, checks who signed it, and opens it as the browser
// would (RFC 8188, 8291, 8292).
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

interface Letter {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Opens one. Call it at the top of a test file. */
export async function openPushReceiver() {
  const letters: Letter[] = [];
  /** what the next messages are answered; 201 when there is nothing */
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    letters.push({ headers: request.headers, body: Buffer.concat(parts) });
    const { status, headers } = answers.shift() ?? { status: 201 };
    response.writeHead(status, headers).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.alloc(32, 5));
  const auth = Buffer.alloc(16, 9);
  return {
    letters,
    answers,
    origin,
    keys: { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') },
    /** What the browser reads. */
    open({ body }: Letter): unknown {
      const salt = body.subarray(0, 16);
      const keyEnd = 21 + (body[20] ?? 0);
      const sender = body.subarray(21, keyEnd);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
      const shared = hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32);
      const draw = (name: string, bytes: number) =>
        Buffer.from(
          hkdfSync('sha256', Buffer.from(shared), salt, `Content-Encoding: ${name}\0`, bytes),
        );
      const cipher = createDecipheriv('aes-128-gcm', draw('aes128gcm', 16), draw('nonce', 12));
      cipher.setAuthTag(body.subarray(-16));
      const plain = Buffer.concat([cipher.update(body.subarray(keyEnd, -16)), cipher.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
    },
    /** What the sender says of itself, once its signature is found to be that of `publicKey`. */
    claims({ headers }: Letter, publicKey: string): Record<string, unknown> {
      const [, token = '', key] =
        /^vapid t=(\S+), k=(\S+)$/.exec(String(headers.authorization)) ?? [];
      const point = Buffer.from(publicKey, 'base64url');
      const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((one) =>
        one.toString('base64url'),
      );
      const jwk = createPublicKey({
        format: 'jwk',
        key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' },
      });
      const [head, claims, signature = ''] = token.split('.');
      const isOurs =
        key === publicKey &&
        verify(
          'sha256',
          Buffer.from(`${head}.${claims}`),
          { key: jwk, dsaEncoding: 'ieee-p1363' },
          Buffer.from(signature, 'base64url'),
        );
      if (!isOurs) throw new Error('Somebody else signed this.');
      return JSON.parse(Buffer.from(claims ?? '', 'base64url').toString());
    },
  };
}
