// The carrier's published specification, where it lies beside the repository (../shared): judges requests, answers and
// webhooks by it. Every judgement is a list of faults in words.
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const SPEC = new URL('../../../shared/spec/telnyx-openapi.json', import.meta.url);
const WEBHOOKS = new URL('../../../shared/spec/telnyx-webhooks.mjs', import.meta.url);

/** Whether the specification is here; a test that needs it is skipped, visibly, where it is not. */
export const specIsHere = existsSync(SPEC) && existsSync(WEBHOOKS);
if (!specIsHere)
  console.warn('SKIPPED: nothing is judged by the carrier’s specification (../shared/spec).');

type Json = Record<string, unknown>;
interface Referring {
  $ref?: string;
}
interface Media extends Referring {
  content?: Record<string, { schema: Json }>;
}
interface Parameter extends Referring {
  name: string;
  in: string;
  schema: Json;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: Media;
  responses: Record<string, Media>;
}
interface Spec {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Json>>;
}

/** One request of the carrier's API and its answer; `url` holds the path (below /v2) and the query. */
export interface Exchange {
  method: string;
  url: URL;
  body: unknown;
  status: number;
  answer: unknown;
}

export interface CarrierSpec {
  /** Path, query and body: documented, of the documented shape, and nothing that is not documented. */
  request(exchange: Omit<Exchange, 'status' | 'answer'>): string[];
  /** A documented status with a body of the documented shape. */
  answer(exchange: Exchange): string[];
  /** A webhook's whole body, by the strict validator. */
  webhook(body: { data: { event_type: string } }): string[];
}

let opened: Promise<CarrierSpec> | undefined;

/** Opens the specification, once a process: compiling it takes longer than judging by it. Throws when it is not here. */
export function openCarrierSpec(): Promise<CarrierSpec> {
  opened ??= compile();
  return opened;
}

