// Until when a command is of use to the caller who waits. Past it the machine is told, and moves on.
import type { CarrierCommand } from '#platform/carrier/index.ts';

/**
 * What lapses must leave time for the command behind it in its lane, for which somebody waits: a tone that is not stopped,
 * or a recording that is neither started nor stopped, for the bridge or the voicemail greeting.
 */
const SECONDS: Record<CarrierCommand['kind'], number> = {
  answer: 20,
  speak: 15,
  playRingback: 5,
  stopPlayback: 5,
  startRecording: 10,
  stopRecording: 10,
  startTranscription: 15,
  stopTranscription: 40,
  dial: 15,
  bridge: 10,
  hangUp: 40,
};
/** a call's own recording stands before the bridge; that of a message before nothing */
const BEFORE_THE_BRIDGE_SECONDS = 5;

/** The deadline of a command that is wanted now. */
export function deadlineOf(command: CarrierCommand, now: Date): Date {
  const isCallRecording = command.kind === 'startRecording' && command.tag.step === 'record';
  const seconds = isCallRecording ? BEFORE_THE_BRIDGE_SECONDS : SECONDS[command.kind];
  return new Date(now.getTime() + seconds * 1_000);
}
