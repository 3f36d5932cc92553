// What the adapter's verbs on texts send, and what they read from answers of the published shape.
import { AT, NUMBER, PAGE, PHONE_NUMBER, REFERENCE } from './answers.ts';
import type { Look } from './look.ts';

const PERSON = '+13125550155';
const TAG = '0190a1b2-0000-7000-8000-000000000001';
const HOOK = 'https://calls.example.com/carrier/account';
const message = { from: NUMBER, to: PERSON, text: 'On our way.', profileId: REFERENCE, tag: TAG };
const MESSAGE = {
  id: REFERENCE,
  record_type: 'message',
  direction: 'outbound',
  type: 'SMS',
  parts: 2,
  to: [{ phone_number: PERSON, status: 'delivery_failed' }],
  errors: [{ code: '40001', title: 'Not routable', detail: 'The number has no mobile.' }],
  webhook_url: `${HOOK}?tag=${TAG}`,
};
const STATE = {
  carrierMessageId: REFERENCE,
  state: 'FAILED',
  code: '40001',
  detail: 'The number has no mobile.',
  segments: 2,
};
const DELIVERY = {
  id: REFERENCE,
  record_type: 'webhook_delivery',
  webhook: {
    record_type: 'event',
    event_type: 'message.sent',
    id: REFERENCE,
    occurred_at: AT,
    payload: { ...MESSAGE, to: [{ phone_number: PERSON, status: 'sent' }] },
  },
};
const tried = (url: string) => ({
  ...{ ...DELIVERY, status: 'failed' },
  attempts: [{ status: 'failed', http: { request: { url }, response: {} } }],
});
const PROFILE = { id: REFERENCE, record_type: 'messaging_profile', name: 'Bluebird (c1)' };
const ours = { webhook_url: HOOK, webhook_api_version: '2' };
const byTag = `GET /webhook_deliveries?filter[webhook][contains]=${TAG}&page[size]=50`;

export const MESSAGE_LOOKS = {
  sendMessage: [
    {
      ask: (carrier) => carrier.sendMessage({ ...message, mediaUrls: [] }),
      sends: 'POST /messages',
      answer: { data: MESSAGE },
      gives: { carrierMessageId: REFERENCE, segments: 2 },
    },
    {
      ask: (carrier) =>
        carrier.sendMessage({ ...message, mediaUrls: ['https://files.example.com/a.png'] }),
      sends: 'POST /messages',
      answer: { data: { ...MESSAGE, type: 'MMS', parts: 1 } },
      gives: { carrierMessageId: REFERENCE, segments: 1 },
    },
  ],
  findMessage: [
    {
      ask: (carrier) => carrier.findMessage({ carrierMessageId: REFERENCE }),
      sends: `GET /messages/${REFERENCE}`,
      answer: { data: MESSAGE },
      gives: STATE,
    },
    {
      ask: (carrier) => carrier.findMessage({ tag: TAG }),
      sends: byTag,
      answer: { data: [DELIVERY], meta: PAGE },
      afterwards: { sends: `GET /messages/${REFERENCE}`, answer: { data: MESSAGE } },
      gives: STATE,
    },
    {
      // a text that only quotes the tag is another's
      ask: (carrier) => carrier.findMessage({ tag: TAG }),
      sends: byTag,
      answer: {
        data: [
          {
            ...DELIVERY,
            webhook: { ...DELIVERY.webhook, payload: { ...MESSAGE, text: TAG, webhook_url: HOOK } },
          },
        ],
        meta: PAGE,
      },
      gives: null,
    },
  ],
  lostTextWebhooks: [
    {
      ask: (carrier) => Array.fromAsync(carrier.lostTextWebhooks(new Date(AT))),
      sends: `GET /webhook_deliveries?filter[status][eq]=failed&filter[event_type]=message.received,message.sent,message.finalized&filter[finished_at][gte]=${AT}&page[size]=250`,
      // the log has what went to others, too
      answer: {
        data: [tried('https://others.example.com/'), tried(`${HOOK}?tag=${TAG}`), DELIVERY],
        meta: PAGE,
      },
      gives: [{ data: DELIVERY.webhook }],
    },
  ],
  ensureMessagingProfile: [
    {
      ask: (carrier) => carrier.ensureMessagingProfile({ reference: 'c1', name: 'Bluebird' }),
      sends: 'GET /messaging_profiles?filter[name][contains]=c1',
      answer: { data: [{ ...PROFILE, ...ours }], meta: PAGE },
      gives: { profileId: REFERENCE },
    },
    {
      ask: (carrier) => carrier.ensureMessagingProfile({ reference: 'c1', name: 'Bluebird' }),
      sends: 'GET /messaging_profiles?filter[name][contains]=c1',
      answer: { data: [PROFILE], meta: PAGE },
      afterwards: { sends: `PATCH /messaging_profiles/${REFERENCE}`, answer: { data: PROFILE } },
      gives: { profileId: REFERENCE },
    },
    {
      ask: (carrier) => carrier.ensureMessagingProfile({ reference: 'c1', name: 'Bluebird' }),
      sends: 'GET /messaging_profiles?filter[name][contains]=c1',
      answer: { data: [{ ...PROFILE, name: 'Redwing (c12)' }], meta: PAGE },
      afterwards: { sends: 'POST /messaging_profiles', answer: { data: PROFILE } },
      gives: { profileId: REFERENCE },
    },
  ],
  setMessagingProfile: [
    {
      ask: (carrier) => carrier.setMessagingProfile(PHONE_NUMBER.id, REFERENCE),
      sends: `PATCH /phone_numbers/${PHONE_NUMBER.id}/messaging`,
      answer: { data: { id: PHONE_NUMBER.id, record_type: 'messaging_settings' } },
      gives: undefined,
    },
  ],
} satisfies Record<string, Look[]>;
