// Gathering digits on a live leg: prompts, timers and keys around the pure machine of gather-digits.
import { type Sound, soundMs } from '../audio/frames.ts';
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import { dtmfPayload, gatherEndedPayload } from '../webhooks/payloads.ts';
import { announce } from './announce.ts';
import { type GatherDigits, type GatherInput, stepGather } from './gather-digits.ts';
import type { ActiveGather, LiveLeg } from './live-leg.ts';
import { play, stopPlaying } from './player.ts';

/**
 * Begins to gather. The whole time allowed is counted from the end of the prompt.
 * @param request.firstDigitMs limit for the first key where the command has one of its own, else null
 */
export function startGather(
  carrier: Carrier,
  live: LiveLeg,
  request: {
    digits: GatherDigits;
    clientState: string | null;
    prompt: Sound | null;
    retryPrompt: Sound | null;
    firstDigitMs: number | null;
  },
): void {
  if (live.gather)
    throw refusals.impossible('Digits are already being gathered on this call: stop that first.');
  const gather: ActiveGather = {
    digits: request.digits,
    clientState: request.clientState,
    prompt: request.prompt,
    retryPrompt: request.retryPrompt,
    timer: null,
  };
  live.gather = gather;
  prompt(carrier, live, gather, request.prompt, request.firstDigitMs ?? request.digits.timeoutMs);
}

function prompt(
  carrier: Carrier,
  live: LiveLeg,
  gather: ActiveGather,
  sound: Sound | null,
  waitMs: number,
): void {
  const listen = () => arm(carrier, live, gather, waitMs, 'timeout');
  if (sound) {
    play(carrier, live, {
      kind: 'prompt',
      sound,
      durationMs: soundMs(sound),
      media: { url: null, name: null },
      clientState: null,
      done: listen,
    });
  } else listen();
  live.person.prompted?.();
}

function arm(
  carrier: Carrier,
  live: LiveLeg,
  gather: ActiveGather,
  ms: number,
  type: 'pause' | 'timeout',
): void {
  gather.timer?.cancel();
  gather.timer = carrier.clock.after(ms, () => take(carrier, live, gather, { type }));
}

/** The person presses a key: announced, and counted when digits are being gathered. */
export function pressDigit(carrier: Carrier, live: LiveLeg, digit: string): void {
  if (live.leg.phase === 'ended') return;
  announce(carrier, live, 'call.dtmf.received', dtmfPayload(live, digit));
  const gather = live.gather;
  if (!gather) return;
  // Telnyx: "Speech will be interrupted when a DTMF signal is received."
  if (live.playing?.item.kind === 'prompt') stopPlaying(carrier, live, 'current', 'cancelled');
  take(carrier, live, gather, { type: 'digit', digit });
}

function take(carrier: Carrier, live: LiveLeg, gather: ActiveGather, input: GatherInput): void {
  if (live.gather !== gather) return;
  const step = stepGather(gather.digits, input);
  gather.digits = step.gather;
  if (step.next === 'wait') {
    arm(carrier, live, gather, step.gather.interDigitMs, 'pause');
  } else if (step.next === 'end') {
    finish(carrier, live, gather, step.status);
  } else {
    gather.timer?.cancel();
    prompt(carrier, live, gather, gather.retryPrompt ?? gather.prompt, step.gather.timeoutMs);
  }
}

/** Ends a gather from outside; nothing happens when there is none. */
export function endGather(
  carrier: Carrier,
  live: LiveLeg,
  status: 'call_hangup' | 'cancelled',
): void {
  if (live.gather) finish(carrier, live, live.gather, status);
}

function finish(
  carrier: Carrier,
  live: LiveLeg,
  gather: ActiveGather,
  status: 'valid' | 'invalid' | 'timeout' | 'call_hangup' | 'cancelled',
): void {
  gather.timer?.cancel();
  live.gather = null;
  if (live.playing?.item.kind === 'prompt') stopPlaying(carrier, live, 'current', 'cancelled');
  const payload = gatherEndedPayload(live, gather.clientState, gather.digits.digits, status);
  announce(carrier, live, 'call.gather.ended', payload);
}
