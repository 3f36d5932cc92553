// POST /uploads: files of people and programs, under the same credentials as the API.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { Unauthenticated } from '#domains/accounts/index.ts';
import { uploadFile } from '#domains/uploads/index.ts';
import { uploadsDoor } from '#http/uploads.ts';
import { openProcessLimits } from '#platform/limits/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const town = await openTown();
const { viewer, accountId } = await town.settle();
const keys: Record<string, Viewer> = {
  'Bearer good': viewer,
  'Bearer reads': { ...viewer, scopes: ['messages:read', 'chats:read'] },
  'Bearer texts': { ...viewer, scopes: ['messages:write'] },
  session: { ...viewer, actor: { kind: 'user', id: accountId } },
};
const find = async (credential: string): Promise<Viewer> => {
  const found = keys[credential];
  if (!found) throw new Unauthenticated('UNKNOWN');
  return found;
};
for (let n = 0; n < 3; n += 1) {
  keys[`Bearer ${n}`] = { ...viewer, actor: { kind: 'key', id: `${n}` } };
}
const platform = { ...town, storage: openDiskStorage(temporaryFolder()) };
const door = uploadsDoor({
  platform,
  ...{ authenticate: find, authenticateSession: find, limits: openProcessLimits() },
  standing: { PUBLIC_URL: undefined, TRUSTED_PROXIES: 0 },
});
const server = createServer((from, to) => void door(from, to, new URL(from.url ?? '', 'http://a')));
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function uploads(headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/uploads?name=../T%C3%BCr.exe`;
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}

it('takes a file of whoever may write, and tells its id', async () => {
  const own = { cookie: 'switchboard_session=session', 'sec-fetch-site': 'same-origin' };
  const texts = { authorization: 'Bearer texts' };
  for (const headers of [{ authorization: 'Bearer good' }, texts, own]) {
    const { status, body } = await uploads(headers, 'by the window');
    expect([status, body]).toEqual([
      201,
      { id: expect.any(String), name: 'Tür.txt', contentType: 'text/plain', sizeBytes: 13 },
    ]);
    const id = decodeGlobalId(body.id)?.id ?? '';
    const where = { accountId_id: { accountId, id } };
    const { owner } = await town.db.prisma.upload.findUniqueOrThrow({ where });
    const actor = headers === own ? keys.session?.actor : viewer.actor;
    expect(owner).toBe(`${actor?.kind}:${actor?.id}`);
  }
});

it('refuses strangers, other sites, who may not write, and what is no such file', async () => {
  const good = { authorization: 'Bearer good' };
  const foreign = { cookie: 'switchboard_session=session', 'sec-fetch-site': 'cross-site' };
  for (const [headers, bytes, status, code] of [
    [{}, 'x', 401, 'UNAUTHENTICATED'],
    [foreign, 'x', 401, 'UNAUTHENTICATED'],
    [{ authorization: 'Bearer bad' }, 'x', 401, 'UNAUTHENTICATED'],
    [{ authorization: 'Bearer reads' }, 'x', 403, 'FORBIDDEN'],
    [good, '', 415, 'EMPTY'],
    [good, 'PK\u0003\u0004', 415, 'TYPE_REFUSED'],
    [good, 'a'.repeat(5_000_001), 413, 'TOO_LARGE'],
    [{ ...good, 'content-type': 'multipart/form-data; boundary=x' }, '--x', 415, 'TYPE_REFUSED'],
  ] as const) {
    const refused = await uploads(headers, bytes);
    expect([code, refused.status, refused.body.code]).toEqual([code, status, code]);
  }
});

/** A file that begins to come, and ends when it is told to. */
async function begins(authorization: string) {
  const { port } = server.address() as AddressInfo;
  const arrived = once(server, 'request');
  const sent = request({ port, path: '/uploads', method: 'POST', headers: { authorization } });
  sent.write('x');
  await arrived;
  return async () => {
    sent.end();
    const [{ statusCode }] = await once(sent, 'response');
    return statusCode;
  };
}

it('keeps a place free for others: four at once of a key, eight of an account', async () => {
  const ends: (() => Promise<number>)[] = [];
  const tries = async (n: number) => (await uploads({ authorization: `Bearer ${n}` }, 'x')).status;
  for (let n = 0; n < 4; n += 1) ends.push(await begins('Bearer 0'));
  expect([await tries(0), await tries(1)]).toEqual([429, 201]);
  for (let n = 0; n < 4; n += 1) ends.push(await begins('Bearer 1'));
  expect(await tries(2)).toBe(429);
  for (const end of ends) expect(await end()).toBe(201);
  expect([await tries(0), await tries(2)]).toEqual([201, 201]);
});

it('takes a file however many others do not come to an end', async () => {
  async function* silent() {
    await new Promise(() => {});
    yield Buffer.of();
  }
  for (let n = 0; n < 50; n += 1)
    void uploadFile(platform, viewer, { name: '', content: silent() });
  expect((await uploads({ authorization: 'Bearer 2' }, 'x')).status).toBe(201);
});
