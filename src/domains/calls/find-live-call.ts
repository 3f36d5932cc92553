// The call on which something was said just now, as later domains ask for it.
import type { Tx } from '#platform/db/index.ts';
import { mayHearLive } from './may-transcribe.ts';
import { findCall } from './store.ts';

/** A call that the carrier was asked to write down while it goes on. */
export interface LiveCall {
  id: string;
  companyId: string;
  /** the begin of its recording, which moments are counted from */
  recordedFrom: Date;
}

/** The call of a carrier session, if its words may be written down now; null for every other. */
export async function findLiveCall(
  tx: Tx,
  accountId: string,
  session: string,
): Promise<LiveCall | null> {
  const call = await findCall(tx, accountId, { session });
  const { live, recording } = call?.machine ?? {};
  if (!call || live !== 'ASKED' || !recording) return null;
  if (!(await mayHearLive(tx, accountId, call.id))) return null;
  const { id, companyId } = call;
  return { id, companyId, recordedFrom: new Date(recording.startedAt) };
}
