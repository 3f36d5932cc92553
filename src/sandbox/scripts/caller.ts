// A scripted caller: dials a number of the inventory, talks when bridged, leaves a message after the beep, presses
// keys, and hangs up when the script says.
import { z } from 'zod';
import { createTimeline } from '../audio/timeline.ts';
import type { Carrier } from '../carrier.ts';
import type { Timer } from '../clock.ts';
import { hangUpLeg, personHangsUp, stepLiveLeg } from '../legs/exchange.ts';
import type { LiveLeg, Person } from '../legs/live-leg.ts';
import { addLeg } from '../legs/new-leg.ts';
import { schedule } from '../legs/schedule.ts';
import { sayLines } from '../legs/transcribe.ts';
import { refusals } from '../refusal.ts';
import { DestinationScript } from './destination-script.ts';
import { pressKeys } from './press-keys.ts';
import { linesOf, Say, talkMs } from './say.ts';

const E164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164 form, such as +12125550123');
const Keys = z.string().regex(/^[0-9A-D*#]+$/, 'may hold 0-9, A-D, * and #');
const Seconds = z.number().min(0).max(14_400);

export const CallerScript = z.strictObject({
  from: E164,
  to: E164,
  /** names the call: placed twice under one name it is one call */
  sessionId: z.uuid().optional(),
  /** said from the moment of the bridge; of a dialogue, the caller's lines */
  say: Say.optional(),
  /** said into a recording after its beep; the caller then hangs up */
  afterBeep: Say.optional(),
  dtmf: z
    .array(
      z.strictObject({
        digits: Keys,
        on: z.enum(['gather', 'answered', 'bridged']).default('gather'),
        afterSeconds: Seconds.default(1),
      }),
    )
    .optional(),
  /** counted from dialling; wins over everything else */
  hangUpAfterSeconds: Seconds.optional(),
  /** default: 'bridged-speech-done' when something is to be said, else 'ended-by-destination' */
  hangUpWhen: z.enum(['bridged-speech-done', 'ended-by-destination', 'beep']).optional(),
  /** how whoever is dialled for this call behaves, whatever their number does in others */
  destination: DestinationScript.optional(),
  callerName: z.string().max(64).optional(),
  stirShaken: z.enum(['A', 'B', 'C']).optional(),
});
export type CallerScript = z.input<typeof CallerScript>;

const PATIENCE_SECONDS = 120;
const TIME_LIMIT_SECONDS = 14_400;
const LAST_WORD_SECONDS = 0.6;

/**
 * Places an inbound call; `call.initiated` goes out at once.
 * @throws Refusal 404 when the number is not in the inventory, 422 when it leads to no active application
 */
export function placeCall(carrier: Carrier, given: CallerScript): LiveLeg {
  const script = CallerScript.parse(given);
  const placed = [...carrier.legs.values()].find(
    ({ leg }) => leg.direction === 'incoming' && leg.sessionId === script.sessionId,
  );
  if (placed) return placed;
  const number = carrier.store.state.numbers.find((one) => one.phoneNumber === script.to);
  if (!number) throw refusals.notFound('phone number in this account (order it first)');
  const application = carrier.store.state.applications.find(
    (one) => one.id === number.connectionId && one.active,
  );
  if (!application) {
    throw refusals.invalid(
      '/to',
      'The number has no active application: set its connection_id to one.',
    );
  }
  const live = addLeg(carrier, {
    direction: 'incoming',
    connectionId: application.id,
    from: script.from,
    to: script.to,
    sessionId: script.sessionId ?? null,
    clientState: null,
    parkAfterUnbridge: false,
    timeLimitSeconds: TIME_LIMIT_SECONDS,
    webhookUrl: null,
    callerName: number.callerName ? (script.callerName ?? null) : null,
    stirShaken: application.shakenStirEnabled ? (script.stirShaken ?? null) : null,
    destination: script.destination ?? null,
    timeoutCause: 'timeout',
    person: (self) => callerPerson(carrier, script, self),
  });
  stepLiveLeg(carrier, live, { type: 'ring' });
  const leaves = script.hangUpAfterSeconds;
  if (leaves !== undefined) schedule(carrier, live, leaves, () => personHangsUp(carrier, live));
  const patience = schedule(carrier, live, PATIENCE_SECONDS, () => {
    if (live.leg.phase === 'ringing') personHangsUp(carrier, live);
    else patience.cancel();
  });
  if (application.firstCommandTimeoutSeconds !== null) {
    schedule(carrier, live, application.firstCommandTimeoutSeconds, () => {
      if (live.commandCount === 0) hangUpLeg(carrier, live, 'timeout', 'callee');
    });
  }
  return live;
}

function callerPerson(
  carrier: Carrier,
  script: z.output<typeof CallerScript>,
  live: () => LiveLeg,
): Person {
  const voice = createTimeline();
  const keys = [...(script.dtmf ?? [])];
  const hangUpWhen =
    script.hangUpWhen ?? (script.say ? 'bridged-speech-done' : 'ended-by-destination');
  let leaving: Timer | null = null;

  function speak(say: Say): void {
    sayLines(carrier, live(), linesOf(say, 'caller'));
  }

  function leaveAfter(ms: number): void {
    leaving?.cancel();
    leaving = schedule(carrier, live(), ms / 1000 + LAST_WORD_SECONDS, () =>
      personHangsUp(carrier, live()),
    );
  }

  function press(on: 'gather' | 'answered' | 'bridged'): void {
    const at = keys.findIndex((one) => one.on === on);
    const next = at < 0 ? undefined : keys.splice(at, 1)[0];
    if (next) pressKeys(carrier, live(), next.digits, next.afterSeconds);
  }

  return {
    voice,
    answered: () => press('answered'),
    prompted: () => press('gather'),
    bridged() {
      press('bridged');
      if (script.say) speak(script.say);
      if (hangUpWhen === 'bridged-speech-done') leaveAfter(script.say ? talkMs(script.say) : 0);
    },
    unbridged: () => leaving?.cancel(),
    beeped() {
      if (hangUpWhen === 'beep') leaveAfter(0);
      if (!script.afterBeep) return;
      speak(script.afterBeep);
      leaveAfter(talkMs(script.afterBeep));
    },
  };
}
