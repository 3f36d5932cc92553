// What people do about a message: hear it, settle it, call back. Each change, its audit entry and call.updated are one
// transaction. A later call that was answered settles no message by itself: nobody may have heard it, and Voicemail.
// answeredSince shows the call.
import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { announceChange } from './announce-change.ts';
import { companyOfCall } from './read-calls.ts';
import {
  insertCallback,
  readVoicemails,
  type VoicemailRow,
  writeVoicemail,
} from './store-voicemails.ts';
import { moveVoicemail, stateAfterCallback, type VoicemailStand } from './voicemail-state.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

const MOST_CALLBACKS = 50;

const target = z.object({ callId: z.uuid(), expectedVersion: z.int().nullish() });
const patchShape = target.extend({
  state: z.enum(['NEW', 'HEARD', 'DONE'], { error: 'state takes NEW, HEARD or DONE.' }),
});
const callbackShape = target.extend({
  outcome: z.enum(['REACHED', 'NO_ANSWER', 'LEFT_MESSAGE', 'WRONG_NUMBER']),
  at: z.date().nullish(),
  linkedCallId: z.uuid().nullish(),
  idempotencyKey: z.string().nullish(),
});

/**
 * Says where a message stands.
 * @returns the call's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (no message was left
 *   on it), VERSION_CONFLICT.
 */
export async function updateVoicemail(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof patchShape>,
): Promise<string> {
  authorize(viewer, 'voicemails.update');
  const { callId, state, expectedVersion } = parseInput(patchShape, request);
  const companyId = await companyOfCall(platform.db, viewer, callId);
  authorize(viewer, 'voicemails.update', companyId);
  const { db, clock } = platform;
  await db.transaction(async (tx) => {
    const row = await holdVoicemail(tx, platform, viewer, callId, expectedVersion);
    const hand = { at: clock.now(viewer.accountId), by: nameActor(viewer.actor) };
    await move(tx, platform, viewer, { callId, companyId }, row, moveVoicemail(row, state, hand));
  });
  return callId;
}

const CALL_ID: AnswerCodec<string> = {
  store: (callId) => ({ callId }),
  restore: async (_tx, stored) => String(stored.callId),
};

/**
 * Notes that somebody called back, as they tell it. Who was reached makes the message DONE; any other outcome leaves it
 * open, but no longer NEW.
 * @param request.at when they called; now when left out. Not before the message, not in the future
 * @param request.linkedCallId the call in which it happened: with the same lead, begun after the message's call
 * @returns the call's id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE (no message,
 *   or 50 call backs are noted), IDEMPOTENCY_KEY_CONFLICT.
 */
export async function markCalledBack(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof callbackShape>,
): Promise<string> {
  authorize(viewer, 'voicemails.update');
  const input = parseInput(callbackShape, request);
  const { callId, outcome, expectedVersion, idempotencyKey, linkedCallId = null } = input;
  const companyId = await companyOfCall(platform.db, viewer, callId);
  authorize(viewer, 'voicemails.update', companyId);
  const { accountId } = viewer;
  const work = async (tx: Tx) => {
    const row = await holdVoicemail(tx, platform, viewer, callId, expectedVersion);
    if (row.callbacks.length >= MOST_CALLBACKS) {
      throw policyRefused(
        'WRONG_STATE',
        `At most ${MOST_CALLBACKS} call backs of one message are noted.`,
        {
          field: 'callId',
          figures: { limit: MOST_CALLBACKS, current: row.callbacks.length },
        },
      );
    }
    const now = platform.clock.now(accountId);
    await checkCallback(tx, viewer, { callId, linkedCallId, at: input.at ?? null, now });
    const at = input.at ?? now;
    const by = nameActor(viewer.actor);
    await insertCallback(tx, accountId, callId, { at, by, outcome, linkedCallId });
    const stand = moveVoicemail(row, stateAfterCallback(row.state, outcome), { at: now, by });
    await move(tx, platform, viewer, { callId, companyId }, row, stand, { outcome, linkedCallId });
    return callId;
  };
  const asked = { mutation: 'markVoicemailCalledBack', key: idempotencyKey, request: input };
  return once(platform, viewer, asked, work, CALL_ID);
}

/** The message under the call's lock, at the version that was expected. */
async function holdVoicemail(
  tx: Tx,
  { events }: Needs,
  { accountId }: Viewer,
  callId: string,
  expectedVersion: number | null | undefined,
): Promise<VoicemailRow> {
  await events.lock(tx, accountId, [`call:${callId}`]);
  const [row] = await readVoicemails(tx, accountId, [callId]);
  if (!row) {
    throw policyRefused('WRONG_STATE', 'No message was left on this call.', { field: 'callId' });
  }
  const { version } = await tx.interaction.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: callId } },
    select: { version: true },
  });
  if (expectedVersion != null && expectedVersion !== version) throw versionConflict(version);
  return row;
}

async function move(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  call: { callId: string; companyId: string },
  before: VoicemailRow,
  after: VoicemailStand,
  callback?: { outcome: string; linkedCallId: string | null },
): Promise<void> {
  if (after === before && !callback) return;
  const { accountId } = viewer;
  if (after !== before) await writeVoicemail(tx, accountId, call.callId, after);
  await announceChange(tx, platform, { accountId, ...call }, ['voicemail']);
  await audit(tx, viewer, platform.clock, {
    action: callback ? 'markVoicemailCalledBack' : 'updateVoicemail',
    subject: `call:${call.callId}`,
    before: { voicemail: before.state },
    after: { voicemail: after.state, ...callback },
  });
}

/** Refuses a time or a call in which nobody can have called back. */
async function checkCallback(
  tx: Tx,
  viewer: Viewer,
  told: { callId: string; linkedCallId: string | null; at: Date | null; now: Date },
): Promise<void> {
  const { callId, linkedCallId, at, now } = told;
  const read = (id: string) =>
    tx.interaction.findUnique({
      where: { accountId_id: { accountId: viewer.accountId, id }, kind: 'CALL' },
      select: { companyId: true, leadId: true, occurredAt: true },
    });
  const message = await read(callId);
  if (at && (at > now || at < (message?.occurredAt ?? now))) {
    throw invalidInput('at', 'at takes a time between the message and now.');
  }
  if (linkedCallId === null) return;
  const linked = await read(linkedCallId);
  if (!linked || !seesCompany(viewer, linked.companyId)) throw notFound('linkedCallId', 'Call');
  const isLater = message !== null && linked.occurredAt > message.occurredAt;
  if (linked.leadId === null || linked.leadId !== message?.leadId || !isLater) {
    throw invalidInput(
      'linkedCallId',
      'linkedCallId takes a call with the lead who left the message, begun after it.',
    );
  }
}
