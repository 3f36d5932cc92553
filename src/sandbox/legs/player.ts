// What a leg is played: speech and files in a queue, one after the other, each announced at its start and end.
import { addSound } from '../audio/frames.ts';
import type { Carrier } from '../carrier.ts';
import {
  playbackEndedPayload,
  playbackPayload,
  speakEndedPayload,
  speakPayload,
} from '../webhooks/payloads.ts';
import { announce } from './announce.ts';
import type { LiveLeg, Playable } from './live-leg.ts';

type EndStatus = 'completed' | 'cancelled' | 'call_hangup';

/** Puts something in the queue; it starts at once when nothing is playing. */
export function play(carrier: Carrier, live: LiveLeg, item: Playable): void {
  live.queue.push(item);
  if (!live.playing) playNext(carrier, live);
}

/**
 * Stops the present item and, with 'all', empties the queue.
 * @param status told in the ended event
 */
export function stopPlaying(
  carrier: Carrier,
  live: LiveLeg,
  which: 'all' | 'current',
  status: EndStatus,
): void {
  if (which === 'all') live.queue.length = 0;
  if (live.playing) endPlaying(carrier, live, status);
}

/** Adds what the queue lets the leg hear in the frame that begins at `atMs`. */
export function mixPlaying(live: LiveLeg, frame: Int16Array, atMs: number): void {
  if (live.playing) addSound(frame, live.playing.item.sound, atMs - live.playing.startedMs);
}

function playNext(carrier: Carrier, live: LiveLeg): void {
  const item = live.queue.shift();
  if (!item) return;
  const { durationMs } = item;
  const timer = Number.isFinite(durationMs)
    ? carrier.clock.after(durationMs, () => endPlaying(carrier, live, 'completed'))
    : null;
  live.playing = { item, startedMs: carrier.clock.now(), timer };
  if (item.kind === 'speak')
    announce(carrier, live, 'call.speak.started', speakPayload(live, item.clientState));
  if (item.kind === 'playback') {
    announce(
      carrier,
      live,
      'call.playback.started',
      playbackPayload(live, item.clientState, item.media),
    );
  }
}

function endPlaying(carrier: Carrier, live: LiveLeg, status: EndStatus): void {
  const playing = live.playing;
  if (!playing) return;
  playing.timer?.cancel();
  live.playing = null;
  const { item } = playing;
  if (item.kind === 'speak') {
    const payload = speakEndedPayload(live, item.clientState, status === 'call_hangup');
    announce(carrier, live, 'call.speak.ended', payload);
  }
  if (item.kind === 'playback') {
    const payload = playbackEndedPayload(live, item.clientState, item.media, status);
    announce(carrier, live, 'call.playback.ended', payload);
  }
  if (status === 'completed') item.done?.();
  if (!live.playing) playNext(carrier, live);
}
