// The carrier's port: what we ask of it, what it tells us, and how it says no.
import type { MessageLine } from './message-port.ts';
import type { RegistrationLine } from './registration-port.ts';

/** What a leg belongs to, in our words; travels as client_state and comes back with every event of the leg. */
export interface LegTag {
  callId: string;
  /** our name of the leg */
  leg: string;
  /** the step that caused the event: a late answer to step 3 cannot move step 5 */
  step: string;
}

interface CarrierEventBase {
  /** the carrier's event id */
  id: string;
  occurredAt: Date;
  /** the carrier's call session */
  session: string;
  /** the handle for commands to this leg */
  controlId: string;
  legId: string;
  /** null when no command of ours ever reached the leg */
  tag: LegTag | null;
}

/** A carrier event of a call in our words. */
export type CarrierEvent = CarrierEventBase &
  (
    | {
        kind: 'initiated';
        direction: 'INBOUND' | 'OUTBOUND';
        /** E.164, or null when the caller withheld it */
        from: string | null;
        to: string;
        callerName: string | null;
      }
    | { kind: 'answered' }
    | { kind: 'bridged' }
    | { kind: 'spoken'; completed: boolean }
    | { kind: 'hungUp'; cause: string }
    | {
        kind: 'recordingSaved';
        recordingId: string | null;
        startedAt: Date;
        endedAt: Date;
      }
    | { kind: 'recordingFailed'; reason: string }
  );

/** What somebody said on a call that the carrier transcribes while it goes on. */
export interface CarrierSpeech {
  /** the carrier's event id */
  id: string;
  /** when it had been said, about */
  occurredAt: Date;
  /** the carrier's call session */
  session: string;
  /** the person of the leg that the command went to, or the one they talk to; null = the carrier does not say */
  side: 'OWN' | 'OTHER' | null;
  text: string;
}

/** What we can ask for. `leg` is the control id of the leg that the command goes to. */
export type CarrierCommand =
  | { kind: 'answer'; leg: string; tag: LegTag }
  | { kind: 'speak'; leg: string; tag: LegTag; text: string }
  | { kind: 'playRingback'; leg: string; tag: LegTag }
  | { kind: 'stopPlayback'; leg: string; tag: LegTag }
  | {
      kind: 'startRecording';
      leg: string;
      tag: LegTag;
      channels: 'single' | 'dual';
      beep: boolean;
      maxSeconds: number;
      /** ends the recording after this much silence; 0 = never */
      silenceSeconds: number;
    }
  | { kind: 'stopRecording'; leg: string; tag: LegTag }
  | {
      kind: 'startTranscription';
      leg: string;
      tag: LegTag;
      /** what is spoken, as a BCP 47 tag; null = English */
      language: string | null;
    }
  | { kind: 'stopTranscription'; leg: string; tag: LegTag }
  | {
      kind: 'dial';
      /** the leg that the new one is linked to */
      leg: string;
      tag: LegTag;
      to: string;
      from: string;
      ringSeconds: number;
    }
  | { kind: 'bridge'; leg: string; tag: LegTag; with: string }
  | { kind: 'hangUp'; leg: string; tag: LegTag | null };

/** What the carrier answered to a command that it took. */
export interface CarrierAnswer {
  /** of a dial: the handle of the new leg */
  controlId?: string;
}

/** The carrier said no. `ended`: the leg has already ended; `early`: the leg is not answered yet. */
export class CarrierRefused extends Error {
  readonly status: number;
  readonly code: string;
  readonly reason: 'ended' | 'early' | 'other';
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = 'CarrierRefused';
    this.status = status;
    this.code = code;
    this.reason =
      code === '90018' || code === '90015' ? 'ended' : code === '90034' ? 'early' : 'other';
  }
}

/** No answer that can be trusted: a broken connection, a timeout, 429 or 5xx. It may or may not have happened. */
export class CarrierUnreachable extends Error {
  /** it has surely not happened: the carrier wants to be asked later, or no connection to it came about */
  readonly isUntaken: boolean;

  constructor(detail: string, options?: ErrorOptions & { isUntaken?: boolean }) {
    super(detail, options);
    this.isUntaken = options?.isUntaken ?? false;
    this.name = 'CarrierUnreachable';
  }
}

/** A phone number that the carrier offers. */
export interface OfferedNumber {
  phoneNumber: string;
  locality: string | null;
  region: string | null;
}

/** What we set on a number at the carrier, beside that its calls come to us. */
export interface CarrierNumberSettings {
  /** the carrier looks up the caller's name, which it charges for */
  callerNameLookup: boolean;
  /** what the carrier does with calls that it takes for fraud */
  callScreening: 'DISABLED' | 'FLAG_CALLS' | 'REJECT_CALLS';
}

