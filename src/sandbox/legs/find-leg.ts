// From a call control id to its leg.
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import type { LiveLeg } from './live-leg.ts';

/** The live leg of a call control id. Throws 90018 when it has ended or was lost, 90015 when it never existed. */
export function findLeg(carrier: Carrier, callControlId: string): LiveLeg {
  const live = carrier.legs.get(callControlId);
  if (live && live.leg.phase !== 'ended') return live;
  if (live || carrier.store.state.legs.some((leg) => leg.callControlId === callControlId))
    throw refusals.ended();
  throw refusals.invalidCallControlId();
}
