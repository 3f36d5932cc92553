// Brings a leg into the world: ids as Telnyx forms them, a session of its own or a shared one, time limit.
import { randomBytes, randomUUID } from 'node:crypto';
import { createTimeline } from '../audio/timeline.ts';
import type { Carrier } from '../carrier.ts';
import type { DestinationScript } from '../scripts/destination-script.ts';
import type { LiveLeg, Person } from './live-leg.ts';

export interface NewLeg {
  direction: 'incoming' | 'outgoing';
  connectionId: string;
  from: string;
  to: string;
  /** a session to share, else a new one begins */
  sessionId: string | null;
  clientState: string | null;
  parkAfterUnbridge: boolean;
  timeLimitSeconds: number;
  webhookUrl: string | null;
  callerName: string | null;
  stirShaken: 'A' | 'B' | 'C' | null;
  timeoutCause: 'timeout' | 'no_answer';
  destination: DestinationScript | null;
  person: (live: () => LiveLeg) => Person;
}

/** Adds a leg in phase "new"; it rings when stepped. */
export function addLeg(carrier: Carrier, given: NewLeg): LiveLeg {
  const startMs = carrier.clock.now();
  const sessionId = given.sessionId ?? randomUUID();
  const session = carrier.sessions.get(sessionId) ?? {
    ordinal: carrier.sessions.size + 1,
    legs: 0,
  };
  session.legs += 1;
  carrier.sessions.set(sessionId, session);
  const callControlId = `v3:${randomBytes(36).toString('base64url')}`;
  const legId = randomUUID();
  const live: LiveLeg = {
    leg: {
      callControlId,
      legId,
      sessionId,
      connectionId: given.connectionId,
      direction: given.direction,
      from: given.from,
      to: given.to,
      startMs,
      phase: 'new',
      clientState: given.clientState,
      answeredMs: null,
      endedMs: null,
      peer: null,
      parkAfterUnbridge: given.parkAfterUnbridge,
      hangup: null,
    },
    key: `${session.ordinal}:${session.legs}`,
    person: given.person(() => live),
    line: createTimeline(),
    queue: [],
    playing: null,
    gather: null,
    recorders: new Set(),
    transcription: null,
    timers: new Set(),
    webhookUrl: given.webhookUrl,
    eventCount: 0,
    commandCount: 0,
    callerName: given.callerName,
    stirShaken: given.stirShaken,
    bridgeOnAnswer: null,
    destination: given.destination,
    onAnswered: [],
    timeLimitSeconds: given.timeLimitSeconds,
    timeoutCause: given.timeoutCause,
  };
  carrier.legs.set(callControlId, live);
  const { clientState } = given;
  carrier.store.state.legs.push({
    callControlId,
    legId,
    sessionId,
    clientState,
    startMs,
    endedMs: null,
  });
  carrier.store.save();
  return live;
}
