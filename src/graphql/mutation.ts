// Defining a mutation in one piece: its input, its verb, its payload. Whatever the verb refuses is answered as userErrors;
// everything else that it throws is a top-level error.
import {
  type FieldMap,
  FieldRef,
  type InputFieldMap,
  type InputShapeFromFields,
} from '@pothos/core';
import { POLICY_CODES, Refused } from '#values/refusals.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { refuseNul } from './refuse-nul.ts';
import type { FullTypes } from './schema-types.ts';
import { UserError, type UserErrorRow, userErrorsOf } from './user-errors.ts';

/** What builds the fields of an input. */
export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<FullTypes, 'InputObject'>;
type PayloadBuilder<Result> = PothosSchemaTypes.ObjectFieldBuilder<FullTypes, Result>;

builder.mutationType({ description: 'Everything that can be changed.' });

/** What stands in for a verb's result when it refused. */
class RefusedPayload {
  readonly userErrors: UserErrorRow[];
  constructor(refusal: Refused) {
    this.userErrors = userErrorsOf(refusal);
  }
}

/**
 * Adds a mutation `name(input: NameInput!): NamePayload!`.
 * @param name verb + noun: tagCall
 * @param mutation.description what it does, in the schema
 * @param mutation.input the input's fields
 * @param mutation.open true = also for requests without a key or session; `run` then finds no viewer
 * @param mutation.run calls one verb; a Refused that it throws becomes userErrors
 * @param mutation.payload the payload's own fields, from what `run` returned; all must be nullable, since they are null
 *   when the request was refused
 */
export function defineMutation<Fields extends InputFieldMap, Result extends object>(
  name: string,
  mutation: {
    description: string;
    open?: true;
    input: (t: InputBuilder) => Fields;
    run: (input: InputShapeFromFields<Fields>, context: Context) => Promise<Result>;
    payload: (t: PayloadBuilder<Result>) => FieldMap;
  },
): void {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  const Input = builder.inputType(`${Name}Input`, {
    description: `What \`${name}\` takes.`,
    fields: mutation.input as never,
  });
  const Payload = builder.objectRef<Result | RefusedPayload>(`${Name}Payload`).implement({
    description: `What \`${name}\` answers: its own fields are null when it was refused, or without the right to read them.`,
    fields: (t) => ({
      ...nullWhenRefused(mutation.payload(t as never)),
      userErrors: t.field({
        type: [UserError],
        description: 'Why the request was refused; empty when it was done.',
        extensions: { listSize: 1 },
        resolve: (result) => (result instanceof RefusedPayload ? result.userErrors : []),
      }),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: Payload,
      description: mutation.description,
      extensions: { open: mutation.open === true },
      args: {
        input: t.arg({ type: Input, required: true, description: 'What to do.' }),
      },
      resolve: (_root, { input }, context) =>
        runOrRefuse(
          () => {
            refuseNul(input);
            return mutation.run(input as InputShapeFromFields<Fields>, context);
          },
          (refusal) => context.tellRefusal(name, refusal),
        ) as never,
    }),
  );
}

/** The field that every create, send and place input has: `...idempotencyKey(t)`. */
export function idempotencyKey(t: InputBuilder) {
  return {
    idempotencyKey: t.string({
      description:
        'Repeat a request with the same key and it is done once: for 24 hours the first answer is given again. Up to 200 characters, unique in the account.',
    }),
  };
}

/** The field that every update has: `...expectedVersion(t)`. */
export function expectedVersion(t: InputBuilder) {
  return {
    expectedVersion: t.int({
      description: 'Refuse with VERSION_CONFLICT when the thing no longer has this version.',
    }),
  };
}

async function runOrRefuse<Result>(
  run: () => Promise<Result>,
  tell: (refusal: Refused) => Promise<void>,
): Promise<Result | RefusedPayload> {
  try {
    return await run();
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    if (POLICY_CODES.has(thrown.code)) await tell(thrown);
    return new RefusedPayload(thrown);
  }
}

function nullWhenRefused(fields: FieldMap): FieldMap {
  for (const field of Object.values(fields)) {
    if (!(field instanceof FieldRef)) continue;
    field.updateConfig((config) => {
      const { resolve } = config;
      if (!resolve) throw new Error('A payload field needs a resolver.');
      return {
        ...config,
        resolve: (parent, args, context, info) =>
          parent instanceof RefusedPayload ? null : resolve(parent, args, context, info),
      };
    });
  }
  return fields;
}
