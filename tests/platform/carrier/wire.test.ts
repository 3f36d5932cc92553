// What the adapter sends for each kind of command, against the carrier's published request bodies. Needs ../shared,
// else it is skipped.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Carrier, type CarrierCommand, openCarriers } from '#platform/carrier/index.ts';

const SPEC = new URL('../../../../shared/spec/telnyx-openapi.json', import.meta.url);
const present = existsSync(SPEC);
if (!present)
  console.warn('SKIPPED tests/platform/carrier/wire.test.ts: ../shared/spec is not here.');

type Json = Record<string, unknown>;
interface Body {
  $ref?: string;
  content?: Record<string, { schema: Json }>;
}

const leg = 'v3:leg-a';
const tag = { callId: '0190a1b2-0000-7000-8000-000000000001', leg: 'caller', step: 'step' };
const ACTION = '/calls/{call_control_id}/actions';
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
    bridge: [`${ACTION}/bridge`, { kind: 'bridge', leg, tag, with: 'v3:leg-b' }],
    hangUp: [`${ACTION}/hangup`, { kind: 'hangUp', leg, tag: null }],
    dial: [
      '/calls',
      { kind: 'dial', leg, tag, to: '+12125550180', from: '+14155550134', ringSeconds: 25 },
    ],
  };

describe.skipIf(!present)('the wire', () => {
  const requests: { path: string; body: Json }[] = [];
  const server = createServer(async (req, res) => {
    let text = '';
    for await (const part of req) text += part;
    requests.push({ path: req.url ?? '', body: JSON.parse(text) });
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ data: { call_control_id: 'v3:leg-b' } }));
  });
  let carrier: Carrier;
  let spec: {
    paths: Record<string, { post?: { requestBody?: Body } }>;
    components: Record<string, Record<string, Body & Json>>;
  };
  let ajv: Ajv2020;

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
    const settings = { baseUrl, apiKey: 'test', publicKey: '', connectionId: '1234567890' };
    const carriers = openCarriers({
      settings: async () => settings,
      publicUrl: () => 'https://calls.example.com',
    });
    carrier = await carriers.of('account');
    spec = JSON.parse(readFileSync(SPEC, 'utf8'));
    ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema({ $id: 'spec', ...spec });
  });
  afterAll(() => server.close());

  const resolve = (given: Body): Body => {
    const [kind = '', name = ''] = given.$ref?.replace('#/components/', '').split('/') ?? [];
    return given.$ref ? (spec.components[kind]?.[name] ?? {}) : given;
  };
  const schemaOf = (path: string): Json => {
    const { requestBody } = spec.paths[path]?.post ?? {};
    const schema = requestBody && resolve(requestBody).content?.['application/json']?.schema;
    if (!schema) throw new Error(`The specification has no body for POST ${path}.`);
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components'));
  };

  it.each(Object.entries(COMMANDS))(
    '%s is as the carrier publishes it',
    async (_kind, [path, command]) => {
      requests.length = 0;
      const answer = await carrier.send(command, 'command-1');
      expect(requests).toHaveLength(1);
      const [{ path: asked, body }] = requests as [(typeof requests)[0]];
      expect(asked).toBe(`/v2${path.replace('{call_control_id}', leg)}`);
      const validate = ajv.compile(schemaOf(path));
      expect(validate(body), JSON.stringify(validate.errors)).toBe(true);
      const known = propertiesOf(schemaOf(path), spec);
      expect(Object.keys(body).filter((name) => !known.has(name))).toEqual([]);
      expect(body.command_id).toBe('command-1');
      expect(answer).toEqual(command.kind === 'dial' ? { controlId: 'v3:leg-b' } : {});
    },
  );
});

/** Every property that a schema names, through references and allOf: the published schemas allow others silently. */
function propertiesOf(
  schema: Json,
  spec: { components: Record<string, Record<string, Json>> },
): Set<string> {
  const found = new Set<string>();
  const visit = (node: Json) => {
    if (typeof node.$ref === 'string') {
      const [kind = '', name = ''] = node.$ref.split('#/components/')[1]?.split('/') ?? [];
      visit(spec.components[kind]?.[name] ?? {});
    }
    for (const name of Object.keys((node.properties ?? {}) as Json)) found.add(name);
    for (const word of ['allOf', 'oneOf', 'anyOf']) {
      for (const part of (node[word] ?? []) as Json[]) visit(part);
    }
  };
  visit(schema);
  return found;
}
