// The unit of sound in the sandbox: 20 ms of 8 kHz PCM16, as on a telephone line.

export const SAMPLE_RATE = 8000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = 160;

/** Any sound with a beginning: an utterance, a prompt, a tone. */
export interface Sound {
  samples: Int16Array;
  /** starts again at its end until it is stopped */
  loop: boolean;
}

/** Length of a sound in milliseconds; Infinity for a loop. */
export function soundMs(sound: Sound): number {
  return sound.loop ? Number.POSITIVE_INFINITY : (sound.samples.length * 1000) / SAMPLE_RATE;
}

/**
 * Adds the part of a sound that falls into one frame.
 * @param frame 160 samples, changed in place; sums are clipped to 16 bits
 * @param offsetMs how far into the sound the frame begins; negative when the sound begins later
 */
export function addSound(frame: Int16Array, sound: Sound, offsetMs: number): void {
  const length = sound.samples.length;
  if (length === 0) return;
  const first = Math.round((offsetMs * SAMPLE_RATE) / 1000);
  for (let index = 0; index < frame.length; index++) {
    let at = first + index;
    if (at < 0) continue;
    if (at >= length) {
      if (!sound.loop) return;
      at %= length;
    }
    frame[index] = clip((frame[index] as number) + (sound.samples[at] as number));
  }
}

/** Loudest sample of a frame, 0 to 32768. */
export function peakOf(frame: Int16Array): number {
  let peak = 0;
  for (const sample of frame) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/** Limits a sum of samples to the range of PCM16. */
export function clip(sample: number): number {
  return sample > 32767 ? 32767 : sample < -32768 ? -32768 : sample;
}
