// Plays a sound file to a leg, or announces at once why it cannot be played.
import { soundMs } from '../audio/frames.ts';
import { loadMedia } from '../audio/media.ts';
import type { Carrier } from '../carrier.ts';
import { playbackEndedPayload } from '../webhooks/payloads.ts';
import { announce } from './announce.ts';
import type { LiveLeg } from './live-leg.ts';
import { play } from './player.ts';

/**
 * Loads and queues a file.
 * @param given.loop how often it is played, or 'infinity'
 */
export async function playFile(
  carrier: Carrier,
  live: LiveLeg,
  given: {
    url: string | null;
    name: string | null;
    contentBase64: string | null;
    loop: number | 'infinity';
    clientState: string | null;
  },
): Promise<void> {
  const media = await loadMedia(given);
  if (live.leg.phase === 'ended') return;
  const { clientState } = given;
  if ('failure' in media) {
    const payload = playbackEndedPayload(live, clientState, given, media.failure);
    announce(carrier, live, 'call.playback.ended', payload);
    return;
  }
  play(carrier, live, {
    kind: 'playback',
    media: given,
    clientState,
    ...looped(media.sound.samples, given.loop),
  });
}

/** A sound repeated a number of times, with its length in ms. */
export function looped(samples: Int16Array, loop: number | 'infinity') {
  const onceMs = soundMs({ samples, loop: false });
  const times = loop === 'infinity' ? Number.POSITIVE_INFINITY : loop;
  return { sound: { samples, loop: loop !== 1 }, durationMs: onceMs === 0 ? 0 : onceMs * times };
}
