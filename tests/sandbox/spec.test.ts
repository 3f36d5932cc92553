// Judged from outside: every answer of every route against the carrier's published schemas, every request body of ours
// likewise, and every webhook of a whole story against the strict webhook validator. Needs ../shared, else it is skipped.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CarrierSpec, openCarrierSpec, specIsHere } from '#tests/support/carrier-spec.ts';
import { API_KEY, buildTown, type Town } from './support/town.ts';

type Json = Record<string, unknown>;

const CALLER = '+13125550155';
const OFFICE = '+14155550142';
/** event types that the sandbox can send about calls */
const SENT = [
  'call.initiated',
  'call.answered',
  'call.bridged',
  'call.hangup',
  'call.speak.started',
  'call.speak.ended',
  'call.playback.started',
  'call.playback.ended',
  'call.dtmf.received',
  'call.gather.ended',
  'call.recording.error',
  'call.recording.saved',
  'call.cost',
];

describe.skipIf(!specIsHere)('the published specification', () => {
  let town: Town;
  let spec: CarrierSpec;
  const served = new Set<string>();

  beforeAll(async () => {
    spec = await openCarrierSpec();
    town = await buildTown();
  });
  afterAll(() => town.leave());

  /** Sends a request and holds both it and the answer against the specification. */
  async function ask(method: string, path: string, body: object = {}): Promise<Json> {
    const url = new URL(`${town.sandbox.url}/v2${path}`);
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
    });
    const { status } = response;
    const answer = (await response.json()) as Json;
    const exchange = { method, url, body, status, answer };
    if (status < 300) expect(spec.request(exchange)).toEqual([]);
    expect(spec.answer(exchange)).toEqual([]);
    served.add(`${method} ${path.replace(/v3:[^/]+|[0-9a-f-]{36}|\d{10,}|\?.*/g, '*')} ${status}`);
    return answer;
  }

  const dataOf = (answer: Json) => answer.data as Json;
  const act = (callControlId: string, action: string, body: object) => {
    const method = action === 'client_state_update' ? 'PUT' : 'POST';
    return ask(method, `/calls/${callControlId}/actions/${action}`, body);
  };

  it('is kept by every answer and by every webhook of a whole story', async () => {
    const { sandbox, receiver, number } = town;
    const application = dataOf(
      await ask('POST', '/call_control_applications', {
        application_name: 'Story',
        webhook_event_url: `${receiver.url}/story`,
        webhook_event_failover_url: `${receiver.url}/failover`,
        webhook_api_version: '2',
        call_cost_in_webhooks: true,
        inbound: { shaken_stir_enabled: true },
      }),
    );
    const id = String(application.id);
    await ask('GET', '/call_control_applications?page[size]=1');
    await ask('GET', `/call_control_applications/${id}`);
    await ask('PATCH', `/call_control_applications/${id}`, {
      application_name: 'Story',
      webhook_event_url: `${receiver.url}/story`,
      webhook_timeout_secs: 5,
    });

    const offers = (
      await ask(
        'GET',
        '/available_phone_numbers?filter[national_destination_code]=512&filter[limit]=2',
      )
    ).data as Json[];
    expect(offers).toHaveLength(2);
    const bought = String(offers[0]?.phone_number);
    const reservation = dataOf(
      await ask('POST', '/number_reservations', {
        phone_numbers: [{ phone_number: bought }, { phone_number: '+19075550100' }],
        customer_reference: 'story-0',
      }),
    );
    await ask('GET', `/number_reservations/${reservation.id}`);
    await ask('GET', '/number_reservations?filter[customer_reference]=story-0');
    await ask('POST', `/number_reservations/${reservation.id}/actions/extend`);
    await ask('POST', '/number_reservations/none/actions/extend');
    const order = dataOf(
      await ask('POST', '/number_orders', {
        phone_numbers: [{ phone_number: bought }],
        connection_id: id,
        customer_reference: 'story-1',
      }),
    );
    expect(order.status).toBe('pending');
    await sandbox.clock.advance(3000);
    await ask('GET', `/number_orders/${order.id}`);
    await ask('GET', '/number_orders?filter[customer_reference]=story-1');
    const listed = (
      await ask('GET', `/phone_numbers?filter[phone_number]=${encodeURIComponent(bought)}`)
    ).data as Json[];
    const numberId = String(listed[0]?.id);
    await ask('PATCH', `/phone_numbers/${numberId}`, {
      tags: ['story'],
      connection_id: id,
    });
    await ask('GET', `/phone_numbers/${numberId}`);
    await ask('PATCH', `/phone_numbers/${numberId}/voice`, {
      caller_id_name_enabled: true,
      inbound_call_screening: 'flag_calls',
      translated_number: '',
      call_forwarding: { call_forwarding_enabled: false, forwards_to: '' },
      call_recording: { inbound_call_recording_enabled: false },
    });
    await ask('GET', `/phone_numbers/${numberId}/voice`);

    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 2, say: 'garage-door' });
    const a = sandbox.call({
      from: CALLER,
      to: bought,
      say: 'garage-door',
      callerName: 'PAT EXAMPLE',
      stirShaken: 'A',
      dtmf: [{ digits: '1' }],
    }).callControlId;
    await ask('GET', `/calls/${a}`);
    await act(a, 'speak', { payload: 'Too early.', voice: 'female' });
    await act(a, 'answer', { client_state: btoa('one'), command_id: 'k1' });
    await act(a, 'gather_using_speak', {
      payload: 'Press one.',
      voice: 'female',
      minimum_digits: 1,
      maximum_digits: 1,
    });
    await sandbox.clock.advance(4000);
    await act(a, 'gather', { maximum_digits: 4 });
    await act(a, 'gather_stop', {});
    await act(a, 'send_dtmf', { digits: '12w3' });
    await act(a, 'speak', { payload: 'This call may be recorded.', voice: 'female' });
    await sandbox.clock.advance(4000);
    await act(a, 'client_state_update', { client_state: btoa('two') });
    await act(a, 'record_start', { channels: 'dual', format: 'wav' });
    await act(a, 'record_pause', {});
    await act(a, 'record_resume', {});
    await act(a, 'playback_start', { media_name: 'ringback', loop: 'infinity' });
    const dialled = dataOf(
      await ask('POST', '/calls', {
        to: OFFICE,
        from: bought,
        connection_id: id,
        link_to: a,
        timeout_secs: 20,
        client_state: btoa('three'),
        command_id: 'k2',
      }),
    );
    const b = String(dialled.call_control_id);
    await act(a, 'bridge', { call_control_id: b });
    await sandbox.clock.advance(2500);
    await act(a, 'playback_stop', { stop: 'all' });
    await act(a, 'bridge', { call_control_id: b });
    await sandbox.clock.advance(5000);
    await act(a, 'record_stop', {});
    await act(b, 'hangup', { command_id: 'k3' });
    await act(b, 'hangup', { command_id: 'k4' });
    await act('v3:nobody', 'hangup', {});
    await sandbox.clock.advance(3000);
    await ask('GET', `/calls/${a}`);
    const lost = sandbox.call({ from: CALLER, to: number }).callControlId;
    await act(lost, 'answer', {});
    await act(lost, 'record_start', { channels: 'single', format: 'wav' });
    sandbox.faults([{ command: 'recording.save' }]);
    await act(lost, 'record_stop', {});
    await act(lost, 'hangup', {});
    await sandbox.clock.advance(2000);
    const rejected = sandbox.call({ from: CALLER, to: number }).callControlId;
    await act(rejected, 'reject', { cause: 'USER_BUSY' });

    const recordings = (
      await ask('GET', `/recordings?filter[call_session_id]=${dialled.call_session_id}`)
    ).data as Json[];
    expect(recordings).toHaveLength(1);
    const recordingId = String(recordings[0]?.id);
    await ask('GET', `/recordings/${recordingId}`);
    await ask('DELETE', `/recordings/${recordingId}`);
    await ask('GET', `/recordings/${recordingId}`);
    await ask('GET', `/call_events?filter[leg_id]=${dialled.call_leg_id}`);
    const deliveries = (await ask('GET', '/webhook_deliveries')).data as Json[];
    await ask('GET', `/webhook_deliveries/${deliveries[0]?.id}`);
    sandbox.own({ phoneNumber: bought, deletionLock: true });
    await ask('DELETE', `/phone_numbers/${numberId}`);
    sandbox.own({ phoneNumber: bought, deletionLock: false });
    await ask('DELETE', `/phone_numbers/${numberId}`);
    await ask('DELETE', `/phone_numbers/${numberId}`);
    await ask('DELETE', `/call_control_applications/${id}`);
    await ask('POST', '/calls', { to: OFFICE, from: bought });

    const seen = new Set<string>();
    for (const { body } of receiver.hooks) {
      seen.add(body.data.event_type);
      expect(spec.webhook(body)).toEqual([]);
    }
    expect([...seen].sort()).toEqual([...SENT, 'number_order.complete'].sort());
    expect(served.size).toBeGreaterThan(40);
  });
});
