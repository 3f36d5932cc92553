// What the adapter sends for each verb and each kind of command, and what it reads from answers of the published shape,
// against the carrier's specification. Needs ../shared, else it is skipped.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Carrier, type CarrierCommand, openCarriers } from '#platform/carrier/index.ts';
import { type CarrierSpec, openCarrierSpec, specIsHere } from '#tests/support/carrier-spec.ts';
import {
  APPLICATION,
  AT,
  CALL,
  CALL_EVENT,
  FOREIGN_CALL_EVENT,
  NUMBER,
  OFFER,
  ORDER,
  PAGE,
  PHONE_NUMBER,
  RECORDING,
  REFERENCE,
  RESERVATION,
  SENT,
  SESSION,
  VOICE,
} from './answers.ts';
import type { Look } from './look.ts';
import { MESSAGE_LOOKS } from './message-looks.ts';
import { REGISTRATION_LOOKS } from './registration-looks.ts';

const leg = 'v3:leg-a';
const tag = { callId: '0190a1b2-0000-7000-8000-000000000001', leg: 'caller', step: 'step' };
const ACTION = `/calls/${leg}/actions`;
/** Every kind that the port knows; a kind that is missing here does not compile. */
const COMMANDS: { [K in CarrierCommand['kind']]: [string, Extract<CarrierCommand, { kind: K }>] } =
  {
    answer: [`${ACTION}/answer`, { kind: 'answer', leg, tag }],
    speak: [`${ACTION}/speak`, { kind: 'speak', leg, tag, text: 'Hello.' }],
    playRingback: [`${ACTION}/playback_start`, { kind: 'playRingback', leg, tag }],
    stopPlayback: [`${ACTION}/playback_stop`, { kind: 'stopPlayback', leg, tag }],
    startRecording: [
      `${ACTION}/record_start`,
      {
        kind: 'startRecording',
        leg,
        tag,
        channels: 'dual',
        beep: true,
        maxSeconds: 120,
        silenceSeconds: 5,
      },
    ],
    stopRecording: [`${ACTION}/record_stop`, { kind: 'stopRecording', leg, tag }],
    startTranscription: [
      `${ACTION}/transcription_start`,
      { kind: 'startTranscription', leg, tag, language: 'es-MX' },
    ],
    stopTranscription: [`${ACTION}/transcription_stop`, { kind: 'stopTranscription', leg, tag }],
    bridge: [`${ACTION}/bridge`, { kind: 'bridge', leg, tag, with: 'v3:leg-b' }],
    hangUp: [`${ACTION}/hangup`, { kind: 'hangUp', leg, tag: null }],
    dial: [
      '/calls',
      { kind: 'dial', leg, tag, to: '+12125550180', from: '+14155550134', ringSeconds: 25 },
    ],
  };

