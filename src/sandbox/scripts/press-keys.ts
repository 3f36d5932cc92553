// A person presses keys: each is heard as its tone and told to the platform when the tone is over.
import { dtmfTone } from '../audio/tones.ts';
import type { Carrier } from '../carrier.ts';
import { pressDigit } from '../legs/gather.ts';
import type { LiveLeg } from '../legs/live-leg.ts';
import { schedule } from '../legs/schedule.ts';

const TONE_MS = 120;
const PAUSE_MS = 180;

/** Presses `digits` one after the other, the first after some seconds. */
export function pressKeys(
  carrier: Carrier,
  live: LiveLeg,
  digits: string,
  afterSeconds: number,
): void {
  for (const [index, digit] of [...digits].entries()) {
    const startMs = afterSeconds * 1000 + index * (TONE_MS + PAUSE_MS);
    schedule(carrier, live, startMs / 1000, () =>
      live.person.voice.add(dtmfTone(digit, TONE_MS), carrier.clock.now()),
    );
    schedule(carrier, live, (startMs + TONE_MS) / 1000, () => pressDigit(carrier, live, digit));
  }
}
