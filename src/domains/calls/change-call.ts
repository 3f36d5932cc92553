// What people change on a call: tags, note, value, lead status. The change, the audit entry and call.updated are one
// transaction; an idempotency key makes a repeated request harmless.
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { changeInteraction, type InteractionChange } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { callUpdated } from './events.ts';
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
  input: Omit<InteractionChange, 'interactionId' | 'subject' | 'verb'> & {
    callId: string;
    idempotencyKey?: string | null | undefined;
  },
): Promise<string> {
  authorize(viewer, 'calls.tag');
  const { callId, idempotencyKey, ...change } = input;
  const companyId = await companyOfCall(platform.db, viewer, callId);
  const request = { mutation, key: idempotencyKey, request: { callId, ...change } };
  const work = async (tx: Tx) => {
    await changeCallIn(tx, platform, viewer, mutation, { callId, companyId, ...change });
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
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  mutation: 'tagCall' | 'updateCall' | 'eraseCall',
  input: Omit<InteractionChange, 'interactionId' | 'subject' | 'verb'> & {
    callId: string;
    companyId: string;
  },
): Promise<void> {
  const { callId, companyId, ...change } = input;
  const { version, changes, moved } = await changeInteraction(tx, { events, clock }, viewer, {
    ...change,
    interactionId: callId,
    verb: mutation,
    subject: `call:${callId}`,
  });
  const told = [
    ...(changes.length > 0 ? [{ id: callId, version, changes }] : []),
    ...moved.map((later) => ({ ...later, changes: ['leadStatus'] })),
  ];
  const occurredAt = clock.now(viewer.accountId);
  await events.append(
    tx,
    viewer.accountId,
    told.map((each) => ({
      definition: callUpdated,
      // a lead and all its calls belong to one company
      companyId,
      subject: `call:${each.id}`,
      subjectVersion: each.version,
      occurredAt,
      payload: { callId: each.id, changes: each.changes },
    })),
  );
}