async function compile(): Promise<CarrierSpec> {
  const spec: Spec = JSON.parse(readFileSync(SPEC, 'utf8'));
  const { load } = (await import(WEBHOOKS.href)) as {
    load(path: string): Record<string, ValidateFunction>;
  };
  const webhooks = load(SPEC.pathname);
  const open = (coerceTypes: boolean) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    for (const format of ['int64', 'int32', 'integer', 'float', 'address'])
      ajv.addFormat(format, true);
    // the published format would refuse 127.0.0.1
    ajv.addFormat('url', (text: string) => URL.canParse(text));
    return ajv.addSchema({ $id: 'spec', ...spec });
  };
  const bodies = open(false);
  const queries = open(true);
  const compiled = new Map<object, ValidateFunction>();

  function resolve<Kind extends Referring>(given: Kind): Kind {
    const [kind = '', name = ''] = given.$ref?.replace('#/components/', '').split('/') ?? [];
    return given.$ref ? resolve((spec.components[kind]?.[name] ?? {}) as Kind) : given;
  }

  function judge(schema: Json, value: unknown, ajv = bodies): string[] {
    const anchored = () =>
      JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components'));
    const validate = compiled.get(schema) ?? ajv.compile(anchored());
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** The schemas of every property that a schema names, through references and combinations. */
  function propertiesOf(schema: Json, found = new Map<string, Json>()): Map<string, Json> {
    const resolved = resolve(schema as Json & Referring);
    for (const [name, one] of Object.entries((resolved.properties ?? {}) as Record<string, Json>)) {
      found.set(name, one);
    }
    for (const word of ['allOf', 'oneOf', 'anyOf']) {
      for (const part of (resolved[word] ?? []) as Json[]) propertiesOf(part, found);
    }
    return found;
  }

  /** Fields that no schema names: the published ones let them pass silently. */
  function undocumented(schema: Json, value: unknown, path = ''): string[] {
    if (Array.isArray(value)) {
      const { items } = resolve(schema as Json & Referring) as { items?: Json };
      return items ? value.flatMap((one, n) => undocumented(items, one, `${path}/${n}`)) : [];
    }
    if (typeof value !== 'object' || value === null) return [];
    const known = propertiesOf(schema);
    if (known.size === 0) return [];
    return Object.entries(value).flatMap(([name, one]) => {
      const property = known.get(name);
      return property
        ? undocumented(property, one, `${path}/${name}`)
        : [`${path}/${name} is not documented`];
    });
  }

  function find(method: string, url: URL): { operation: Operation; where: string } | null {
    const asked = url.pathname.replace(/^\/v2/, '').split('/');
    const fits = (path: string) => {
      const parts = path.split('/');
      return (
        parts.length === asked.length &&
        parts.every((part, n) => part.startsWith('{') || part === asked[n])
      );
    };
    // a path without a parameter goes before one that has it in the same place
    const path = Object.keys(spec.paths).filter(fits).sort().at(0);
    const operation = path && spec.paths[path]?.[method.toLowerCase()];
    return operation ? { operation, where: `${method} ${path}` } : null;
  }

  function judgeQuery(operation: Operation, url: URL): string[] {
    const documented = (operation.parameters ?? [])
      .map(resolve)
      .filter((one) => one.in === 'query');
    // some are documented with their brackets in the name
    const named = (key: string) => documented.some(({ name }) => name === key);
    const whole = [...url.searchParams].filter(([key]) => named(key));
    const given = {
      ...readQuery([...url.searchParams].filter(([key]) => !named(key))),
      ...Object.fromEntries(whole),
    };
    return Object.entries(given).flatMap(([name, value]) => {
      const parameter = documented.find((one) => one.name === name);
      if (!parameter) return [`?${name} is not documented`];
      const faults = undocumented(parameter.schema, value, `?${name}`);
      return [...faults, ...judge(parameter.schema, value, queries)];
    });
  }

  function judgeRegistration(body: { data: { event_type: string } }): string[] {
    const { event_type: type, payload } = body.data as { event_type: string; payload?: Json };
    const schema = spec.components.schemas?.CampaignStatusUpdateEvent;
    if (type === '10dlc.campaign.update' && schema) {
      return [...judge(schema, payload), ...undocumented(schema, payload)];
    }
    const known = ['10dlc.brand.update', '10dlc.campaign.update', '10dlc.phone_number.update'];
    return known.includes(type) ? [] : ['is no event of the carrier’s'];
  }

  const at = (where: string, faults: string[]) => faults.map((fault) => `${where}: ${fault}`);
  const jsonOf = (media: Media | undefined) =>
    media && resolve(media).content?.['application/json']?.schema;

  return {
    request({ method, url, body }) {
      const found = find(method, url);
      if (!found) return [`${method} ${url.pathname} is not documented`];
      const { operation, where } = found;
      const schema = jsonOf(operation.requestBody);
      return at(where, [
        ...judgeQuery(operation, url),
        ...(schema ? [...judge(schema, body), ...undocumented(schema, body)] : []),
      ]);
    },
    answer({ method, url, status, answer }) {
      const found = find(method, url);
      if (!found) return [`${method} ${url.pathname} is not documented`];
      const { responses } = found.operation;
      const known = responses[String(status)] ?? responses.default ?? responses['4XX'];
      if (!known) return at(found.where, [`the status ${status} is not documented`]);
      const schema = jsonOf(known);
      return schema ? at(`${found.where} ${status}`, judge(schema, answer)) : [];
    },
    webhook(body) {
      const type = body.data.event_type;
      // the strict validator knows calls and messages
      const order = spec.components.schemas?.NumberOrderWebhookEvent;
      if (type === 'number_order.complete' && order) return at(type, judge(order, body));
      // of the registry's events only the campaign's has a schema, and that without its envelope
      if (type.startsWith('10dlc.')) return at(type, judgeRegistration(body));
      const validate = webhooks[type];
      if (!validate) return [`${type} is no event of the carrier's`];
      if (validate(body)) return [];
      // the published format would refuse 127.0.0.1
      const wrong = validate.errors?.filter(({ params }) => params.format !== 'url') ?? [];
      if (wrong.length === 0) return [];
      const faults = wrong.map((one) => `${one.instancePath} ${one.message}`);
      return at(type, faults);
    },
  };
}

/** filter[status][eq]=x as { filter: { status: { eq: 'x' } } }. */
function readQuery(query: Iterable<[string, string]>): Json {
  const read: Json = {};
  for (const [key, value] of query) {
    const names = key.split(/[[\]]+/).filter(Boolean);
    const last = names.pop() ?? '';
    let place = read;
    for (const name of names) {
      place[name] ??= {};
      place = place[name] as Json;
    }
    place[last] = value;
  }
  return read;
}
