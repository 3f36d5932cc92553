// What one person on a line says: sounds laid out on the sandbox's clock. Asked for any frame, it answers from the
// times alone, so nothing has to tick while nobody listens.
import { addSound, FRAME_SAMPLES, type Sound, soundMs } from './frames.ts';

export interface Timeline {
  /** Lays a sound down at a moment of sandbox time (ms). */
  add(sound: Sound, startMs: number): void;
  /** Adds what is audible in the 20 ms from `atMs` to `frame`. */
  mixInto(frame: Int16Array, atMs: number): void;
  /** Falls silent at `atMs`: what has not been said by then is not said. */
  cutAt(atMs: number): void;
}

/** Makes an empty timeline. */
export function createTimeline(): Timeline {
  let items: { sound: Sound; startMs: number; endMs: number }[] = [];
  return {
    add(sound, startMs) {
      items.push({ sound, startMs, endMs: startMs + soundMs(sound) });
    },
    mixInto(frame, atMs) {
      for (const item of items) {
        if (item.startMs < atMs + 20 && item.endMs > atMs)
          addSound(frame, item.sound, atMs - item.startMs);
      }
    },
    cutAt(atMs) {
      items = items
        .filter((item) => item.startMs < atMs)
        .map((item) => (item.endMs > atMs ? cut(item, atMs) : item));
    },
  };
}

function cut(item: { sound: Sound; startMs: number; endMs: number }, atMs: number) {
  const samples = item.sound.samples.subarray(
    0,
    Math.max(0, Math.round((atMs - item.startMs) * 8)),
  );
  return { sound: { samples, loop: false }, startMs: item.startMs, endMs: atMs };
}

/** A frame of silence. */
export function silence(): Int16Array {
  return new Int16Array(FRAME_SAMPLES);
}
