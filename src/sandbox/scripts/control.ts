// The strings of the puppets: everything a test or the lab may do to the carrier that no real carrier would offer.
// The same functions serve in-process callers and the routes under /sandbox.
import { z } from 'zod';
import type { Carrier, ReceivedCommand } from '../carrier.ts';
import { personHangsUp } from '../legs/exchange.ts';
import { findLeg } from '../legs/find-leg.ts';
import { ownNumber } from '../numbers/owned-numbers.ts';
import { parseBody } from '../parse-body.ts';
import { ChaosProfile } from '../webhooks/chaos.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { CallerScript, placeCall } from './caller.ts';
import { DestinationScript } from './destination-script.ts';
import { Fault } from './faults.ts';
import { type NumberRule, NumberRuleList } from './number-rule.ts';
import { createTextControl, type TextControl } from './text-control.ts';

export const FaultList = z.strictObject({ faults: z.array(Fault) });
export const ChaosSetting = z.strictObject({
  /** one application only; left out = all that have no profile of their own */
  connectionId: z.string().optional(),
  profile: ChaosProfile,
});
export const NumberGrant = z.strictObject({
  phoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be in E.164 form'),
  connectionId: z.string().nullable().exactOptional(),
  messagingProfileId: z.string().nullable().exactOptional(),
  /** in the carrier's word */
  status: z.string().exactOptional(),
  /** as the account's owner sets it at the portal; no documented request does */
  deletionLock: z.boolean().exactOptional(),
});

interface LegSummary {
  callControlId: string;
  legId: string;
  sessionId: string;
  connectionId: string;
  direction: 'incoming' | 'outgoing';
  from: string;
  to: string;
  phase: string;
  peer: string | null;
  playing: boolean;
  recording: boolean;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  hangupCause: string | null;
}

export interface Control extends TextControl {
  /** Places an inbound call and returns its leg. */
  call(script: CallerScript): LegSummary;
  /** Makes the person at the far end of a leg hang up. */
  hangUp(callControlId: string): void;
  /** Says how a number behaves from now on. */
  destination(to: string, script: z.input<typeof DestinationScript>): void;
  /** Replaces the list of faults. */
  faults(faults: z.input<typeof Fault>[]): void;
  /** Sets a chaos profile. */
  chaos(setting: z.input<typeof ChaosSetting>): void;
  /** Replaces the list of rules on what becomes of orders and reservations of numbers. */
  numberRules(rules: z.input<typeof NumberRule>[]): void;
  /** Puts a number into the account without an order, or changes what is given of one that is there. */
  own(grant: z.input<typeof NumberGrant>): void;
  /** Legs, oldest first, and every command received. */
  calls(): { legs: LegSummary[]; commands: ReceivedCommand[] };
}

/** Makes the control of a carrier. Bad input throws a refusal that names the field. */
export function createControl(carrier: Carrier): Control {
  return {
    ...createTextControl(carrier),
    call: (script) =>
      summaryOf(carrier, placeCall(carrier, parseBody(CallerScript, script)).leg.callControlId),
    hangUp: (callControlId) => personHangsUp(carrier, findLeg(carrier, callControlId)),
    destination(to, script) {
      carrier.destinations.set(to, parseBody(DestinationScript, script));
    },
    faults(faults) {
      carrier.faults = parseBody(FaultList, { faults }).faults;
    },
    chaos(setting) {
      const { connectionId = '*', profile } = parseBody(ChaosSetting, setting);
      carrier.chaos.set(connectionId, profile);
    },
    numberRules(rules) {
      carrier.numberRules = parseBody(NumberRuleList, { rules }).rules;
    },
    own(grant) {
      const { phoneNumber, ...fields } = parseBody(NumberGrant, grant);
      ownNumber(carrier, phoneNumber, fields);
      carrier.store.save();
    },
    calls: () => ({
      legs: [...carrier.legs.keys()].map((id) => summaryOf(carrier, id)),
      commands: [...carrier.commands],
    }),
  };
}

function summaryOf(carrier: Carrier, callControlId: string): LegSummary {
  const live = carrier.legs.get(callControlId);
  if (!live) throw new Error(`No leg ${callControlId} on this sandbox.`);
  const { leg } = live;
  const moment = (ms: number | null) => (ms === null ? null : isoTime(ms));
  return {
    callControlId,
    legId: leg.legId,
    sessionId: leg.sessionId,
    connectionId: leg.connectionId,
    direction: leg.direction,
    from: leg.from,
    to: leg.to,
    phase: leg.phase,
    peer: leg.peer,
    playing: live.playing !== null,
    recording: live.recorders.size > 0,
    startedAt: isoTime(leg.startMs),
    answeredAt: moment(leg.answeredMs),
    endedAt: moment(leg.endedMs),
    hangupCause: leg.hangup?.cause ?? null,
  };
}
