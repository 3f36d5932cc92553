// One leg of a call as a pure state machine: no clock, no chance, no input or output.
//
//   new ──ring──▶ ringing ──answer──▶ answered ──bridge──▶ bridged ──unbridge──▶ parked
//    │              │                   │                    │  ▲                 │
//    └──────────────┴──────── end ──────┴────────────────────┘  └──── bridge ─────┘     (ended: nothing follows)

export type LegPhase = 'new' | 'ringing' | 'answered' | 'bridged' | 'parked' | 'ended';
export type HangupCause =
  | 'call_rejected'
  | 'normal_clearing'
  | 'originator_cancel'
  | 'timeout'
  | 'time_limit'
  | 'user_busy'
  | 'not_found'
  | 'no_answer'
  | 'unspecified';
export type HangupSource = 'caller' | 'callee' | 'unknown';

export interface Leg {
  readonly callControlId: string;
  readonly legId: string;
  readonly sessionId: string;
  readonly connectionId: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly from: string;
  readonly to: string;
  readonly startMs: number;
  readonly phase: LegPhase;
  readonly clientState: string | null;
  readonly answeredMs: number | null;
  readonly endedMs: number | null;
  /** call control id of the leg it talks to while bridged */
  readonly peer: string | null;
  readonly parkAfterUnbridge: boolean;
  readonly hangup: { cause: HangupCause; source: HangupSource; sipCause: string } | null;
}

export type LegInput =
  | { type: 'ring' }
  | { type: 'answer' }
  | { type: 'bridge'; peer: string; park?: boolean }
  | { type: 'unbridge' }
  | { type: 'end'; cause: HangupCause; source: HangupSource };

type LegAnnouncement = 'call.initiated' | 'call.answered' | 'call.bridged' | 'call.hangup';
export type LegRefusal =
  | 'ended'
  | 'not-answered'
  | 'already-answered'
  | 'not-ringing'
  | 'not-bridged';
export type LegStep =
  | { leg: Leg; announce: LegAnnouncement | null; refused?: undefined }
  | { refused: LegRefusal };

const SIP_CAUSES: Record<HangupCause, string> = {
  normal_clearing: '200',
  time_limit: '200',
  originator_cancel: '487',
  timeout: '487',
  no_answer: '480',
  user_busy: '486',
  call_rejected: '603',
  not_found: '404',
  unspecified: 'unspecified',
};

/**
 * Takes one leg one step further.
 * @param leg the leg as it stands
 * @param input what happens to it
 * @param atMs sandbox time of the step
 * @returns the leg after the step and the webhook to send, or why the step is impossible
 */
export function stepLeg(leg: Leg, input: LegInput, atMs: number): LegStep {
  if (leg.phase === 'ended') return { refused: 'ended' };
  switch (input.type) {
    case 'ring':
      if (leg.phase !== 'new') return { refused: 'not-ringing' };
      return { leg: { ...leg, phase: 'ringing' }, announce: 'call.initiated' };
    case 'answer':
      if (leg.phase === 'new') return { refused: 'not-ringing' };
      if (leg.phase !== 'ringing') return { refused: 'already-answered' };
      return { leg: { ...leg, phase: 'answered', answeredMs: atMs }, announce: 'call.answered' };
    case 'bridge': {
      if (leg.answeredMs === null) return { refused: 'not-answered' };
      const parkAfterUnbridge = input.park ?? leg.parkAfterUnbridge;
      return {
        leg: { ...leg, phase: 'bridged', peer: input.peer, parkAfterUnbridge },
        announce: 'call.bridged',
      };
    }
    case 'unbridge':
      if (leg.phase !== 'bridged') return { refused: 'not-bridged' };
      if (leg.parkAfterUnbridge)
        return { leg: { ...leg, phase: 'parked', peer: null }, announce: null };
      return endLeg(leg, 'normal_clearing', ourSide(leg), atMs);
    case 'end':
      return endLeg(leg, input.cause, input.source, atMs);
  }
}

function endLeg(leg: Leg, cause: HangupCause, source: HangupSource, atMs: number): LegStep {
  // Telnyx: "If the SIP response is unavailable (in inbound calls for example) this is set to `unspecified`".
  const sipCause = leg.direction === 'incoming' ? 'unspecified' : SIP_CAUSES[cause];
  return {
    leg: { ...leg, phase: 'ended', peer: null, endedMs: atMs, hangup: { cause, source, sipCause } },
    announce: 'call.hangup',
  };
}

/** The platform's end of a leg: called on an incoming leg, calling on an outgoing one. */
export function ourSide(leg: Leg): HangupSource {
  return leg.direction === 'incoming' ? 'callee' : 'caller';
}

/** The person's end of a leg. */
export function farSide(leg: Leg): HangupSource {
  return leg.direction === 'incoming' ? 'caller' : 'callee';
}
