// What people change on a call: tags, note, value, lead status. The change, the audit entry and call.updated are one
// transaction; an idempotency key makes a repeated request harmless.
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { changeInteraction, type InteractionChange } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { companyOfCall } from './read-calls.ts';

/** a repetition is answered with the call as it is then */
const CALL_ID: AnswerCodec<string> = {
  store: (callId) => ({ callId }),
  restore: async (_tx, stored) => String(stored.callId),
};

/**
 * Changes a call. Absent = unchanged, null = cleared.
 * @param mutation the verb's public name, for the idempotency key and the audit log
 * @returns the call's id
 * @throws Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, ALREADY_GOOD_LEAD, IDEMPOTENCY_KEY_CONFLICT; Forbidden
 */
export async function changeCall(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  mutation: 'tagCall' | 'updateCall',
  input: Omit<InteractionChange, 'interactionId' | 'kind' | 'verb'> & {
    callId: string;
    idempotencyKey?: string | null | undefined;
  },
): Promise<string> {
  authorize(viewer, 'calls.tag');
  const { callId, idempotencyKey, ...change } = input;
  await companyOfCall(platform.db, viewer, callId);
  const request = { mutation, key: idempotencyKey, request: { callId, ...change } };
  const work = async (tx: Tx) => {
    await changeCallIn(tx, platform, viewer, mutation, { callId, ...change });
    return callId;
  };
  return once(platform, viewer, request, work, CALL_ID);
}

/**
 * The change itself with its event, inside a transaction of the caller, which has either not written yet or holds the
 * call's lock.
 * @throws Forbidden; Refused, as changeInteraction does: nothing is written then
 */
export async function changeCallIn(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  mutation: 'tagCall' | 'updateCall',
  input: Omit<InteractionChange, 'interactionId' | 'kind' | 'verb'> & { callId: string },
): Promise<void> {
  const { callId, ...change } = input;
  await changeInteraction(tx, platform, viewer, {
    ...change,
    interactionId: callId,
    kind: 'CALL',
    verb: mutation,
  });
}
