// The moves by which the carrier writes a talk down while it goes on, and ends that. Pure, as machine-desk.ts, whose
// means they are made of.
import type { CarrierCommand } from '#platform/carrier/index.ts';
import type { CallMachine, WantedCommand } from './machine-state.ts';

const STEP = 'live-words';

/** The moves on this state. */
export function liveWordsOf(
  callId: string,
  machine: CallMachine,
  means: {
    want(lane: WantedCommand['lane'], command: CarrierCommand): void;
    open(step: string, startedAt: string): void;
    close(step: string, outcome: string, endedAt: string | null): void;
  },
) {
  const tag = { callId, leg: 'caller', step: STEP };
  const leg = () => machine.caller.controlId ?? '';
  return {
    /** Begins with the talk; only where both parties were told that it is recorded. */
    start(at: string) {
      const { live } = machine.plan;
      if (!live || machine.live || machine.recording === null) return;
      machine.live = 'ASKED';
      means.open(STEP, at);
      const { language } = live;
      means.want('words', { kind: 'startTranscription', leg: leg(), tag, language });
    },
    /** Has the carrier write nothing down any more. */
    hush() {
      if (machine.live !== 'ASKED' || machine.phase === 'ENDED') return;
      machine.live = 'STOPPED';
      means.close(STEP, 'switched off', null);
      means.want('words', { kind: 'stopTranscription', leg: leg(), tag });
    },
    /** The carrier did not take it: the talk goes on without. What it did not answer it may do after all. */
    notStarted(because: string, isSure: boolean) {
      if (isSure) machine.live = 'STOPPED';
      means.close(STEP, because, null);
    },
    /** It may go on: it is asked again. */
    notStopped() {
      machine.live = 'ASKED';
    },
  };
}
