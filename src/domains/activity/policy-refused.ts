// What the rules refused, as events: whoever runs the account sees what its people and programs run into.
import { z } from 'zod';
import { UserErrorCode } from '#graphql/user-errors.ts';
import { defineEvent } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { RefusalCode, Refused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { implementEvent } from './event.ts';

const policyRefused = defineEvent(
  'policy.refused',
  z.object({
    code: z.string(),
    mutation: z.string(),
    /** key:<id> or user:<id> */
    actor: z.string(),
    limit: z.number().nullable(),
    current: z.number().nullable(),
  }),
);

/**
 * Appends `policy.refused`. The refusal stands whether or not it can be told, so a failure is logged and goes no further.
 * @param mutation the mutation that was refused: createTracker
 */
export async function tellRefusal(
  { db, events, clock, log }: Pick<Platform, 'db' | 'events' | 'clock' | 'log'>,
  { accountId, actor }: Viewer,
  mutation: string,
  { code, figures }: Refused,
): Promise<void> {
  try {
    await db.transaction((tx) =>
      events.append(tx, accountId, [
        {
          definition: policyRefused,
          companyId: null,
          subject: `refusal:${newId()}`,
          subjectVersion: 1,
          occurredAt: clock.now(accountId),
          payload: {
            code,
            mutation,
            actor: nameActor(actor),
            limit: figures.limit ?? null,
            current: figures.current ?? null,
          },
        },
      ]),
    );
  } catch (err) {
    log.error({ err, code, mutation }, 'a refusal could not be told');
  }
}

implementEvent({
  typename: 'PolicyEvent',
  types: ['policy.refused'],
  description: 'A rule of the service refused a mutation.',
  fields: (t) => ({
    code: t.field({
      type: UserErrorCode,
      description: 'Which rule.',
      resolve: ({ payload }) => payload.code as RefusalCode,
    }),
    mutation: t.string({
      description: 'What was asked for: createTracker.',
      resolve: ({ payload }) => String(payload.mutation),
    }),
    actor: t.string({
      description: 'Who asked, as the audit log names them: key:… or user:….',
      resolve: ({ payload }) => String(payload.actor),
    }),
    limit: t.int({
      nullable: true,
      description: 'The limit that the rule keeps, where it is a figure.',
      resolve: ({ payload }) => (payload.limit as number | null) ?? null,
    }),
    current: t.int({
      nullable: true,
      description: 'The figure that stood.',
      resolve: ({ payload }) => (payload.current as number | null) ?? null,
    }),
  }),
});
