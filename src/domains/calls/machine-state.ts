// The words of the call machine: its state (plain JSON, kept in call.machine), what moves it, what it wants.
import type { CarrierCommand, CarrierEvent, CommandResult } from '#platform/carrier/index.ts';
import type { RecordingFailure } from './recording-failure.ts';

/**
 * Where a call stands.
 *
 * | phase | waits for | then |
 * |---|---|---|
 * | ANSWERING | the caller's leg to be up | GREETING, or DIALLING when there is nothing to say |
 * | GREETING | the greeting and notice to be spoken to the caller | DIALLING |
 * | DIALLING | the business to pick up | WHISPERING, BRIDGING, or VOICEMAIL_GREETING / FAREWELL |
 * | WHISPERING | the whisper and notice to be spoken to who picked up | recording starts; BRIDGING |
 * | BRIDGING | both to be connected | TALKING |
 * | TALKING | somebody to hang up | ENDING |
 * | VOICEMAIL_GREETING | the voicemail greeting to be spoken | VOICEMAIL |
 * | VOICEMAIL | the message: silence, its longest length, or a hang-up | ENDING |
 * | FAREWELL | the polite sentence to be spoken | ENDING |
 * | ENDING | the caller's leg to end | ENDED |
 * | ENDED | nothing; late events only complete the picture | |
 */
export type Phase =
  | 'ANSWERING'
  | 'GREETING'
  | 'DIALLING'
  | 'WHISPERING'
  | 'BRIDGING'
  | 'TALKING'
  | 'VOICEMAIL_GREETING'
  | 'VOICEMAIL'
  | 'FAREWELL'
  | 'ENDING'
  | 'ENDED';

/** How the call is to go: the tracker's settings, frozen when the call arrived. */
export interface CallPlan {
  /** the business's phone, E.164 */
  destination: string;
  /** the number that was called; the business sees it as the caller */
  trackingNumber: string;
  ringSeconds: number;
  /** spoken to the caller first; null = nothing */
  greeting: string | null;
  record: boolean;
  /** what is recorded is also transcribed */
  transcribe: boolean;
  /** what is said is written down while it is said, by the carrier; null = it is not */
  live: { language: string | null } | null;
  /** spoken to who answers, with the notice when the call is recorded; null = nothing */
  whisper: string | null;
  /** spoken before the beep; null = no voicemail */
  voicemailGreeting: string | null;
}

export type LegName = 'caller' | 'destination';

/** One leg. Its state only rises; times are ISO 8601 as the carrier told them. */
export interface Leg {
  controlId: string | null;
  state: 'NEW' | 'RINGING' | 'ANSWERED' | 'ENDED';
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  /** why it ended, in the carrier's word */
  cause: string | null;
}

/** One recording of the call: asked for, then saved at the carrier, or failed. */
export interface RecordingFact {
  state: 'ASKED' | 'SAVED' | 'FAILED';
  startedAt: string;
  endedAt: string | null;
  carrierRecordingId: string | null;
  failure: RecordingFailure | null;
}

/** One thing that happened on the call's way, for people to read. */
export interface Step {
  name: string;
  startedAt: string;
  endedAt: string | null;
  outcome: string | null;
}

export interface CallMachine {
  phase: Phase;
  plan: CallPlan;
  startedAt: string;
  caller: Leg;
  /** null until the business is dialled */
  destination: Leg | null;
  bridgedAt: string | null;
  /** a webhook told `bridgedAt`; else it is the time at which the carrier took our command */
  bridgeTold: boolean;
  /** when the carrier took the command to answer: its webhook may be late, or never come */
  answerTakenAt: string | null;
  /** when the carrier took the command to bridge: its webhooks may be late, or never come */
  bridgeTakenAt: string | null;
  /** when the notice of the recording had last been spoken to its end: to the caller, then to the business */
  noticeEndedAt: string | null;
  recording: RecordingFact | null;
  voicemail: RecordingFact | null;
  /** the carrier was asked to write down what is said, or asked to stop; null = neither */
  live: 'ASKED' | 'STOPPED' | null;
  /** it refused to stop, and is not asked again before; absent = it did not refuse */
  hushFrom?: string;
  endedAt: string | null;
  /** the call was ended by us, not by the caller */
  gaveUp: boolean;
  /** why the business was not reached */
  missedBecause: string | null;
  steps: Step[];
  /** number of the next command */
  n: number;
  /** ISO time at which the machine wants to be woken though nothing arrived */
  wakeAt: string | null;
  /** what was waited for did not come in time: when the carrier says that the caller is still there, we move on */
  overdue: boolean;
}

/** What moves the machine. `at` is business time. */
export type MachineInput =
  | { kind: 'carrier'; event: CarrierEvent }
  | { kind: 'result'; command: CarrierCommand; result: CommandResult }
  | { kind: 'wake' }
  /** nobody may write down any more what is said */
  | { kind: 'hush' }
  | { kind: 'status'; alive: boolean; endedAt: Date | null };

/** A command that the machine wants sent. */
export interface WantedCommand {
  n: number;
  /** what writes words down has a lane of its own: nothing that the call needs waits behind it */
  lane: LegName | 'words';
  command: CarrierCommand;
}

/** What one step gives: the next state and what the outside must do. */
export interface Stepped {
  machine: CallMachine;
  commands: WantedCommand[];
  announce: ('answered' | 'ended' | 'corrected')[];
  /** ask the carrier whether the caller's leg is alive, and step again with the answer */
  ask: boolean;
}
