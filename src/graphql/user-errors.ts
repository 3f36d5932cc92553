// The interface UserError and its concrete types: how a mutation tells what was refused and what to do about it.
import { REFUSAL_CODES, type RefusalCode, type Refused } from '#values/refusals.ts';
import { builder } from './builder.ts';

/** A refusal as the executor takes it: it would throw anything that is an Error. */
export type UserErrorRow = Pick<
  Refused,
  'code' | 'message' | 'field' | 'figures' | 'currentVersion'
>;

/** A refusal and its companions, ready to be answered. */
export function userErrorsOf(refusal: Refused): UserErrorRow[] {
  return [refusal, ...refusal.also].map(({ code, message, field, figures, currentVersion }) => ({
    code,
    message,
    field,
    figures,
    currentVersion,
  }));
}

export const UserErrorCode = builder.enumType('UserErrorCode', {
  description: 'Why a mutation was refused.',
  values: Object.fromEntries(
    Object.entries(REFUSAL_CODES).map(([code, description]) => [
      code,
      { value: code, description },
    ]),
  ) as Record<RefusalCode, { value: RefusalCode; description: string }>,
});

const CONCRETE: Partial<Record<RefusalCode, string>> = {
  INVALID_INPUT: 'InvalidInput',
  NOT_FOUND: 'NotFound',
  VERSION_CONFLICT: 'VersionConflict',
  IDEMPOTENCY_KEY_CONFLICT: 'IdempotencyConflict',
};

export const UserError = builder.interfaceRef<UserErrorRow>('UserError').implement({
  description: 'An expected refusal: nothing was changed, and the caller can act on it.',
  resolveType: (refused) => CONCRETE[refused.code] ?? 'PolicyRefusal',
  fields: (t) => ({
    code: t.expose('code', { type: UserErrorCode, description: 'The reason, for programs.' }),
    message: t.exposeString('message', { description: 'The reason and the way out, for people.' }),
    field: t.field({
      type: ['String'],
      description: 'The path of the field inside `input`; empty when no single field is to blame.',
      resolve: (refused) => [...refused.field],
    }),
  }),
});

builder.objectRef<UserErrorRow>('InvalidInput').implement({
  description: 'A field of the input is malformed.',
  interfaces: [UserError],
});

builder.objectRef<UserErrorRow>('NotFound').implement({
  description: 'An id leads to nothing that this viewer may see.',
  interfaces: [UserError],
});

builder.objectRef<UserErrorRow>('IdempotencyConflict').implement({
  description: 'The idempotencyKey was used before with another input.',
  interfaces: [UserError],
});

builder.objectRef<UserErrorRow>('VersionConflict').implement({
  description: 'Somebody else was faster.',
  interfaces: [UserError],
  fields: (t) => ({
    currentVersion: t.int({
      description: 'The version that stands now.',
      resolve: (refused) => refused.currentVersion ?? 0,
    }),
  }),
});

builder.objectRef<UserErrorRow>('PolicyRefusal').implement({
  description: 'A rule of the service says no.',
  interfaces: [UserError],
  fields: (t) => ({
    limit: t.int({
      nullable: true,
      description: 'The limit that the rule keeps, where it is a figure.',
      resolve: (refused) => refused.figures.limit ?? null,
    }),
    current: t.int({
      nullable: true,
      description: 'The figure that stands now.',
      resolve: (refused) => refused.figures.current ?? null,
    }),
    retryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the same request may be tried again; null when waiting does not help.',
      resolve: (refused) => refused.figures.retryAt ?? null,
    }),
  }),
});
