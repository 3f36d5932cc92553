// A call arrives on a tracker: lead found or made, interaction and call stored, the machine begun, in one transaction.
import { storeInteraction } from '#domains/interactions/index.ts';
import { findOrMakeLead, leadLock } from '#domains/leads/index.ts';
import type { FoundTracker } from '#domains/numbers/index.ts';
import { LIKELY_ENOUGH, likelyVisits } from '#domains/visitors/index.ts';
import type { CarrierEvent } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { announce } from './announce.ts';
import { begin } from './machine.ts';
import { planOf } from './plan.ts';
import { callsToTell, recountLaterCalls } from './recount-later-calls.ts';
import { type StepSlice, writeCommands } from './step-through.ts';
import { countPriorCalls, insertCall, type StoredCall } from './store.ts';

/**
 * Stores a new call with its interaction and lead, and begins it. Locks the call and the caller's lead first.
 * @param arrived the `initiated` event of the caller's leg
 * @param found the active tracker that was dialled
 */
export async function storeCall(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  session: string,
  arrived: CarrierEvent & { kind: 'initiated' },
  found: FoundTracker,
): Promise<StoredCall> {
  const { events, clock } = slice;
  const { tracker } = found;
  const { companyId } = tracker;
  const id = newId();
  const startedAt = arrived.occurredAt;
  const locks = [`call:${id}`, ...(arrived.from ? [leadLock(companyId, arrived.from)] : [])];
  await events.lock(tx, accountId, locks);
  const same = arrived.from ? { accountId, companyId, from: arrived.from } : null;
  const later = same ? await callsToTell(tx, same, startedAt) : [];
  if (later.length > 0)
    await events.lock(
      tx,
      accountId,
      later.map((one) => `call:${one}`),
    );
  const lead = arrived.from
    ? await findOrMakeLead(tx, slice, {
        accountId,
        companyId,
        knownBy: [{ kind: 'PHONE', value: arrived.from }],
        name: arrived.callerName,
        at: startedAt,
      })
    : null;
  const priorCalls = same ? await countPriorCalls(tx, same, startedAt) : 0;
  const now = clock.now(accountId);
  const source = await sourceOf(tx, accountId, found, { at: startedAt, now });
  const begun = begin(id, planOf({ ...found, source }), arrived, now);
  await storeInteraction(tx, {
    accountId,
    id,
    kind: 'CALL',
    companyId,
    leadId: lead?.leadId ?? null,
    ownLeadId: lead?.ownLeadId ?? null,
    sourceId: source.id,
    occurredAt: startedAt,
  });
  await insertCall(
    tx,
    {
      accountId,
      id,
      companyId,
      trackerId: tracker.id,
      session,
      from: arrived.from,
      to: arrived.to,
      startedAt,
      priorCalls,
    },
    begun.machine,
  );
  if (same) await recountLaterCalls(tx, slice, same, startedAt, later);
  await announce(tx, slice, { accountId, id, companyId, version: 1 }, begun.machine, ['ringing']);
  await writeCommands(tx, slice, accountId, id, begun.commands);
  return { id, companyId, session, machine: begun.machine };
}

/**
 * Where a call comes from, as far as it can be said while it rings and the whisper wants to name it: of a pool's number,
 * the source of the visit that most likely dialled it. The attribution domain judges it in full a moment later.
 */
async function sourceOf(
  tx: Tx,
  accountId: string,
  { tracker, source, phoneNumber }: FoundTracker,
  when: { at: Date; now: Date },
): Promise<FoundTracker['source']> {
  if (tracker.type === 'SOURCE') return source;
  const call = { number: phoneNumber.number, ...when, known: new Set<string>() };
  const [likely] = await likelyVisits(tx, accountId, tracker.companyId, call);
  return likely && likely.probability >= LIKELY_ENOUGH ? likely.source : source;
}