type Verb = Exclude<keyof Carrier, 'send'>;
/** Every verb that the port knows; a verb that is missing here does not compile. */
const VERBS: { [K in Verb]: Look[] } = {
  ...MESSAGE_LOOKS,
  ...REGISTRATION_LOOKS,
  legStatus: [
    {
      ask: (carrier) => carrier.legStatus(leg),
      sends: `GET /calls/${leg}`,
      answer: { data: { ...CALL, is_alive: false, end_time: AT } },
      gives: { alive: false, endedAt: new Date(AT) },
    },
  ],
  findRecording: [
    {
      ask: (carrier) =>
        carrier.findRecording({
          recordingId: REFERENCE,
          session: SESSION,
          others: [],
          startedAt: new Date(AT),
        }),
      sends: `GET /recordings/${REFERENCE}`,
      answer: { data: RECORDING },
      gives: { recordingId: REFERENCE, url: RECORDING.download_urls.wav },
    },
    {
      ask: (carrier) =>
        carrier.findRecording({
          recordingId: null,
          session: SESSION,
          others: [],
          startedAt: new Date(AT),
        }),
      sends: `GET /recordings?filter[call_session_id]=${SESSION}`,
      answer: {
        data: [
          { ...RECORDING, id: SESSION, recording_started_at: '2026-03-01T11:58:00Z' },
          RECORDING,
        ],
      },
      gives: { recordingId: REFERENCE, url: RECORDING.download_urls.wav },
    },
  ],
  deleteRecording: [
    {
      ask: (carrier) => carrier.deleteRecording(REFERENCE),
      sends: `DELETE /recordings/${REFERENCE}`,
      answer: { data: RECORDING },
      gives: undefined,
    },
  ],
  deleteRecordingsOf: [
    {
      ask: (carrier) => carrier.deleteRecordingsOf(SESSION),
      sends: `GET /recordings?filter[call_session_id]=${SESSION}`,
      answer: { data: [RECORDING] },
      afterwards: { sends: `DELETE /recordings/${REFERENCE}`, answer: { data: RECORDING } },
      gives: undefined,
    },
  ],
  sentWebhooks: [
    {
      ask: (carrier) => Array.fromAsync(carrier.sentWebhooks(new Date(AT))),
      sends: `GET /call_events?filter[type]=webhook&filter[connection_id]=1234567890&filter[occurred_at][gte]=${AT}&page[size]=250`,
      // the carrier may log a webhook of another application all the same
      answer: { data: [CALL_EVENT, FOREIGN_CALL_EVENT], meta: PAGE },
      gives: [{ data: SENT }],
    },
  ],
  searchNumbers: [
    {
      ask: (carrier) => carrier.searchNumbers({ areaCode: '415' }),
      sends:
        'GET /available_phone_numbers?filter[country_code]=US&filter[limit]=20&filter[exclude_held_numbers]=true&filter[national_destination_code]=415',
      answer: { data: [OFFER] },
      gives: [{ phoneNumber: NUMBER, locality: 'SAN FRANCISCO', region: 'CA' }],
    },
    {
      ask: (carrier) => carrier.searchNumbers({ near: 'Oakland', tollFree: true }),
      sends:
        'GET /available_phone_numbers?filter[country_code]=US&filter[limit]=20&filter[exclude_held_numbers]=true&filter[locality]=Oakland&filter[phone_number_type]=toll_free',
      answer: { data: [] },
      gives: [],
    },
  ],
  findOwnedNumber: [
    {
      ask: (carrier) => carrier.findOwnedNumber(NUMBER),
      sends: `GET /phone_numbers?filter[phone_number]=${NUMBER}`,
      answer: { data: [PHONE_NUMBER], meta: PAGE },
      gives: { id: PHONE_NUMBER.id },
    },
  ],
  findOrder: [
    {
      ask: (carrier) => carrier.findOrder(REFERENCE),
      sends: `GET /number_orders?filter[customer_reference]=${REFERENCE}`,
      answer: { data: [{ ...ORDER, status: 'failure' }] },
      gives: { id: REFERENCE, state: 'FAILED' },
    },
    {
      ask: (carrier) => carrier.findOrder(REFERENCE),
      sends: `GET /number_orders?filter[customer_reference]=${REFERENCE}`,
      answer: { data: [{ ...ORDER, phone_numbers: [{ status: 'failure' }] }] },
      gives: { id: REFERENCE, state: 'FAILED' },
    },
  ],
  orderNumber: [
    {
      ask: (carrier) => carrier.orderNumber(NUMBER, REFERENCE),
      sends: 'POST /number_orders',
      answer: { data: ORDER },
      gives: { id: REFERENCE, state: 'SUCCESS' },
    },
  ],
  readNumber: [
    {
      ask: (carrier) => carrier.readNumber(PHONE_NUMBER.id),
      sends: 'GET /phone_numbers/1293384261075731499',
      answer: {
        data: { ...PHONE_NUMBER, connection_id: '1234567890', caller_id_name_enabled: true },
      },
      afterwards: {
        sends: 'GET /phone_numbers/1293384261075731499/voice',
        answer: { data: VOICE },
      },
      gives: {
        status: 'active',
        isConnected: true,
        isRerouted: true,
        isRecorded: true,
        callerNameLookup: true,
        callScreening: 'FLAG_CALLS',
      },
    },
  ],
  configureNumber: [
    {
      ask: (carrier) =>
        carrier.configureNumber(PHONE_NUMBER.id, {
          callerNameLookup: true,
          callScreening: 'REJECT_CALLS',
        }),
      sends: 'PATCH /phone_numbers/1293384261075731499',
      answer: { data: PHONE_NUMBER },
      afterwards: {
        sends: 'PATCH /phone_numbers/1293384261075731499/voice',
        answer: { data: VOICE },
      },
      gives: undefined,
    },
  ],
  releaseNumber: [
    {
      ask: (carrier) => carrier.releaseNumber(PHONE_NUMBER.id),
      sends: 'DELETE /phone_numbers/1293384261075731499',
      answer: { data: { ...PHONE_NUMBER, status: 'deleted' } },
      gives: undefined,
    },
  ],
  reserveNumbers: [
    {
      ask: (carrier) => carrier.reserveNumbers([NUMBER], REFERENCE),
      sends: 'POST /number_reservations',
      answer: { data: RESERVATION },
      gives: {
        id: REFERENCE,
        expiresAt: new Date('2026-03-01T12:30:00.000Z'),
        numbers: [
          { phoneNumber: NUMBER, state: 'HELD', failure: null },
          { phoneNumber: '+14155550101', state: 'REFUSED', failure: 'taken' },
          { phoneNumber: '+14155550102', state: 'PENDING', failure: null },
        ],
      },
    },
  ],
  findReservation: [
    {
      ask: (carrier) => carrier.findReservation(REFERENCE),
      sends: `GET /number_reservations?filter[customer_reference]=${REFERENCE}`,
      answer: { data: [], meta: PAGE },
      gives: null,
    },
  ],
  extendReservation: [
    {
      ask: async (carrier) => (await carrier.extendReservation(REFERENCE)).expiresAt,
      sends: `POST /number_reservations/${REFERENCE}/actions/extend`,
      answer: { data: RESERVATION },
      gives: new Date('2026-03-01T12:30:00.000Z'),
    },
  ],
  ensureVoiceApplication: [
    {
      ask: (carrier) =>
        carrier.ensureVoiceApplication('Calls', 'https://calls.example.com/carrier'),
      sends: 'PATCH /call_control_applications/1234567890',
      answer: { data: APPLICATION },
      gives: '1234567890',
    },
    {
      ask: async () =>
        (await lineOf(null)).ensureVoiceApplication('Calls', 'https://calls.example.com/carrier'),
      sends: 'POST /call_control_applications',
      answer: { data: APPLICATION },
      gives: '1234567890',
    },
  ],
};

