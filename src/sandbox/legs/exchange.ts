// Where live legs change: every step goes through the pure machine, is announced by webhook, and carries along what
// hangs on the leg (peer, playing, gathering, recording, timers, the person).
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import {
  answeredPayload,
  bridgedPayload,
  costPayload,
  hangupPayload,
  initiatedPayload,
} from '../webhooks/payloads.ts';
import { announce } from './announce.ts';
import { endGather } from './gather.ts';
import type { LiveLeg } from './live-leg.ts';
import {
  farSide,
  type HangupCause,
  type HangupSource,
  type LegInput,
  type LegRefusal,
  stepLeg,
} from './machine.ts';
import { stopPlaying } from './player.ts';
import { schedule } from './schedule.ts';

const KEPT_LEGS = 2000;

const PAYLOADS = {
  'call.initiated': initiatedPayload,
  'call.answered': answeredPayload,
  'call.bridged': bridgedPayload,
  'call.hangup': hangupPayload,
} as const;

const REFUSED: Record<LegRefusal, () => Error> = {
  ended: refusals.ended,
  'not-answered': refusals.notAnswered,
  'already-answered': () => refusals.impossible('This call has already been answered.'),
  'not-ringing': () => refusals.impossible('This call is not ringing.'),
  'not-bridged': () => refusals.impossible('This call is not bridged.'),
};

/** Takes a leg one step and announces it. Throws the refusal when the leg's phase does not allow the step. */
export function stepLiveLeg(carrier: Carrier, live: LiveLeg, input: LegInput): void {
  const atMs = carrier.clock.now();
  const step = stepLeg(live.leg, input, atMs);
  if (step.refused !== undefined) throw REFUSED[step.refused]();
  const ends = step.leg.phase === 'ended';
  const peer = live.leg.peer;
  if (ends) silenceLeg(carrier, live);
  live.leg = step.leg;
  // closing recordings takes its time, which a fast clock would add to the call
  if (step.announce) announce(carrier, live, step.announce, PAYLOADS[step.announce](live), atMs);
  if (!ends) return;
  rememberEnd(carrier, live);
  live.person.ended?.();
  if (peer) unbridge(carrier, peer, live);
  const application = carrier.store.state.applications.find(
    (one) => one.id === live.leg.connectionId,
  );
  if (application?.callCostInWebhooks) announce(carrier, live, 'call.cost', costPayload(live));
}

function silenceLeg(carrier: Carrier, live: LiveLeg): void {
  for (const timer of live.timers) timer.cancel();
  live.timers.clear();
  // Recordings first: they still take what was audible up to this moment.
  for (const recorder of [...live.recorders]) recorder.stop();
  stopPlaying(carrier, live, 'all', 'call_hangup');
  endGather(carrier, live, 'call_hangup');
}

function rememberEnd(carrier: Carrier, live: LiveLeg): void {
  const known = carrier.store.state.legs.find(
    (leg) => leg.callControlId === live.leg.callControlId,
  );
  if (known) known.endedMs = live.leg.endedMs;
  carrier.store.save();
  forgetOldLegs(carrier);
}

function forgetOldLegs(carrier: Carrier): void {
  if (carrier.legs.size <= KEPT_LEGS) return;
  const oldest = [...carrier.legs.values()].find((live) => live.leg.phase === 'ended');
  if (oldest) carrier.legs.delete(oldest.leg.callControlId);
}

/** The leg that talked to `left` is alone now: it ends, or is parked when that was asked for. */
function unbridge(carrier: Carrier, callControlId: string, left: LiveLeg): void {
  const live = carrier.legs.get(callControlId);
  if (live?.leg.phase !== 'bridged' || live.leg.peer !== left.leg.callControlId) return;
  stopTalking(carrier, live);
  stepLiveLeg(carrier, live, { type: 'unbridge' });
}

function stopTalking(carrier: Carrier, live: LiveLeg): void {
  live.person.voice.cutAt(carrier.clock.now());
  live.person.unbridged?.();
}

/** The far end of a ringing leg, or a command on an incoming one, takes the call. */
export function answerLeg(carrier: Carrier, live: LiveLeg): void {
  stepLiveLeg(carrier, live, { type: 'answer' });
  schedule(carrier, live, live.timeLimitSeconds, () =>
    hangUpLeg(carrier, live, 'time_limit', 'unknown'),
  );
  for (const arranged of live.onAnswered) arranged();
  live.person.answered?.();
  if (!live.bridgeOnAnswer) return;
  const other = carrier.legs.get(live.bridgeOnAnswer.callControlId);
  const taken = other?.leg.phase === 'bridged' && live.bridgeOnAnswer.preventDouble;
  const gone = !other || other.leg.phase === 'ended' || other.leg.answeredMs === null;
  if (taken || gone) hangUpLeg(carrier, live, 'normal_clearing', 'caller');
  else bridgeLegs(carrier, other, live, { preventDouble: false });
}

/**
 * Connects two answered legs. Whatever either leg hears is stopped; a leg that talked to somebody else leaves them.
 * @param options.park keeps the first leg when the bridge ends
 */
export function bridgeLegs(
  carrier: Carrier,
  live: LiveLeg,
  other: LiveLeg,
  options: { preventDouble: boolean; park?: boolean },
): void {
  if (other === live)
    throw refusals.invalid('/call_control_id', 'A call cannot be bridged with itself.');
  for (const leg of [live.leg, other.leg]) {
    if (leg.phase === 'ended') throw refusals.ended();
    if (leg.answeredMs === null) throw refusals.notAnswered();
  }
  if (options.preventDouble && other.leg.phase === 'bridged') {
    throw refusals.impossible('The call to bridge with is already bridged to another call.');
  }
  if (live.leg.peer === other.leg.callControlId) {
    throw refusals.impossible('These calls are already bridged with each other.');
  }
  const left = [live, other].map((leg) => ({ leg, peer: leg.leg.peer }));
  for (const leg of [live, other]) {
    stopPlaying(carrier, leg, 'all', 'cancelled');
    endGather(carrier, leg, 'cancelled');
    if (leg.leg.peer !== null) stopTalking(carrier, leg);
  }
  const park = options.park === undefined ? {} : { park: options.park };
  stepLiveLeg(carrier, live, { type: 'bridge', peer: other.leg.callControlId, ...park });
  stepLiveLeg(carrier, other, { type: 'bridge', peer: live.leg.callControlId });
  for (const { leg, peer } of left) {
    if (peer !== null && peer !== leg.leg.peer) unbridge(carrier, peer, leg);
  }
  live.person.bridged?.();
  other.person.bridged?.();
}

/** Ends a leg; the leg it talks to ends with it unless it is to be parked. */
export function hangUpLeg(
  carrier: Carrier,
  live: LiveLeg,
  cause: HangupCause,
  source: HangupSource,
): void {
  stepLiveLeg(carrier, live, { type: 'end', cause, source });
}

/** The person at the far end hangs up, or gives up while it rings; nothing happens when the leg is over already. */
export function personHangsUp(carrier: Carrier, live: LiveLeg): void {
  if (live.leg.phase === 'ended') return;
  const cause = live.leg.answeredMs === null ? 'originator_cancel' : 'normal_clearing';
  hangUpLeg(carrier, live, cause, farSide(live.leg));
}
