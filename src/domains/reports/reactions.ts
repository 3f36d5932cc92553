// What happens to interactions moves the sums, in the transaction that moves the mirror's cursor.

import { interactionOf } from '#domains/attribution/index.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { defineMirror, type Mirror } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { countInteractions, recountLead } from './count-interactions.ts';
import { endExports } from './exports/purge-exports.ts';
import { holdCount } from './store.ts';

/** The fields of an interaction that sums depend on. */
const COUNTED = ['attribution', 'source', 'outcome', 'value', 'leadStatus', 'priorCalls', 'lead'];

/**
 * The mirror of the log into the sums. It starts now: what was there before is counted by `reports.count-all`.
 */
export function countReports({ jobs, clock }: Pick<Platform, 'jobs' | 'clock'>): Mirror {
  return defineMirror({
    name: 'reports.count',
    on: [
      'call.ringing',
      'call.ended',
      'call.updated',
      'form.submitted',
      'form.updated',
      'message.received',
      'message.queued',
      'conversation.updated',
      'chat.opened',
      'chat.updated',
      'lead.qualified',
      'lead.updated',
      'lead.merged',
      'erasure.completed',
    ],
    startAt: 'now',
    async write(tx, events) {
      // in one order, since each account's counting is held
      const byAccount = [...Map.groupBy(events, ({ accountId }) => accountId)].sort();
      for (const [accountId, told] of byAccount) {
        await countInteractions(tx, { jobs }, accountId, [...new Set(told.flatMap(countedBy))]);
        for (const leadId of new Set(told.flatMap(recounted))) {
          await recountLead(tx, jobs, accountId, leadId);
        }
        for (const companyId of new Set(told.flatMap(stripped))) {
          await holdCount(tx, accountId);
          await endExports(tx, { jobs, clock }, accountId, companyId);
        }
      }
    },
  });
}

/** The interactions that are to be counted anew by an event; texts move no sums but the first. */
function countedBy({ type, payload, subjectVersion }: StoredEvent): string[] {
  const id = interactionOf({ payload });
  if (id === null) return [];
  if (type === 'message.received' && !payload.isFirst) return [];
  // a conversation that the company begins is stored with its first text
  if (type === 'message.queued' && subjectVersion > 1) return [];
  if (type === 'chat.opened' && payload.isReopened) return [];
  if (!type.endsWith('.updated')) return [id];
  return (payload.changes as string[]).some((change) => COUNTED.includes(change)) ? [id] : [];
}

/** what of a lead its interactions are counted by */
const COUNTED_OF_LEAD = ['status', 'qualifiedBy', 'mergedFrom', 'mergedInto'];

/** The leads whose interactions, or the credit for them, are others by an event: qualified, merged, split. */
function recounted({ type, payload }: StoredEvent): string[] {
  const isOther =
    type === 'lead.qualified' ||
    type === 'lead.merged' ||
    (type === 'lead.updated' &&
      (payload.changes as string[]).some((one) => COUNTED_OF_LEAD.includes(one)));
  return isOther ? [String(payload.leadId)] : [];
}

/** The companies whose forms lost fields that are not to be kept: not in files either. */
function stripped({ type, companyId, payload }: StoredEvent): string[] {
  const isStripped = type === 'form.updated' && (payload.changes as string[]).includes('fields');
  return isStripped && companyId ? [companyId] : [];
}
