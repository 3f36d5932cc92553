// No text that comes in may hold the character U+0000: the database stores none, and would fail in the middle of the work.
import { type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { invalidInput } from '#values/refusals.ts';

const NUL = '\u0000';

/**
 * Refuses texts with the character U+0000, whether they stand in a list, a filter or JSON.
 * @throws Refused INVALID_INPUT that names the field
 */
export function refuseNul(value: unknown, field: readonly string[] = []): void {
  if (typeof value === 'string') {
    if (!value.includes(NUL)) return;
    throw invalidInput(field, `${field.join('.')} takes text without the character U+0000.`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    refuseNul(name, field);
    refuseNul(part, [...field, name]);
  }
}

/** Has every field of a schema refuse such arguments. What mutations take, they refuse themselves, as userErrors. */
export function refuseNulInArguments(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) guard(field);
    }
  }
  return schema;
}

function guard(field: GraphQLField<unknown, unknown>): void {
  const { resolve, subscribe } = field;
  if (resolve) {
    field.resolve = (parent, args, context, info) => {
      refuseNul(args);
      return resolve(parent, args, context, info);
    };
  }
  if (subscribe) {
    field.subscribe = (parent, args, context, info) => {
      refuseNul(args);
      return subscribe(parent, args, context, info);
    };
  }
}
