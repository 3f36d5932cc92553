// The call machine: pure. An input moves the state and says which commands, announcements and questions follow.
// The table of phases stands in machine-state.ts; the rules for late and doubled events: a leg's state only rises, an
// ended call never comes back, every wait has a time at which the carrier is asked, and a call one past which it is over.
import type { CarrierEvent, LegTag } from '#platform/carrier/index.ts';
import { commandsOf, type Desk, TALK_CHECK_MS } from './machine-desk.ts';
import { answerLeg, endLeg } from './machine-legs.ts';
import { settleResult } from './machine-results.ts';
import type {
  CallMachine,
  CallPlan,
  LegName,
  MachineInput,
  RecordingFact,
  Stepped,
} from './machine-state.ts';
import { outcomeOf } from './outcome.ts';

const ANSWER_WITHIN_MS = 20_000;
const UNTOLD = 'end not told';
const UNPROVEN = `${UNTOLD}: not recorded`;
const LOOK_AGAIN_MS = 5_000;
/** the carrier cuts a talk after four hours; with the greeting and the ringing before it, none is left after this */
const NO_CALL_LASTS_MS = (4 * 60 + 15) * 60_000;

/**
 * Begins a call at its first event.
 * @param callId our id, which the legs carry as their tag
 * @param arrived the `initiated` event of the caller's leg
 * @param now business time
 */
export function begin(callId: string, plan: CallPlan, arrived: CarrierEvent, now: Date): Stepped {
  const startedAt = arrived.occurredAt.toISOString();
  const desk = commandsOf(callId, now, {
    phase: 'ANSWERING',
    plan,
    startedAt,
    caller: {
      controlId: arrived.controlId,
      state: 'RINGING',
      startedAt,
      answeredAt: null,
      endedAt: null,
      cause: null,
    },
    destination: null,
    bridgedAt: null,
    bridgeTold: false,
    answerTakenAt: null,
    bridgeTakenAt: null,
    noticeEndedAt: null,
    recording: null,
    voicemail: null,
    live: null,
    endedAt: null,
    gaveUp: false,
    missedBecause: null,
    steps: [],
    n: 1,
    wakeAt: null,
    overdue: false,
  });
  desk.open('ring', startedAt);
  desk.answer();
  desk.wait('ANSWERING', ANSWER_WITHIN_MS);
  return desk.finish();
}

/**
 * Moves a call by one input. Inputs that come late, twice or in another order change nothing that is already decided.
 * @param now business time
 */
export function step(
  callId: string,
  machine: CallMachine,
  input: MachineInput,
  now: Date,
): Stepped {
  const happened = input.kind === 'carrier' ? input.event.occurredAt : now;
  const desk = commandsOf(callId, now, machine, happened);
  switch (input.kind) {
    case 'carrier':
      onEvent(desk, input.event);
      break;
    case 'result':
      settleResult(desk, input.command, input.result);
      break;
    case 'wake':
      onWake(desk);
      break;
    case 'hush':
      desk.words.hush();
      break;
    case 'status':
      onStatus(desk, input.alive, input.endedAt);
      break;
  }
  return desk.finish();
}

function onEvent(desk: Desk, event: CarrierEvent): void {
  const leg = legOf(desk.machine, event);
  if (event.kind === 'recordingSaved' || event.kind === 'recordingFailed') {
    onRecording(desk, event);
    return;
  }
  if (leg === 'destination') desk.meetDestination(event.controlId);
  switch (event.kind) {
    case 'initiated':
      // the answer to the dial may have come first: when it began to ring only the carrier knows
      if (leg === 'destination' && desk.machine.destination) {
        desk.machine.destination.startedAt = event.occurredAt.toISOString();
      }
      break;
    case 'answered':
      if (answerLeg(desk.machine, leg, event.occurredAt)) onAnswered(desk, leg);
      break;
    case 'spoken':
      if (event.completed) onSpoken(desk, event.tag, event.occurredAt);
      else desk.wakeSoon();
      break;
    case 'bridged':
      onBridged(desk, event.occurredAt);
      break;
    case 'hungUp':
      if (endLeg(desk.machine, leg, event.occurredAt, event.cause)) onHungUp(desk, leg, event);
      break;
  }
}

/** Whose leg an event tells of: the tag says so once a command of ours reached it, else the control id. */
function legOf(machine: CallMachine, event: CarrierEvent): LegName {
  if (event.controlId && event.controlId === machine.caller.controlId) return 'caller';
  return event.tag?.leg === 'destination' || machine.destination?.controlId === event.controlId
    ? 'destination'
    : 'caller';
}

function onAnswered(desk: Desk, leg: LegName): void {
  const { machine } = desk;
  if (leg === 'caller') {
    if (machine.phase !== 'ANSWERING') return;
    if (machine.plan.greeting) desk.greet(machine.plan.greeting);
    else desk.dial();
    return;
  }
  if (machine.phase !== 'DIALLING') {
    // picked up after we had given up, or after the caller had gone
    desk.hangUp('destination');
    return;
  }
  desk.close('dial', 'answered', machine.destination?.answeredAt ?? null);
  desk.stopRingback();
  if (machine.plan.whisper) desk.whisper(machine.plan.whisper);
  else desk.bridge();
}

