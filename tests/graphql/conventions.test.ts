// The conventions of the contract, checked on the built schema: what is forgotten in a domain's schema fails here.
import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '#schema';
import { findContractFaults } from '../../scripts/contract/find-contract-faults.ts';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);
const outputs = types.filter((type) => isObjectType(type) || isInterfaceType(type));
const fields = outputs.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({
    type,
    field,
    at: `${type.name}.${field.name}`,
  })),
);
const inputFields = types
  .filter(isInputObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ field, at: `${type.name}.${field.name}` })),
  );
const enumValues = types
  .filter(isEnumType)
  .flatMap((type) =>
    type.getValues().map((value) => ({ value, at: `${type.name}.${value.name}` })),
  );
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const connections = outputs.filter(({ name }) => name.endsWith('Connection'));

/** The places that break a rule; the test shows them all. */
const broken = <T extends { at: string }>(places: T[], keeps: (place: T) => boolean) =>
  places.filter((place) => !keeps(place)).map(({ at }) => at);

it('has types, fields, inputs and enums to look at', () => {
  expect(types.length).toBeGreaterThan(30);
  expect(fields.length).toBeGreaterThan(100);
  expect(inputFields.length).toBeGreaterThan(10);
  expect(enumValues.length).toBeGreaterThan(30);
  expect(mutations.length).toBeGreaterThan(5);
  expect(connections.length).toBeGreaterThan(2);
});

describe('descriptions', () => {
  const described = ({ description }: { description?: string | null | undefined }) =>
    Boolean(description && /[.!?]$/.test(description.trim()));

  it('stand on every type', () => {
    expect(
      broken(
        types.map((type) => ({ type, at: type.name })),
        ({ type }) => described(type),
      ),
    ).toEqual([]);
  });
  it('stand on every field', () => {
    expect(broken(fields, ({ field }) => described(field))).toEqual([]);
  });
  it('stand on every argument', () => {
    const args = fields.flatMap(({ field, at }) =>
      field.args.map((arg) => ({ arg, at: `${at}(${arg.name})` })),
    );
    expect(broken(args, ({ arg }) => described(arg))).toEqual([]);
  });
  it('stand on every input field and enum value', () => {
    expect(broken(inputFields, ({ field }) => described(field))).toEqual([]);
    expect(broken(enumValues, ({ value }) => described(value))).toEqual([]);
  });
});

/** The scope behind what can be read; of things that have no id, that of the one they belong to. */
const SCOPE_OF: Record<string, string> = {
  ...scoped('CALLS_READ', 'Call', 'Interaction', 'CallEvent', 'Voicemail', 'VoicemailCallback'),
  ...scoped('LEADS_READ', 'Lead', 'LeadEvent', 'LeadNote', 'LeadTimelineEntry'),
  ...scoped('NUMBERS_READ', 'Tracker', 'TrackingNumber', 'NumberEvent', 'PoolEvent'),
  ...scoped('TRANSCRIPTS_READ', 'Transcript', 'Insight', 'TranscriptHit'),
};

function scoped(scope: string, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, scope]));
}

it('a field that is null without another scope than its type needs says so', () => {
  const crossing = fields.filter(({ type, field, at }) => {
    const scope = SCOPE_OF[getNamedType(field.type).name];
    if (!scope || scope === SCOPE_OF[type.name] || isNonNullType(field.type)) return false;
    return !type.name.endsWith('Payload') && at !== 'Subscription.liveCalls';
  });
  expect(crossing.length).toBeGreaterThan(10);
  expect(
    broken(crossing, ({ field }) =>
      Boolean(field.description?.includes(SCOPE_OF[getNamedType(field.type).name] ?? '?')),
    ),
  ).toEqual([]);
});

describe('names', () => {
  it('are PascalCase for types, camelCase for fields and arguments, UPPER_CASE for enum values', () => {
    expect(
      types.map(({ name }) => name).filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name)),
    ).toEqual([]);
    const camel = /^[a-z][A-Za-z0-9]*$/;
    expect(
      broken(
        fields,
        ({ field }) => camel.test(field.name) && field.args.every(({ name }) => camel.test(name)),
      ),
    ).toEqual([]);
    expect(broken(inputFields, ({ field }) => camel.test(field.name))).toEqual([]);
    expect(broken(enumValues, ({ value }) => /^[A-Z][A-Z0-9_]*$/.test(value.name))).toEqual([]);
  });
  it('of inputs end in Input, Filter or Order', () => {
    const inputs = types.filter(isInputObjectType).map(({ name }) => name);
    expect(inputs.filter((name) => !/(Input|Filter|Order)$/.test(name))).toEqual([]);
  });
  it('carry the unit of a duration', () => {
    const durations = [...fields, ...inputFields].filter(({ field }) =>
      /(duration|timeout|elapsed)$/i.test(field.name),
    );
    expect(durations.map(({ at }) => at)).toEqual([]);
    const seconds = [...fields, ...inputFields].filter(({ field }) =>
      field.name.endsWith('Seconds'),
    );
    expect(
      broken(seconds, ({ field }) => ['Int', 'Float'].includes(getNamedType(field.type).name)),
    ).toEqual([]);
  });
});

