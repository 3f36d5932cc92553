// The person (or machine) at a number that the platform calls.

import { createTimeline } from '../audio/timeline.ts';
import { BEEP_MS, beep } from '../audio/tones.ts';
import type { Carrier } from '../carrier.ts';
import type { Timer } from '../clock.ts';
import { answerLeg, hangUpLeg, personHangsUp } from '../legs/exchange.ts';
import type { LiveLeg, Person } from '../legs/live-leg.ts';
import { farSide } from '../legs/machine.ts';
import { schedule } from '../legs/schedule.ts';
import { sayLines } from '../legs/transcribe.ts';
import type { DestinationScript } from './destination-script.ts';
import { pressKeys } from './press-keys.ts';
import { linesOf, talkMs } from './say.ts';

const VOICEMAIL_LIMIT_SECONDS = 60;

/** Makes the far end of an outgoing leg; `live` is asked for only after the leg exists. */
export function destinationPerson(
  carrier: Carrier,
  script: DestinationScript,
  live: () => LiveLeg,
): Person {
  const voice = createTimeline();
  let leaving: Timer | null = null;

  function leaveAfter(seconds: number | undefined): void {
    leaving?.cancel();
    if (seconds !== undefined)
      leaving = schedule(carrier, live(), seconds, () => personHangsUp(carrier, live()));
  }

  function speak(speech: NonNullable<DestinationScript['say']>): void {
    sayLines(carrier, live(), linesOf(speech, 'agent'));
  }

  return {
    voice,
    answered() {
      if (script.dtmf) pressKeys(carrier, live(), script.dtmf.digits, script.dtmf.afterSeconds);
      if (script.behaviour === 'voicemail') {
        const greeting = script.say ?? 'voicemail-greeting';
        speak(greeting);
        voice.add(beep(), carrier.clock.now() + talkMs(greeting) + BEEP_MS);
        leaveAfter(script.hangUpAfterSeconds ?? VOICEMAIL_LIMIT_SECONDS);
      } else leaveAfter(script.hangUpAfterSeconds);
    },
    bridged() {
      if (script.behaviour === 'voicemail') return;
      if (script.say) speak(script.say);
      leaveAfter(script.hangUpAfterSeconds);
    },
  };
}

/** Lets a ringing leg meet its destination's behaviour; "no-answer" leaves it to the ring time of the dial. */
export function ringDestination(carrier: Carrier, live: LiveLeg, script: DestinationScript): void {
  const seconds = script.answerAfterSeconds;
  const end = (cause: 'user_busy' | 'call_rejected' | 'not_found') => () =>
    hangUpLeg(carrier, live, cause, farSide(live.leg));
  switch (script.behaviour) {
    case 'answer':
    case 'voicemail':
      schedule(carrier, live, seconds, () => answerLeg(carrier, live));
      return;
    case 'busy':
      schedule(carrier, live, seconds, end('user_busy'));
      return;
    case 'reject':
      schedule(carrier, live, seconds, end('call_rejected'));
      return;
    case 'not-found':
      schedule(carrier, live, 0, end('not_found'));
      return;
    case 'no-answer':
      return;
  }
}
