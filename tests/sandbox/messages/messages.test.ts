// Texts in the sandbox: a person's, ours, their receipts, the carrier's own STOP, and trouble on demand.
import { createHash } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { buildTextTown, NUMBER, PERSON, register } from '../support/text-town.ts';

const town = await buildTextTown();
await register(town);
afterAll(() => town.leave());
beforeEach(async () => {
  // what an earlier story sent is over
  await town.sandbox.clock.advance(60_000);
  town.receiver.hooks.length = 0;
  town.sandbox.faults([]);
});

const send = (fields: object = {}) =>
  town.telnyx.messages.send({ from: NUMBER, to: PERSON, text: 'On our way.', ...fields });
const payloads = (type: string) =>
  town.receiver.hooks.map(({ body }) => body.data).filter((data) => data.event_type === type);

it('takes a person’s text with a file, once, and serves the file', async () => {
  const { sandbox, receiver } = town;
  const script = {
    from: PERSON,
    to: NUMBER,
    text: 'Look: ',
    messageId: '0190a1b2-0000-7000-8000-00000000000a',
    media: [{ contentType: 'image/png', base64: Buffer.from('a bomb').toString('base64') }],
  };
  expect(sandbox.text(script)).toEqual(sandbox.text(script));
  const { payload } = (await receiver.once('message.received')).body.data;
  expect(payload).toMatchObject({ text: 'Look: ', type: 'MMS', direction: 'inbound' });
  const [media] = payload.media as { url: string; content_type: string }[];
  const file = await fetch(media?.url ?? '');
  expect([file.headers.get('content-type'), await file.text()]).toEqual(['image/png', 'a bomb']);
  await sandbox.settled();
  expect(payloads('message.received')).toHaveLength(1);
  expect(() => sandbox.text({ from: PERSON, to: '+12125550199' })).toThrow(/10005/);
});

it('sends ours, tells of it at its own address, and has it arrive or not as the phone has it', async () => {
  const { sandbox, telnyx, receiver } = town;
  const { data } = await send({ webhook_url: `${receiver.url}/own?tag=m1` });
  await sandbox.clock.advance(5_000);
  const seen = receiver.hooks.map(({ path, body: { data: event } }) => [path, event.event_type]);
  expect(seen).toEqual([
    ['/own?tag=m1', 'message.sent'],
    ['/own?tag=m1', 'message.finalized'],
  ]);
  const found = await telnyx.messages.retrieve(data?.id ?? '');
  expect(found.data).toMatchObject({ to: [{ status: 'delivered' }], parts: 1 });
  expect(sandbox.texts(PERSON).at(-1)).toMatchObject({ text: 'On our way.', from: NUMBER });
  const log = await telnyx.webhookDeliveries.list({ filter: { webhook: { contains: 'tag=m1' } } });
  expect(log.data).toHaveLength(2);

  sandbox.recipient('+13125550156', { outcome: 'failed', code: '40008', detail: 'No such phone.' });
  sandbox.recipient('+13125550157', { outcome: 'silent' });
  await send({ to: '+13125550156' });
  await send({ to: '+13125550157' });
  await sandbox.clock.advance(3_600_000);
  expect(payloads('message.finalized').at(-1)?.payload).toMatchObject({
    to: [{ phone_number: '+13125550156', status: 'delivery_failed' }],
    errors: [{ code: '40008', detail: 'No such phone.' }],
  });
  expect(payloads('message.sent')).toHaveLength(3);
  expect(payloads('message.finalized')).toHaveLength(2);
  expect(sandbox.texts('+13125550156')).toEqual([]);
});

it('blocks after STOP until START, for all numbers of the profile and no other', async () => {
  const { sandbox, telnyx, profileId } = town;
  const person = '+13125550158';
  sandbox.text({ from: person, to: NUMBER, text: ' stop ' });
  await expect(send({ to: person })).rejects.toMatchObject({
    status: 403,
    error: { errors: [{ code: '40300' }] },
  });
  const blocked = await telnyx.messagingOptouts.list({
    filter: { messaging_profile_id: profileId },
  });
  expect(blocked.data).toMatchObject([{ from: person, keyword: 'stop' }]);
  expect(sandbox.texts(person)).toMatchObject([{ isCarriers: true }]);
  sandbox.text({ from: person, to: NUMBER, text: 'YES' });
  await expect(send({ to: person })).rejects.toThrow();
  sandbox.text({ from: person, to: NUMBER, text: 'Start' });
  await send({ to: person });
  await sandbox.settled();
  const words = payloads('message.received').map(({ payload }) => payload.autoresponse_type);
  expect(words).toEqual(['STOP', undefined, 'START']);
});

it('fetches what goes with a text, and refuses too much of it', async () => {
  const { sandbox, receiver } = town;
  const bytes = Buffer.alloc(600_000, 7);
  sandbox.text({ from: PERSON, to: NUMBER, media: [{ base64: bytes.toString('base64') }] });
  const { payload } = (await receiver.once('message.received')).body.data;
  const [{ url = '' } = {}] = payload.media as { url?: string }[];
  const { data } = await send({ media_urls: [url] });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(data).toMatchObject({ type: 'MMS', media: [{ size: 600_000, sha256 }] });
  const refused = { error: { errors: [{ code: '40317' }] } };
  await expect(send({ media_urls: [url, url] })).rejects.toMatchObject(refused);
  await expect(send({ media_urls: Array(11).fill(url) })).rejects.toMatchObject(refused);
});

it('has a text that nobody answered for go out all the same, or not, as a fault has it', async () => {
  const { sandbox } = town;
  const to = '+13125550159';
  sandbox.faults([
    { command: 'message.send', to, status: 500, carryOut: true },
    { command: 'message.send', to, status: 500 },
  ]);
  await expect(send({ to })).rejects.toMatchObject({ status: 500 });
  await expect(send({ to })).rejects.toMatchObject({ status: 500 });
  await sandbox.clock.advance(2_000);
  expect(sandbox.texts(to)).toHaveLength(1);
});

it.each([
  [{ from: '+12125550188' }, '40013'],
  [{ messaging_profile_id: '0190a1b2-0000-7000-8000-00000000000b' }, '40305'],
  [{ to: ['+44', '20', '7946', '0123'].join('') }, '40309'],
  [{ text: 'a'.repeat(1_531) }, '40302'],
])('refuses %j with %s', async (fields, code) => {
  await expect(send(fields)).rejects.toMatchObject({ error: { errors: [{ code }] } });
});

it.each([
  ['a'.repeat(160), 'GSM-7', 1],
  ['a'.repeat(161), 'GSM-7', 2],
  ['€'.repeat(80), 'GSM-7', 1],
  ['€'.repeat(81), 'GSM-7', 2],
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
  ['ж'.repeat(70), 'UCS-2', 1],
  ['ж'.repeat(71), 'UCS-2', 2],
  ['😀'.repeat(35), 'UCS-2', 1],
  ['😀'.repeat(66), 'UCS-2', 2],
  ['😀'.repeat(67), 'UCS-2', 3],
])('counts the parts of %s', async (text, encoding, parts) => {
  expect((await send({ text })).data).toMatchObject({ encoding, parts });
});
