// Until when a command is of use to the caller who waits. Past it the machine is told, and moves on.
import type { CarrierCommand } from '#platform/carrier/index.ts';

const SECONDS: Record<CarrierCommand['kind'], number> = {
  answer: 20,
  speak: 15,
  playRingback: 5,
  stopPlayback: 10,
  startRecording: 10,
  stopRecording: 20,
  dial: 15,
  bridge: 10,
  hangUp: 40,
};

/** The deadline of a command that is wanted now. */
export function deadlineOf(command: CarrierCommand, now: Date): Date {
  return new Date(now.getTime() + SECONDS[command.kind] * 1_000);
}
