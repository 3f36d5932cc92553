// The moves by which the carrier writes a talk down while it goes on, and ends that. Pure, as machine-desk.ts, whose
// means they are made of.
import type { CarrierCommand } from '#platform/carrier/index.ts';
import type { CallMachine, WantedCommand } from './machine-state.ts';

const STEP = 'live-words';
/** a carrier that refuses to end it must not be asked without a pause */
const ASKED_AGAIN_MS = 30_000;

/** The moves on this state. */
export function liveWordsOf(
  callId: string,
  machine: CallMachine,
  means: {
    now: Date;
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
      if (machine.hushFrom && means.now < new Date(machine.hushFrom)) return;
      machine.live = 'STOPPED';
      means.want('words', { kind: 'stopTranscription', leg: leg(), tag });
    },
    /** The carrier did not take it: the talk goes on without. What it did not answer it may do after all. */
    notStarted(because: string, isSure: boolean) {
      if (isSure) machine.live = 'STOPPED';
      means.close(STEP, because, null);
    },
    stopped() {
      means.close(STEP, 'switched off', null);
    },
    /** It may go on: it is asked again, after a pause where it said no, and the step tells so meanwhile. */
    notStopped(because: string, isRefused: boolean) {
      machine.live = 'ASKED';
      if (isRefused) {
        machine.hushFrom = new Date(means.now.getTime() + ASKED_AGAIN_MS).toISOString();
      }
      const step = machine.steps.findLast(({ name, endedAt }) => name === STEP && endedAt === null);
      if (step) step.outcome = `not switched off, ${because}`;
    },
  };
}
