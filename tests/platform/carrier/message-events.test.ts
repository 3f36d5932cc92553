// Webhooks of texts in our words: what is read, what is left out, and how our message is known again.
import { expect, it } from 'vitest';
import { readHead, translateMessage } from '#platform/carrier/index.ts';

const ID = '7ee4241c-f127-47e5-9c34-3aac291f8058';
const AT = '2026-03-01T12:00:00.000Z';
const webhook = (event_type: string, payload: object, delivered_to = 'https://x.example/c') => ({
  data: { record_type: 'event', id: 'event-1', event_type, occurred_at: AT, payload },
  meta: { attempt: 1, delivered_to },
});
const received = {
  id: ID,
  direction: 'inbound',
  type: 'MMS',
  from: { phone_number: '+13125550155' },
  to: [{ phone_number: '+14155550100', status: 'delivered' }],
  cc: [{ phone_number: '+14155550101' }],
  text: 'Stop!',
  received_at: '2026-03-01T11:59:58.000Z',
  autoresponse_type: 'STOP',
  media: [{ url: 'https://media.example/1', content_type: 'image/png', size: 7 }],
};
const sent = {
  id: ID,
  direction: 'outbound',
  to: [{ phone_number: '+13125550155', status: 'sent' }],
  parts: 1,
  errors: [],
  webhook_url: 'https://x.example/c?tag=m1',
};

it('reads a text with all that came with it, at the moment when the carrier had it', () => {
  expect(translateMessage(webhook('message.received', received))).toEqual({
    id: 'event-1',
    kind: 'received',
    occurredAt: new Date(received.received_at),
    carrierMessageId: ID,
    from: '+13125550155',
    to: '+14155550100',
    recipients: ['+14155550100', '+14155550101'],
    text: 'Stop!',
    media: [{ url: 'https://media.example/1', contentType: 'image/png', sizeBytes: 7 }],
    autoresponse: 'STOP',
  });
  const bare = { id: ID, from: received.from, to: received.to };
  expect(translateMessage(webhook('message.received', bare))).toMatchObject({
    text: '',
    media: [],
    autoresponse: null,
    occurredAt: new Date(AT),
  });
});

it.each([
  ['message.sent', 'sent', { kind: 'sent' }],
  ['message.finalized', 'delivered', { kind: 'finalized', state: 'DELIVERED', segments: 1 }],
  ['message.finalized', 'delivery_unconfirmed', { kind: 'finalized', state: 'UNCONFIRMED' }],
  ['message.finalized', 'sending_failed', { kind: 'finalized', state: 'FAILED' }],
  ['message.finalized', 'expired', { kind: 'finalized', state: 'FAILED' }],
])('reads %s with %s', (type, status, expected) => {
  const payload = { ...sent, to: [{ ...sent.to[0], status }] };
  expect(translateMessage(webhook(type, payload))).toMatchObject({
    ...expected,
    carrierMessageId: ID,
    tag: 'm1',
  });
});

it('names the carrier’s reason, and knows the message by the address where its webhook came', () => {
  const payload = {
    ...sent,
    to: [{ ...sent.to[0], status: 'delivery_failed' }],
    errors: [{ code: 40010, title: 'Not 10DLC registered' }],
    webhook_url: null,
  };
  const body = webhook('message.finalized', payload, 'https://x.example/c?tag=m2');
  const reason = { code: '40010', detail: 'Not 10DLC registered' };
  expect(translateMessage(body)).toMatchObject({ ...reason, state: 'FAILED', tag: 'm2' });
});

it('keeps the events of one message in one line, and nothing else is a text', () => {
  const head = readHead(webhook('message.finalized', sent));
  expect(head).toMatchObject({ session: ID, kind: 'message.finalized', isRead: true });
  expect(translateMessage(webhook('call.hangup', sent))).toBeNull();
  expect(() => translateMessage(webhook('message.sent', {}))).toThrow();
});
