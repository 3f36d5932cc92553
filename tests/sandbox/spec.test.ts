// Judged from outside: every answer of every route against the carrier's published schemas, every request body of ours
// likewise, and every webhook of a whole story against the strict webhook validator. Needs ../shared, else it is skipped.
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, buildTown, type Town } from './support/town.ts';

const SPEC = new URL('../../../shared/spec/telnyx-openapi.json', import.meta.url);
const VALIDATOR = new URL('../../../shared/spec/telnyx-webhooks.mjs', import.meta.url);
const present = existsSync(SPEC) && existsSync(VALIDATOR);
if (!present) console.warn('SKIPPED tests/sandbox/spec.test.ts: ../shared/spec is not here.');

type Json = Record<string, unknown>;
interface Media {
  content?: Record<string, { schema: Json }>;
}
interface Operation {
  responses: Record<string, Media & { $ref?: string }>;
  requestBody?: Media & { $ref?: string };
}

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
  'call.recording.saved',
  'call.cost',
];

describe.skipIf(!present)('the published specification', () => {
  let town: Town;
  let spec: {
    paths: Record<string, Record<string, Operation>>;
    components: Record<string, Record<string, Json>>;
  };
  let ajv: Ajv2020;
  const served = new Set<string>();
  let judged = 0;

  beforeAll(async () => {
    spec = JSON.parse(readFileSync(SPEC, 'utf8'));
    ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema({ $id: 'spec', ...spec });
    town = await buildTown();
  });
  afterAll(() => town.leave());

  function resolve<Kind extends object>(given: Kind & { $ref?: string }): Kind {
    if (given.$ref === undefined) return given;
    const [kind = '', name = ''] = given.$ref.replace('#/components/', '').split('/');
    return (spec.components[kind]?.[name] ?? {}) as Kind;
  }

  function check(schema: Json, value: unknown): string[] {
    const anchored = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components', '"spec#/components'),
    );
    const validate = ajv.compile(anchored);
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  /** Sends a request and holds both its body and the answer against the operation's schemas. */
  async function ask(method: string, pattern: string, path: string, body?: object): Promise<Json> {
    const operation = spec.paths[pattern]?.[method.toLowerCase()];
    if (!operation) throw new Error(`The specification knows no ${method} ${pattern}.`);
    const requestSchema =
      operation.requestBody && resolve(operation.requestBody).content?.['application/json']?.schema;
    const response = await fetch(`${town.sandbox.url}/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as Json;
    if (response.status < 300 && requestSchema)
      expect(check(requestSchema, body ?? {}), `${method} ${pattern} body`).toEqual([]);
    const known =
      operation.responses[String(response.status)] ??
      operation.responses.default ??
      operation.responses['4XX'];
    expect(known, `${method} ${pattern} ${response.status} is a documented status`).toBeDefined();
    const schema = resolve(known ?? {}).content?.['application/json']?.schema;
    if (schema) {
      judged += 1;
      expect(check(schema, answer), `${method} ${pattern} ${response.status}`).toEqual([]);
    }
    served.add(`${method} ${pattern} ${response.status}`);
    return answer;
  }

  const dataOf = (answer: Json) => answer.data as Json;
  const act = (callControlId: string, action: string, body: object) => {
    const method = action === 'client_state_update' ? 'PUT' : 'POST';
    return ask(
      method,
      `/calls/{call_control_id}/actions/${action}`,
      `/calls/${callControlId}/actions/${action}`,
      body,
    );
  };

  it('is kept by every answer and by every webhook of a whole story', async () => {
    const { sandbox, receiver, number } = town;
    const application = dataOf(
      await ask('POST', '/call_control_applications', '/call_control_applications', {
        application_name: 'Story',
        webhook_event_url: `${receiver.url}/story`,
        webhook_event_failover_url: `${receiver.url}/failover`,
        webhook_api_version: '2',
        call_cost_in_webhooks: true,
        inbound: { shaken_stir_enabled: true },
      }),
    );
    const id = String(application.id);
    await ask('GET', '/call_control_applications', '/call_control_applications?page[size]=1');
    await ask('GET', '/call_control_applications/{id}', `/call_control_applications/${id}`);
    await ask('PATCH', '/call_control_applications/{id}', `/call_control_applications/${id}`, {
      application_name: 'Story',
      webhook_event_url: `${receiver.url}/story`,
      webhook_timeout_secs: 5,
    });

    const offers = (
      await ask(
        'GET',
        '/available_phone_numbers',
        '/available_phone_numbers?filter[national_destination_code]=512&filter[limit]=2',
      )
    ).data as Json[];
    expect(offers).toHaveLength(2);
    const bought = String(offers[0]?.phone_number);
    const order = dataOf(
      await ask('POST', '/number_orders', '/number_orders', {
        phone_numbers: [{ phone_number: bought }],
        connection_id: id,
        customer_reference: 'story-1',
      }),
    );
    expect(order.status).toBe('pending');
    await sandbox.clock.advance(3000);
    await ask('GET', '/number_orders/{number_order_id}', `/number_orders/${order.id}`);
    await ask('GET', '/number_orders', '/number_orders?filter[customer_reference]=story-1');
    const listed = (
      await ask(
        'GET',
        '/phone_numbers',
        `/phone_numbers?filter[phone_number]=${encodeURIComponent(bought)}`,
      )
    ).data as Json[];
    const numberId = String(listed[0]?.id);
    await ask('PATCH', '/phone_numbers/{id}', `/phone_numbers/${numberId}`, {
      tags: ['story'],
      connection_id: id,
    });
    await ask('GET', '/phone_numbers/{id}', `/phone_numbers/${numberId}`);

    sandbox.destination(OFFICE, { behaviour: 'answer', answerAfterSeconds: 2, say: 'garage-door' });
    const a = sandbox.call({
      from: CALLER,
      to: bought,
      say: 'garage-door',
      callerName: 'PAT EXAMPLE',
      stirShaken: 'A',
      dtmf: [{ digits: '1' }],
    }).callControlId;
    await ask('GET', '/calls/{call_control_id}', `/calls/${a}`);
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
      await ask('POST', '/calls', '/calls', {
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
    await ask('GET', '/calls/{call_control_id}', `/calls/${a}`);
    const rejected = sandbox.call({ from: CALLER, to: number }).callControlId;
    await act(rejected, 'reject', { cause: 'USER_BUSY' });

    const recordings = (
      await ask(
        'GET',
        '/recordings',
        `/recordings?filter[call_session_id]=${dialled.call_session_id}`,
      )
    ).data as Json[];
    expect(recordings).toHaveLength(1);
    const recordingId = String(recordings[0]?.id);
    await ask('GET', '/recordings/{recording_id}', `/recordings/${recordingId}`);
    await ask('DELETE', '/recordings/{recording_id}', `/recordings/${recordingId}`);
    await ask('GET', '/recordings/{recording_id}', `/recordings/${recordingId}`);
    await ask('GET', '/call_events', `/call_events?filter[leg_id]=${dialled.call_leg_id}`);
    const deliveries = (await ask('GET', '/webhook_deliveries', '/webhook_deliveries'))
      .data as Json[];
    await ask('GET', '/webhook_deliveries/{id}', `/webhook_deliveries/${deliveries[0]?.id}`);
    await ask('DELETE', '/phone_numbers/{id}', `/phone_numbers/${numberId}`);
    await ask('DELETE', '/call_control_applications/{id}', `/call_control_applications/${id}`);
    await ask('POST', '/calls', '/calls', { to: OFFICE, from: bought });

    const { load } = (await import(VALIDATOR.href)) as {
      load(path: string): Record<string, ((body: unknown) => boolean) & { errors?: unknown }>;
    };
    const validators = load(SPEC.pathname);
    const orderSchema = spec.components.schemas?.NumberOrderWebhookEvent as Json;
    const seen = new Set<string>();
    for (const { body } of receiver.hooks) {
      const type = body.data.event_type;
      seen.add(type);
      if (type === 'number_order.complete') {
        expect(check(orderSchema, body), type).toEqual([]);
        continue;
      }
      const validate = validators[type];
      expect(validate, `${type} is a known event`).toBeDefined();
      expect(validate?.(body) ? null : validate?.errors, type).toBeNull();
    }
    expect([...seen].sort()).toEqual([...SENT, 'number_order.complete'].sort());
    expect(served.size).toBeGreaterThan(40);
    expect(judged).toBeGreaterThan(40);
  });
});
