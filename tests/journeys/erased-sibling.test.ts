// One call of two is erased. A partner's selection led from the other to it, by way of their caller: what was rendered for
// the other call knows nothing of it either.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { findTraces } from '#tests/support/find-traces.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown({ speed: 20, env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const { config, db } = town.server.platform;
const NOTE = 'Bluebird';
const SELECTION = `{ ... on CallEvent { call { lead {
  interactions(first: 5) { nodes { ... on Call { from note } } } } } } }`;

/** A receiver that repeats what it is told, so that the log of its answers knows it too. */
async function partner(): Promise<string> {
  const server = createServer((request, response) => void request.pipe(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const update = (callId: string, note: string) =>
  town.ask(
    `mutation($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }`,
    { input: { callId, note } },
  );

const traces = () => findTraces(db, { folder: config.DATA_DIR, except: ['carrier'] }, [NOTE]);

it('a call that is erased goes from the bodies of its caller’s other calls', {
  timeout: 60_000,
}, async () => {
  const tracker = await town.tracker();
  town.business(tracker).is('no-answer');
  const { from } = town.caller();
  for (const _nth of [1, 2]) town.caller(from).dials(tracker, { hangUpAfterSeconds: 1 });
  await town.until('both calls are over', () => town.seen(isEnd).length === 2);
  const [stays = '', goes = ''] = town.seen(isEnd).map(({ call }) => call.id);
  await town.ask(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
       userErrors { code message } } }`,
    { input: { url: await partner(), eventTypes: ['CALL_UPDATED'], query: SELECTION } },
  );
  await update(goes, NOTE);
  await update(stays, 'Called twice');
  await town.until('the partner was told of both', async () => {
    const state = 'DELIVERED' as const;
    return (await db.prisma.webhookDelivery.count({ where: { state } })) === 2;
  });
  expect(await db.prisma.webhookBody.count({ where: { body: { contains: NOTE } } })).toBe(2);
  const places = ['interaction.note', 'webhook_attempt.response', 'webhook_body.body'];
  expect(await traces()).toEqual(expect.arrayContaining(places.map((place) => `public.${place}`)));
  const { eraseCall } = await town.ask(
    `mutation($input: EraseCallInput!) { eraseCall(input: $input) {
       erasure { erased { leads webhookDeliveries } } userErrors { code } } }`,
    { input: { callId: goes } },
  );
  expect(eraseCall.erasure.erased).toMatchObject({ leads: 0 });
  expect(await traces()).toEqual([]);
  const { node } = await town.ask('query($id: ID!) { node(id: $id) { ... on Call { note } } }', {
    id: stays,
  });
  expect(node).toEqual({ note: 'Called twice' });
});

function isEnd({ type }: { type?: string }): boolean {
  return type === 'CALL_ENDED';
}
