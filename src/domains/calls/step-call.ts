// Steps a call by something other than a webhook: what became of a command, the hour, the carrier's word on a leg.
import type { MachineInput } from './machine-state.ts';
import { takeWaiting } from './receive.ts';
import { type CallSlice, type StepSlice, stepThrough } from './step-through.ts';
import { findCall } from './store.ts';

/** What moves a call from inside: a command's result, the hour, the carrier's word on its legs. */
export type InnerInput =
  | (Extract<MachineInput, { kind: 'result' }> & { commandId: string })
  | Exclude<MachineInput, { kind: 'result' | 'carrier' }>;

/**
 * Steps a call by something other than a webhook.
 * @returns null when the call is gone or somebody has done it already
 * @throws when it could not be woken: nothing has changed then, and it would be due again at once
 */
export async function stepCall(
  slice: StepSlice,
  accountId: string,
  callId: string,
  input: InnerInput,
): Promise<{ callId: string; ask: boolean } | null> {
  const { db, events, lanes, clock } = slice;
  return db.transaction(async (tx) => {
    const seen = await findCall(tx, accountId, { id: callId });
    if (!seen) return null;
    await events.lock(tx, accountId, [`session:${seen.session}`]);
    await events.lock(tx, accountId, [`call:${callId}`]);
    let call = await findCall(tx, accountId, { id: callId });
    if (!call) return null;
    let ask = false;
    if (input.kind === 'result') {
      const settled = await lanes.settle(tx, accountId, input.commandId, input.result);
      if (!settled) return null;
    } else {
      // the hour and the carrier's word decide for want of news: news that a crash left unread comes first
      const waiting = await takeWaiting(tx, slice, accountId, call);
      ask = waiting.ask;
      if (waiting.any) call = (await findCall(tx, accountId, { id: callId })) ?? call;
    }
    const due = call.machine.wakeAt;
    const now = clock.now(accountId);
    // another process may have woken it between our look and our lock
    if (input.kind === 'wake' && (due === null || new Date(due) > now)) return { callId, ask };
    const stepped = await stepThrough(tx, slice, accountId, call, [input]);
    const [broken] = stepped.failed;
    if (input.kind === 'wake' && broken) throw new Error(`A call was not woken: ${broken.error}`);
    return { callId, ask: ask || stepped.ask };
  });
}

/** Asks the carrier whether the caller is still on the line; null when it cannot be reached (the call is woken again). */
export async function asksStatus(
  slice: CallSlice,
  accountId: string,
  callId: string,
): Promise<InnerInput | null> {
  const call = await findCall(slice.db.prisma, accountId, { id: callId });
  const controlId = call?.machine.caller.controlId;
  if (!controlId) return null;
  try {
    const carrier = await slice.carriers.of(accountId);
    const { alive, endedAt } = await carrier.legStatus(controlId);
    return { kind: 'status', alive, endedAt };
  } catch (err) {
    slice.log.warn({ err, callId }, 'the carrier could not be asked for the state of a call');
    return null;
  }
}