/** A number that the account owns, as it stands at the carrier. */
export interface CarrierNumber extends CarrierNumberSettings {
  /** in the carrier's word: active, port-out-pending, ported-out … */
  status: string;
  /** its calls come to our voice application */
  isConnected: boolean;
  /** the carrier forwards its calls past us, or gives them to us under another number */
  isRerouted: boolean;
  /** the carrier itself records its calls, with no notice to anybody */
  isRecorded: boolean;
}

/** Numbers that the carrier holds for the account, or will not. */
export interface CarrierReservation {
  id: string;
  expiresAt: Date;
  numbers: {
    phoneNumber: string;
    state: 'PENDING' | 'HELD' | 'REFUSED';
    failure: string | null;
  }[];
}

/** One account's line to its carrier. */
export interface Carrier extends MessageLine, RegistrationLine {
  /** Sends a command under its id, which the carrier deduplicates for 60 s. Throws CarrierRefused, CarrierUnreachable. */
  send(command: CarrierCommand, commandId: string): Promise<CarrierAnswer>;
  /** Is this leg alive? `endedAt` when the carrier says. Throws CarrierUnreachable. */
  legStatus(controlId: string): Promise<{ alive: boolean; endedAt: Date | null }>;
  /**
   * A fresh link to a recording. Found by the carrier's id, else as the one of its session that began within a minute of
   * `startedAt` and is none of `others`: the ids of recordings that are known to be something else.
   * @returns null when the carrier has none (yet)
   */
  findRecording(wanted: {
    recordingId: string | null;
    session: string;
    startedAt: Date;
    others: readonly string[];
  }): Promise<{ recordingId: string; url: string } | null>;
  /** Deletes a recording at the carrier. One that it no longer has is deleted already. */
  deleteRecording(recordingId: string): Promise<void>;
  /** Deletes all recordings that the carrier has of a session, also those whose ids it has not told us. */
  deleteRecordingsOf(session: string): Promise<void>;
  /**
   * The webhooks that the carrier wrote for our voice application since a moment, oldest first, as bodies that the inbox
   * takes; whether they ever arrived does not matter. None without an application. The carrier keeps 24 hours of them.
   */
  sentWebhooks(since: Date): AsyncIterable<unknown>;
  /** Numbers on offer; at most `limit`, 20 when left out. */
  searchNumbers(wanted: {
    areaCode?: string;
    near?: string;
    tollFree?: boolean;
    limit?: number;
  }): Promise<OfferedNumber[]>;
  /** The carrier's id of a number that this account owns, or null. */
  findOwnedNumber(e164: string): Promise<{ id: string } | null>;
  /** The order placed under our reference, or null: asked before every order, since orders are never resent blindly. */
  findOrder(
    reference: string,
  ): Promise<{ id: string; state: 'PENDING' | 'SUCCESS' | 'FAILED' } | null>;
  orderNumber(
    e164: string,
    reference: string,
  ): Promise<{ id: string; state: 'PENDING' | 'SUCCESS' | 'FAILED' }>;
  /** A number of this account as it stands at the carrier; null when the carrier has it no longer. */
  readNumber(carrierNumberId: string): Promise<CarrierNumber | null>;
  /** Makes a number's calls come to our voice application, unforwarded and unrecorded, with these settings. */
  configureNumber(carrierNumberId: string, settings: CarrierNumberSettings): Promise<void>;
  /** Gives a number back. One that the carrier no longer has is given back already. */
  releaseNumber(carrierNumberId: string): Promise<void>;
  /** Holds numbers for the account, some or all; asked for under our reference. */
  reserveNumbers(e164s: readonly string[], reference: string): Promise<CarrierReservation>;
  /** The reservation under our reference, or null: asked before every reservation. */
  findReservation(reference: string): Promise<CarrierReservation | null>;
  /** Holds the numbers of a reservation for another while. */
  extendReservation(id: string): Promise<CarrierReservation>;
  /**
   * Makes sure that a voice application sends us its webhooks: points the settings' own at the address, or makes one.
   * @returns its id, which the settings keep as connectionId
   */
  ensureVoiceApplication(name: string, webhookUrl: string): Promise<string>;
}

/** What an account's settings say of its carrier, secrets opened. */
export interface OpenCarrierSettings {
  baseUrl: string;
  apiKey: string;
  /** 32 raw bytes, base64 */
  publicKey: string;
  connectionId: string | null;
}