const requests: { method: string; url: URL; body: unknown }[] = [];
let answers: object[] = [];
const server = createServer(async (req, res) => {
  let text = '';
  for await (const part of req) text += part;
  const url = new URL(req.url ?? '', 'http://carrier');
  requests.push({ method: req.method ?? '', url, body: text ? JSON.parse(text) : {} });
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end(JSON.stringify(answers.shift() ?? {}));
});

/** A line to the server above, for an account with or without a voice application. */
function lineOf(connectionId: string | null): Promise<Carrier> {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
  const settings = { baseUrl, apiKey: 'test', publicKey: '', connectionId };
  return openCarriers({
    settings: async () => settings,
    publicUrl: () => 'https://calls.example.com',
  }).of('account');
}

describe.skipIf(!specIsHere)('the wire', () => {
  let carrier: Carrier;
  let spec: CarrierSpec;

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    spec = await openCarrierSpec();
    carrier = await lineOf('1234567890');
  });
  afterAll(() => void server.close());
  beforeEach(() => void requests.splice(0));

  it.each(Object.entries(COMMANDS))(
    '%s is as the carrier publishes it',
    async (_kind, [path, command]) => {
      answers = [{ data: { call_control_id: 'v3:leg-b' } }];
      const given = await carrier.send(command, 'command-1');
      expect(requests).toHaveLength(1);
      const [request] = requests as [(typeof requests)[0]];
      expect(`${request.method} ${request.url.pathname}`).toBe(`POST /v2${path}`);
      expect(spec.request(request)).toEqual([]);
      expect(request.body).toMatchObject({ command_id: 'command-1' });
      expect(given).toEqual(command.kind === 'dial' ? { controlId: 'v3:leg-b' } : {});
    },
  );

  const looks = Object.entries(VERBS).flatMap(([verb, all]) =>
    all.map((look) => [`${verb}: ${look.sends}`, look] as const),
  );
  it.each(looks)('%s', async (_name, look) => {
    const exchanges = [look, ...(look.afterwards ? [look.afterwards] : [])];
    answers = exchanges.map(({ answer }) => answer);
    expect(await look.ask(carrier)).toEqual(look.gives);
    expect(requests).toHaveLength(exchanges.length);
    for (const [n, request] of requests.entries()) {
      const { sends = '', answer = {} } = exchanges[n] ?? {};
      const { method, url } = request;
      expect(`${method} ${url.pathname}${decodeURIComponent(url.search)}`).toBe(
        sends.replace(' ', ' /v2'),
      );
      expect(spec.request(request)).toEqual([]);
      // what it was given is what the carrier would give
      const status = sends === 'POST /call_control_applications' ? 201 : 200;
      expect(spec.answer({ ...request, status, answer })).toEqual([]);
    }
  });

  it.each([
    ['a field that is not documented', { kind: 'answer', leg, tag }, { colour: 'red' }],
    ['a value of the wrong type', { kind: 'answer', leg, tag }, { command_id: 7 }],
  ] as const)('%s would be found', async (_what, command, wrong) => {
    await carrier.send(command, 'command-1');
    const [request] = requests as [(typeof requests)[0]];
    expect(
      spec.request({ ...request, body: { ...(request.body as object), ...wrong } }),
    ).toHaveLength(1);
    const url = new URL(`${request.url}?filter[colour]=red`);
    expect(spec.request({ ...request, url })).toHaveLength(1);
  });
});
