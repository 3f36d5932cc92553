// A leg while it is up: the pure state plus what is attached to it (the person at the far end, what is being played,
// gathered and recorded, and its timers).
import type { Sound } from '../audio/frames.ts';
import type { Timeline } from '../audio/timeline.ts';
import type { Timer } from '../clock.ts';
import type { DestinationScript } from '../scripts/destination-script.ts';
import type { GatherDigits } from './gather-digits.ts';
import type { Leg } from './machine.ts';

/** The scripted person at the far end of a leg; each hook is called at the moment it tells of. */
export interface Person {
  /** what they say, on the sandbox's clock */
  readonly voice: Timeline;
  answered?(): void;
  bridged?(): void;
  unbridged?(): void;
  /** a recording's beep has just ended */
  beeped?(): void;
  /** digits are asked for */
  prompted?(): void;
  ended?(): void;
}

/** Something being played to the leg, or waiting its turn. */
export interface Playable {
  kind: 'speak' | 'playback' | 'prompt';
  sound: Sound;
  /** length in ms; Infinity until stopped */
  durationMs: number;
  media: { url: string | null; name: string | null };
  clientState: string | null;
  done?: () => void;
}

export interface ActiveGather {
  digits: GatherDigits;
  clientState: string | null;
  prompt: Sound | null;
  retryPrompt: Sound | null;
  timer: Timer | null;
}

export interface ActiveRecorder {
  id: string;
  paused: boolean;
  /** Ends the recording; its file is complete when this returns. */
  stop(): void;
}

/** What is written down of a leg while it is up, by a command to it. */
export interface ActiveTranscription {
  /** the leg's own person, the one it talks to, or both */
  tracks: 'inbound' | 'outbound' | 'both';
  engine: string;
  clientState: string | null;
}

export interface LiveLeg {
  leg: Leg;
  readonly key: string;
  readonly person: Person;
  /** tones played to the person besides the queue: beeps, keypad tones */
  readonly line: Timeline;
  readonly queue: Playable[];
  playing: { item: Playable; startedMs: number; timer: Timer | null } | null;
  gather: ActiveGather | null;
  readonly recorders: Set<ActiveRecorder>;
  transcription: ActiveTranscription | null;
  readonly timers: Set<Timer>;
  readonly webhookUrl: string | null;
  eventCount: number;
  commandCount: number;
  callerName: string | null;
  stirShaken: 'A' | 'B' | 'C' | null;
  /** leg to bridge with at the moment of answer */
  bridgeOnAnswer: { callControlId: string; preventDouble: boolean } | null;
  /** how whoever is dialled for this call behaves; null = as their number does */
  readonly destination: DestinationScript | null;
  /** what a command arranged for the moment of answer */
  readonly onAnswered: (() => void)[];
  /** how long the leg may last, counted from its answer */
  readonly timeLimitSeconds: number;
  /** cause given when nobody answers in time */
  readonly timeoutCause: 'timeout' | 'no_answer';
}
