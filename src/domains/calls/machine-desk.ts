// The moves that the call machine is made of: each changes the state and notes which commands follow. Pure: the state
// handed in is copied, and time comes from outside.
import type { CarrierCommand, LegTag } from '#platform/carrier/index.ts';
import type {
  CallMachine,
  LegName,
  Phase,
  RecordingFact,
  Stepped,
  WantedCommand,
} from './machine-state.ts';
import { liveWordsOf } from './machine-words.ts';

/** Spoken when nobody can be reached and there is no voicemail. */
const FAREWELL =
  'We are sorry, nobody can take your call right now. Please try again later. Goodbye.';
/** a slow voice: how long a text may take, so that we wait long enough before we ask */
const SPOKEN_MS_PER_CHARACTER = 100;
const SLACK_MS = 10_000;
const SOON_MS = 3_000;
/** how often the carrier is asked whether two who talk are still there */
export const TALK_CHECK_MS = 60_000;
/** product default for messages; the carrier stops the recording itself */
const LONGEST_MESSAGE_SECONDS = 120;
const MESSAGE_SILENCE_SECONDS = 5;
/** the carrier's own limit of one recording */
const LONGEST_RECORDING_SECONDS = 4 * 60 * 60;

export type Desk = ReturnType<typeof commandsOf>;

/**
 * Opens a desk on a copy of the state.
 * @param now business time, which waits are counted from
 * @param happened when the thing that moves the call happened, as the carrier told it: the legs' and steps' own times,
 *   so that a late webhook or a clock that differs from the carrier's does not bend them
 */