describe('nodes', () => {
  it('have a non-null opaque id and are reached through node', () => {
    const nodes = outputs.filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'),
    );
    expect(nodes.length).toBeGreaterThan(3);
    for (const type of nodes)
      expect(`${type.name} ${type.getFields().id?.type}`).toBe(`${type.name} ID!`);
  });
});

describe('connections', () => {
  const shape = (type: GraphQLNamedType) =>
    'getFields' in type
      ? Object.fromEntries(
          Object.values(type.getFields()).map(({ name, type: of }) => [name, String(of)]),
        )
      : {};

  // a log and a timeline, which are read on from a place: nobody asks how many there ever were; and dry runs, which would
  // have to look through all of the past for it
  const UNCOUNTED = ['Event', 'LeadTimelineEntry', 'KeywordPreview', 'PreviewedInteraction'];

  it('have edges, nodes and pageInfo, and a total that admits its cap', () => {
    for (const type of connections) {
      const name = type.name.replace(/Connection$/, '');
      const { totalCount, totalCountIsExact, ...rest } = shape(type);
      expect(rest).toMatchObject({
        edges: `[${name}Edge!]!`,
        nodes: `[${name}!]!`,
        pageInfo: 'PageInfo!',
      });
      expect([name, totalCount, totalCountIsExact]).toEqual(
        UNCOUNTED.includes(name) ? [name, undefined, undefined] : [name, 'Int!', 'Boolean!'],
      );
      expect(shape(schema.getType(`${name}Edge`) as GraphQLNamedType)).toMatchObject({
        node: `${name}!`,
        cursor: 'Cursor!',
      });
    }
  });
  it('are asked for by first and after', () => {
    const lists = fields.filter(({ field }) =>
      getNamedType(field.type).name.endsWith('Connection'),
    );
    const argumentsOf = (field: GraphQLField<unknown, unknown>) =>
      Object.fromEntries(field.args.map(({ name, type }) => [name, String(type)]));
    for (const { field, at } of lists) {
      expect({ at, ...argumentsOf(field) }).toMatchObject({ at, first: 'Int', after: 'Cursor' });
    }
  });
});

it('durations are whole seconds', () => {
  const durations = [...fields, ...inputFields].filter(({ at }) => at.endsWith('Seconds'));
  expect(durations.length).toBeGreaterThan(3);
  expect(broken(durations, ({ field }) => getNamedType(field.type).name === 'Int')).toEqual([]);
});

describe('mutations', () => {
  it('take one input and answer a payload with userErrors', () => {
    for (const { name, args, type } of mutations) {
      const Name = name.charAt(0).toUpperCase() + name.slice(1);
      expect(args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual([`input: ${Name}Input!`]);
      expect(String(type)).toBe(`${Name}Payload!`);
      const payload = schema.getType(`${Name}Payload`);
      const { userErrors, ...things } = isObjectType(payload) ? payload.getFields() : {};
      expect(String(userErrors?.type)).toBe('[UserError!]!');
      const nonNull = Object.values(things).filter((field) => String(field.type).endsWith('!'));
      expect(nonNull.map((field) => `${Name}Payload.${field.name}`)).toEqual([]);
    }
  });
  it('begin with a verb', () => {
    const verbs =
      /^(accept|add|approve|assign|cancel|change|claim|configure|create|delete|disable|draw|edit|enable|end|erase|export|extend|import|invite|leave|mark|merge|move|pause|place|play|release|remove|rename|replace|record|renew|replay|request|reserve|reset|resume|retry|reveal|review|revoke|rotate|scan|send|set|sign|split|submit|switch|tag|tell|test|update)[A-Z]/;
    expect(mutations.map(({ name }) => name).filter((name) => !verbs.test(name))).toEqual([]);
  });
  it('that create, send, place or buy take an idempotencyKey', () => {
    const makers = mutations.filter(({ name }) =>
      /^(create|send|place|reserve|replace)[A-Z]/.test(name),
    );
    const without = makers.filter(({ args }) => {
      const input = args[0] && getNamedType(args[0].type);
      return !isInputObjectType(input) || !input.getFields().idempotencyKey;
    });
    expect(without.map(({ name }) => name)).toEqual([]);
  });
  it('that update take an expectedVersion', () => {
    const updates = mutations.filter(({ name }) => /^update[A-Z]/.test(name));
    const without = updates.filter(({ args }) => {
      const input = args[0] && getNamedType(args[0].type);
      return !isInputObjectType(input) || !input.getFields().expectedVersion;
    });
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});

it('breaks nothing that was released without a listed reason, and nothing before its promised day', async () => {
  const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
  const released = buildSchema(await read('schema.released.graphql'));
  const current = buildSchema(printSchema(schema));
  const changelog = await read('CHANGELOG.md');
  const today = new Date().toISOString().slice(0, 10);
  expect(findContractFaults({ released, current, changelog }, today)).toEqual([]);
});
