// Live transcription: what the people of a bridge say, told in webhooks while they talk. The sandbox hears nothing, it
// knows what the script has them say.
import { soundMs } from '../audio/frames.ts';
import type { Carrier } from '../carrier.ts';
import type { Line } from '../scripts/say.ts';
import { transcriptionPayload } from '../webhooks/payloads.ts';
import { announce } from './announce.ts';
import type { LiveLeg } from './live-leg.ts';
import { schedule } from './schedule.ts';

/** Has the person of a leg say lines from now on: they are heard, and told where they are transcribed. */
export function sayLines(carrier: Carrier, live: LiveLeg, lines: readonly Line[]): void {
  for (const { sound, startMs, text } of lines) {
    live.person.voice.add(sound, carrier.clock.now() + startMs);
    schedule(carrier, live, (startMs + soundMs(sound)) / 1000, () => tell(carrier, live, text));
  }
}

/** Tells what the person of a leg has just said to the legs that transcribe it: their own, and the one they talk to. */
function tell(carrier: Carrier, live: LiveLeg, text: string): void {
  const peer = live.leg.peer === null ? undefined : carrier.legs.get(live.leg.peer);
  for (const [leg, track] of [
    [live, 'inbound'],
    [peer, 'outbound'],
  ] as const) {
    const asked = leg?.transcription;
    if (!leg || !asked || (asked.tracks !== 'both' && asked.tracks !== track)) continue;
    // documented: only this engine names the track
    const named = asked.engine === 'Telnyx' || asked.engine === 'B' ? track : null;
    const payload = transcriptionPayload(leg, asked.clientState, text, named);
    announce(carrier, leg, 'call.transcription', payload);
  }
}
