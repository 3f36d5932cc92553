// The two directions of a leg in any 20 ms: what its person says, and what that person hears.
import { silence } from '../audio/timeline.ts';
import type { Carrier } from '../carrier.ts';
import type { LiveLeg } from './live-leg.ts';
import { mixPlaying } from './player.ts';

/** What the person at the far end says in the frame that begins at `atMs`. */
export function spokenFrame(live: LiveLeg, atMs: number): Int16Array {
  const frame = silence();
  live.person.voice.mixInto(frame, atMs);
  return frame;
}

/** What the person hears: prompts and files, tones, and the other leg's person while bridged. */
export function heardFrame(carrier: Carrier, live: LiveLeg, atMs: number): Int16Array {
  const frame = silence();
  mixPlaying(live, frame, atMs);
  live.line.mixInto(frame, atMs);
  const peer = live.leg.peer === null ? undefined : carrier.legs.get(live.leg.peer);
  peer?.person.voice.mixInto(frame, atMs);
  return frame;
}
