// Steps a session by its stored webhooks in one transaction: lock the subjects, read, ask the machine, write.
import { findTracker } from '#domains/numbers/index.ts';
import { type CarrierEvent, isErasedSession } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { stableId } from '#platform/ids/index.ts';
import { deadlineOf } from './deadlines.ts';
import { forgetLate } from './forget-late.ts';
import type { MachineInput } from './machine-state.ts';
import { type ReadInbox, readInbox } from './read-inbox.ts';
import { type StepSlice, stepThrough } from './step-through.ts';
import { findCall, type StoredCall } from './store.ts';
import { storeCall } from './store-call.ts';
import { answersUnknown, declinePolitely, REFUSAL_STEPS } from './unknown-number.ts';

/** Events of a session whose first event has not come are given up after this. */
const WAIT_FOR_FIRST_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;

/** Whose lanes now hold commands, and whether the carrier must be asked for the caller's leg. */
export interface Received {
  subject: string;
  callId: string | null;
  ask: boolean;
}
type Arrival = CarrierEvent & { kind: 'initiated' };

/**
 * Steps a session by the events that wait in the inbox.
 * @returns null when there was nothing to do, or nothing that could be done yet
 */
export async function receiveSession(
  slice: StepSlice,
  accountId: string,
  session: string,
): Promise<Received | null> {
  const { db, events, inbox, log } = slice;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`session:${session}`]);
    const rows = await inbox.waiting(tx, accountId, session);
    if (rows.length === 0) return null;
    const inboxRead = readInbox(rows, log);
    const known = await findCall(tx, accountId, { session });
    if (!known && (await isErasedSession(tx, accountId, session))) {
      await forgetLate(tx, slice, accountId, session, inboxRead.told);
      return null;
    }
    // no write before the call's lock: a transaction that holds an older id while it waits would tell its events late
    if (known) await events.lock(tx, accountId, [`call:${known.id}`]);
    const received = known
      ? await moveCall(tx, slice, accountId, known, inboxRead.told)
      : await meetSession(tx, slice, accountId, session, inboxRead.told);
    await settleUnread(tx, slice, accountId, inboxRead);
    return received;
  });
}

/**
 * Steps a call by what waits for it in the inbox, before anything is concluded from silence. The caller has locked its
 * session and the call.
 * @returns whether anything waited, and whether the carrier must now be asked for the caller's leg
 */
export async function takeWaiting(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  call: StoredCall,
): Promise<{ any: boolean; ask: boolean }> {
  const rows = await slice.inbox.waiting(tx, accountId, call.session);
  if (rows.length === 0) return { any: false, ask: false };
  const inboxRead = readInbox(rows, slice.log);
  const { ask } = await moveCall(tx, slice, accountId, call, inboxRead.told);
  await settleUnread(tx, slice, accountId, inboxRead);
  return { any: true, ask };
}

async function moveCall(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  call: StoredCall,
  told: readonly CarrierEvent[],
): Promise<Received> {
  const inputs = told.map((event): MachineInput => ({ kind: 'carrier', event }));
  const { ask, failed } = await stepThrough(tx, slice, accountId, call, inputs);
  const broken = new Map(
    failed.flatMap(({ input, error }) =>
      input.kind === 'carrier' ? [[input.event.id, error] as const] : [],
    ),
  );
  const done = told.filter((event) => !broken.has(event.id)).map((event) => event.id);
  await slice.inbox.settle(tx, accountId, done, 'DONE');
  for (const [id, error] of broken) await slice.inbox.settle(tx, accountId, [id], 'FAILED', error);
  return { subject: `call:${call.id}`, callId: call.id, ask };
}

/** The first events of a session: a new call, a number that is not ours, or too early to say. */
async function meetSession(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  session: string,
  told: readonly CarrierEvent[],
): Promise<Received | null> {
  const arrived = told.find(
    (event): event is Arrival => event.kind === 'initiated' && event.direction === 'INBOUND',
  );
  if (arrived) {
    const found = await findTracker(tx, accountId, arrived.to);
    if (found?.tracker.status === 'ACTIVE' && found.companyStatus === 'ACTIVE') {
      const call = await storeCall(tx, slice, accountId, session, arrived, found);
      await slice.inbox.settle(tx, accountId, [arrived.id], 'DONE');
      // what came before it, and waited too long for it, is of this call after all
      if (isOld(slice, accountId, arrived) && (await slice.inbox.reopen(tx, accountId, session))) {
        const { ask } = await takeWaiting(tx, slice, accountId, call);
        return { subject: `call:${call.id}`, callId: call.id, ask };
      }
      const rest = told.filter((event) => event !== arrived);
      return moveCall(tx, slice, accountId, call, rest);
    }
    slice.log.warn(
      { accountId, session, pii_to: arrived.to },
      'a call to a number that leads to no active tracker: declined politely',
    );
  }
  if (arrived || told.some(answersUnknown)) return decline(tx, slice, accountId, session, told);
  const [oldest] = told;
  if (!oldest || isOld(slice, accountId, oldest)) await settleTold(tx, slice, accountId, told);
  else {
    // the session's first event may still come, and then steps all: no need to look each second
    const lookAt = slice.clock.now(accountId).getTime() + LOOK_AGAIN_MS;
    await slice.inbox.postpone(tx, accountId, session, new Date(lookAt));
  }
  return null;
}

/** Whether what happened with this event, or after it, is waited for no more. */
function isOld({ clock }: StepSlice, accountId: string, { occurredAt }: CarrierEvent): boolean {
  return clock.now(accountId).getTime() - occurredAt.getTime() > WAIT_FOR_FIRST_MS;
}

async function decline(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  session: string,
  told: readonly CarrierEvent[],
): Promise<Received> {
  const createdAt = slice.clock.now(accountId);
  const subject = `session:${session}`;
  const commands = told.flatMap((event) => {
    const command = declinePolitely(event);
    return command ? [{ event, command }] : [];
  });
  await slice.lanes.write(
    tx,
    accountId,
    commands.map(({ event, command }) => ({
      id: stableId(event.id),
      subject,
      lane: 'caller',
      n: REFUSAL_STEPS.indexOf(event.kind),
      command,
      createdAt,
      deadlineAt: deadlineOf(command, createdAt),
    })),
  );
  await settleTold(tx, slice, accountId, told);
  return { subject, callId: null, ask: false };
}

function settleTold(
  tx: Tx,
  { inbox }: StepSlice,
  accountId: string,
  told: readonly CarrierEvent[],
): Promise<void> {
  return inbox.settle(
    tx,
    accountId,
    told.map((event) => event.id),
    'IGNORED',
  );
}

async function settleUnread(
  tx: Tx,
  { inbox }: StepSlice,
  accountId: string,
  { ignored, failed }: ReadInbox,
): Promise<void> {
  await inbox.settle(tx, accountId, ignored, 'IGNORED');
  for (const { id, error } of failed) await inbox.settle(tx, accountId, [id], 'FAILED', error);
}