export function commandsOf(callId: string, now: Date, before: CallMachine, happened = now) {
  const machine: CallMachine = structuredClone(before);
  const commands: WantedCommand[] = [];
  const announced: Stepped['announce'] = [];
  let asks = false;

  const tag = (leg: LegName, step: string): LegTag => ({ callId, leg, step });
  const want = (lane: WantedCommand['lane'], command: CarrierCommand) => {
    commands.push({ n: machine.n++, lane, command });
  };
  const callerLeg = () => machine.caller.controlId ?? '';
  const at = () => happened.toISOString();
  const wait = (phase: Phase, ms: number) => {
    machine.phase = phase;
    machine.overdue = false;
    machine.wakeAt = new Date(now.getTime() + ms).toISOString();
  };
  const open = (name: string, startedAt: string) => {
    machine.steps.push({ name, startedAt, endedAt: null, outcome: null });
  };
  const close = (name: string, outcome: string, endedAt: string | null) => {
    const step = machine.steps.findLast((one) => one.name === name && one.endedAt === null);
    if (!step) return;
    step.endedAt = endedAt ?? at();
    step.outcome = outcome;
  };
  const words = liveWordsOf(callId, machine, { now, want, open, close });
  const speak = (leg: LegName, controlId: string, step: string, text: string, phase: Phase) => {
    open(step, at());
    want(leg, { kind: 'speak', leg: controlId, tag: tag(leg, step), text });
    wait(phase, text.length * SPOKEN_MS_PER_CHARACTER + SLACK_MS);
  };
  const hangUp = (name: LegName) => {
    const leg = name === 'caller' ? machine.caller : machine.destination;
    if (!leg?.controlId || leg.state === 'ENDED') return;
    want(name, { kind: 'hangUp', leg: leg.controlId, tag: tag(name, 'hang-up') });
  };
  const asked = (startedAt: Date): RecordingFact => ({
    ...{ state: 'ASKED', startedAt: startedAt.toISOString(), endedAt: null },
    ...{ carrierRecordingId: null, failure: null },
  });
  const stopRingback = () => {
    want('caller', { kind: 'stopPlayback', leg: callerLeg(), tag: tag('caller', 'ringback') });
  };
  const giveUp = () => {
    machine.gaveUp = true;
    hangUp('caller');
    wait('ENDING', SLACK_MS);
  };

  /** Caller and business talk from `when` on; `isOver`: they did, and nobody is to hear them any more. */
  const connect = (when: Date, isOver = false) => {
    machine.bridgedAt = when.toISOString();
    open('talk', machine.bridgedAt);
    announced.push('answered');
    if (machine.phase === 'ENDED') {
      close('talk', 'ended', machine.endedAt);
      announced.push('corrected');
    } else if (machine.phase !== 'ENDING') {
      wait('TALKING', TALK_CHECK_MS);
      if (!isOver) words.start(at());
    }
  };

  return {
    machine,
    now,
    wait,
    open,
    close,
    hangUp,
    stopRingback,
    giveUp,
    words,
    ask() {
      asks = true;
    },
    announce(...words: Stepped['announce']) {
      announced.push(...words);
    },
    wakeSoon() {
      if (machine.phase !== 'ENDED') wait(machine.phase, SOON_MS);
    },
    answer() {
      want('caller', { kind: 'answer', leg: callerLeg(), tag: tag('caller', 'answer') });
    },
    greet(text: string) {
      close('ring', 'answered', machine.caller.answeredAt);
      speak('caller', callerLeg(), 'greeting', text, 'GREETING');
    },
    connect,
    /** The carrier's word on when they could talk replaces an earlier or later one. */
    correctBridge(when: Date) {
      machine.bridgedAt = when.toISOString();
      const talk = machine.steps.find((one) => one.name === 'talk');
      if (talk) talk.startedAt = machine.bridgedAt;
      if (machine.phase === 'ENDED') announced.push('corrected');
    },
    /** Starts the recording of both parties; only after both heard the notice to its end. */
    record(startedAt: Date) {
      machine.noticeEndedAt = startedAt.toISOString();
      machine.recording = asked(startedAt);
      want('caller', {
        kind: 'startRecording',
        leg: callerLeg(),
        tag: tag('caller', 'record'),
        channels: 'dual',
        beep: false,
        maxSeconds: LONGEST_RECORDING_SECONDS,
        silenceSeconds: 0,
      });
    },
    dial() {
      close('ring', 'answered', machine.caller.answeredAt);
      const { destination: to, trackingNumber: from, ringSeconds } = machine.plan;
      machine.destination = {
        ...{ controlId: null, state: 'NEW', startedAt: at() },
        ...{ answeredAt: null, endedAt: null, cause: null },
      };
      open('dial', at());
      want('caller', { kind: 'playRingback', leg: callerLeg(), tag: tag('caller', 'ringback') });
      want('destination', {
        ...{ kind: 'dial', leg: callerLeg(), to, from, ringSeconds },
        tag: tag('destination', 'dial'),
      });
      wait('DIALLING', ringSeconds * 1_000 + SLACK_MS);
    },
    whisper(text: string) {
      speak('destination', machine.destination?.controlId ?? '', 'whisper', text, 'WHISPERING');
    },
    bridge() {
      open('bridge', at());
      want('caller', {
        kind: 'bridge',
        leg: callerLeg(),
        tag: tag('caller', 'bridge'),
        with: machine.destination?.controlId ?? '',
      });
      wait('BRIDGING', SLACK_MS);
    },
    /** The business was not reached: voicemail, else a polite sentence. Never silence. */
    notReached(because: string, when: Date) {
      machine.missedBecause = because;
      close('dial', because, when.toISOString());
      close('whisper', because, when.toISOString());
      close('bridge', because, when.toISOString());
      stopRingback();
      if (machine.recording?.state === 'ASKED') {
        want('caller', {
          kind: 'stopRecording',
          leg: callerLeg(),
          tag: tag('caller', 'record'),
        });
      }
      const { voicemailGreeting } = machine.plan;
      if (voicemailGreeting) {
        speak('caller', callerLeg(), 'voicemail-greeting', voicemailGreeting, 'VOICEMAIL_GREETING');
      } else {
        speak('caller', callerLeg(), 'farewell', FAREWELL, 'FAREWELL');
      }
    },
    takeMessage(startedAt: Date) {
      open('voicemail', startedAt.toISOString());
      machine.voicemail = asked(startedAt);
      want('caller', {
        kind: 'startRecording',
        leg: callerLeg(),
        tag: tag('caller', 'voicemail'),
        channels: 'single',
        beep: true,
        maxSeconds: LONGEST_MESSAGE_SECONDS,
        silenceSeconds: MESSAGE_SILENCE_SECONDS,
      });
      wait('VOICEMAIL', LONGEST_MESSAGE_SECONDS * 1_000 + SLACK_MS);
    },
    /** Learns of the destination's leg, by its own event or by the answer to the dial. */
    meetDestination(controlId: string) {
      const leg = machine.destination;
      if (!leg || !controlId) return;
      leg.controlId ??= controlId;
      if (leg.state !== 'NEW') return;
      leg.state = 'RINGING';
      // dialled, but the caller has gone or voicemail has begun in the meantime
      if (machine.phase !== 'DIALLING') hangUp('destination');
    },
    /** The caller's leg is gone: so is the call. */
    end(when: Date) {
      if (machine.phase === 'ENDED') return;
      const { bridgeTakenAt } = machine;
      // the carrier took the bridge, and its word that it stood was lost: they did talk
      if (machine.bridgedAt === null && bridgeTakenAt !== null) {
        connect(new Date(Math.min(when.getTime(), Date.parse(bridgeTakenAt))), true);
      }
      machine.phase = 'ENDED';
      machine.endedAt = when.toISOString();
      machine.wakeAt = null;
      for (const one of machine.steps) {
        if (one.endedAt === null)
          Object.assign(one, { endedAt: machine.endedAt, outcome: 'ended' });
      }
      hangUp('destination');
      announced.push('ended');
    },
    finish(): Stepped {
      return { machine, commands, announce: announced, ask: asks };
    },
  };
}