function onSpoken(desk: Desk, tag: LegTag | null, at: Date): void {
  const { machine } = desk;
  if (tag?.step === 'greeting' && machine.phase === 'GREETING') {
    desk.close('greeting', 'spoken', at.toISOString());
    if (machine.plan.record) machine.noticeEndedAt = at.toISOString();
    desk.dial();
  } else if (tag?.step === 'whisper' && machine.phase === 'WHISPERING') {
    desk.close('whisper', 'spoken', at.toISOString());
    // both have been told, each to the end of the sentence: only now may it begin (L18)
    if (machine.noticeEndedAt) desk.record(at);
    desk.bridge();
  } else if (tag?.step === 'voicemail-greeting' && machine.phase === 'VOICEMAIL_GREETING') {
    desk.close('voicemail-greeting', 'spoken', at.toISOString());
    desk.takeMessage(at);
  } else if (tag?.step === 'farewell' && machine.phase === 'FAREWELL') {
    desk.giveUp();
  }
}

function onBridged(desk: Desk, at: Date): void {
  const { machine } = desk;
  if (machine.bridgedAt === null) {
    desk.connect(at);
  } else if (!machine.bridgeTold || at.toISOString() < machine.bridgedAt) {
    // the two legs report one after the other: the first of the two is when they could talk
    desk.correctBridge(at);
  }
  machine.bridgeTold = true;
}

function onHungUp(desk: Desk, leg: LegName, event: CarrierEvent & { kind: 'hungUp' }): void {
  const { machine } = desk;
  if (leg === 'caller') {
    desk.end(event.occurredAt);
    return;
  }
  if (machine.phase === 'DIALLING' || machine.phase === 'WHISPERING') {
    desk.notReached(event.cause, event.occurredAt);
  } else if (machine.phase === 'BRIDGING' && !machine.bridgeTakenAt) {
    desk.notReached(event.cause, event.occurredAt);
  } else if (machine.phase === 'TALKING' || machine.phase === 'BRIDGING') {
    // the carrier ends the caller's leg too; if it does not, we do
    desk.wait('ENDING', LOOK_AGAIN_MS);
  }
}

function onRecording(
  desk: Desk,
  event: CarrierEvent & { kind: 'recordingSaved' | 'recordingFailed' },
): void {
  const { machine } = desk;
  const fact = recordingOf(machine, event);
  if (!fact || fact.state === 'SAVED') return;
  const was = outcomeOf(machine);
  if (event.kind === 'recordingFailed') {
    fact.state = 'FAILED';
    fact.failure = 'CARRIER_FAILED';
  } else {
    fact.state = 'SAVED';
    fact.startedAt = event.startedAt.toISOString();
    fact.endedAt = event.endedAt.toISOString();
    fact.carrierRecordingId = event.recordingId;
  }
  if (fact === machine.voicemail && machine.phase === 'VOICEMAIL') desk.giveUp();
  else if (outcomeOf(machine) !== was) desk.announce('corrected');
}

/** Which of the two recordings an event tells of: the voicemail is the one that began after its beep. */
function recordingOf(
  machine: CallMachine,
  event: CarrierEvent & { kind: 'recordingSaved' | 'recordingFailed' },
): RecordingFact | null {
  const { recording, voicemail } = machine;
  if (!voicemail || !recording) return voicemail ?? recording;
  if (event.kind === 'recordingFailed') return recording.state === 'ASKED' ? recording : voicemail;
  const halfway = (Date.parse(recording.startedAt) + Date.parse(voicemail.startedAt)) / 2;
  return event.startedAt.getTime() > halfway ? voicemail : recording;
}

function onWake(desk: Desk): void {
  const { machine } = desk;
  if (machine.phase === 'ENDED') return;
  if (desk.now.getTime() - Date.parse(machine.startedAt) >= NO_CALL_LASTS_MS) {
    // its end was never told, and a carrier that cannot be asked may never say it
    desk.hangUp('caller');
    endUnconfirmed(desk, desk.now);
    return;
  }
  if (machine.phase === 'DIALLING') {
    // the carrier's own ring limit should have ended this
    desk.hangUp('destination');
    desk.notReached('timeout', desk.now);
    return;
  }
  desk.wait(machine.phase, machine.phase === 'TALKING' ? TALK_CHECK_MS : LOOK_AGAIN_MS);
  machine.overdue = true;
  desk.ask();
}

/**
 * The carrier's word on the caller's leg: asked for because what we waited for did not come, or because a command was
 * refused. In the second case a caller who is alive is in the middle of something, which goes on.
 */
function onStatus(desk: Desk, alive: boolean, endedAt: Date | null): void {
  const { machine } = desk;
  if (machine.phase === 'ENDED') return;
  if (!alive) {
    endUnconfirmed(desk, endedAt ?? desk.now);
    return;
  }
  if (!machine.overdue) return;
  switch (machine.phase) {
    case 'GREETING':
      // its end was never told, so the notice is not proven: the call goes on unrecorded
      desk.close('greeting', UNPROVEN, desk.now.toISOString());
      desk.dial();
      return;
    case 'WHISPERING':
      desk.close('whisper', UNPROVEN, desk.now.toISOString());
      desk.bridge();
      return;
    case 'ANSWERING':
      if (machine.answerTakenAt === null) desk.answer();
      else if (answerLeg(machine, 'caller', new Date(machine.answerTakenAt)))
        onAnswered(desk, 'caller');
      return;
    case 'BRIDGING':
      if (machine.bridgeTakenAt !== null) desk.connect(new Date(machine.bridgeTakenAt));
      return;
    case 'VOICEMAIL_GREETING':
      // its end was never told; who is still there is not sent away for that
      desk.close('voicemail-greeting', UNTOLD, desk.now.toISOString());
      desk.takeMessage(desk.now);
      return;
    case 'VOICEMAIL':
    case 'FAREWELL':
    case 'ENDING':
      desk.giveUp();
      return;
    case 'TALKING':
    case 'DIALLING':
      return;
  }
}

/** The call is over, and no webhook has told so. */
function endUnconfirmed(desk: Desk, at: Date): void {
  endLeg(desk.machine, 'caller', at, 'unconfirmed');
  desk.end(at);
}
