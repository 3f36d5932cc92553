// Waveform peaks for players: the lowest and highest sample of every twentieth of a second, per channel.

import { withAudio } from './audio.ts';
import { SpeechError } from './speech-error.ts';

const PEAKS_PER_SECOND = 20;

/** `channels[c]` is min, max, min, max … as whole numbers in -128..127, `samplesPerSecond` pairs for each second. */
export interface Peaks {
  samplesPerSecond: 20;
  channels: number[][];
}

function toInt8(sample: number): number {
  // Adding 0 turns the -0 of rounding into 0.
  return Math.max(-128, Math.min(127, Math.round(sample * 127))) + 0;
}

/**
 * Computes the waveform of a recording in one streaming pass.
 * @param file path of a WAV or MP3 file
 * @throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export function computePeaks(file: string): Promise<Peaks> {
  return withAudio(file, async ({ rate, channels, blocks }) => {
    const peaks = Array.from({ length: channels }, (): number[] => []);
    const lowest = new Float32Array(channels);
    const highest = new Float32Array(channels);
    let frame = 0;
    let pairs = 0;

    const close = () => {
      for (const [channel, pairList] of peaks.entries()) {
        pairList.push(toInt8(lowest[channel] ?? 0), toInt8(highest[channel] ?? 0));
      }
      pairs++;
    };
    for await (const { samples } of blocks()) {
      const length = samples[0]?.length ?? 0;
      for (let i = 0; i < length; i++, frame++) {
        // Rates that 20 does not divide (11,025 Hz) must not drift, so each border is computed afresh.
        if (frame >= Math.round(((pairs + 1) * rate) / PEAKS_PER_SECOND)) {
          close();
          lowest.fill(0);
          highest.fill(0);
        }
        for (let channel = 0; channel < channels; channel++) {
          const sample = samples[channel]?.[i] ?? 0;
          if (sample < (lowest[channel] ?? 0)) lowest[channel] = sample;
          if (sample > (highest[channel] ?? 0)) highest[channel] = sample;
        }
      }
    }
    if (frame === 0) {
      throw new SpeechError('AUDIO_EMPTY', 'The recording holds no sound samples.');
    }
    close();
    return { samplesPerSecond: PEAKS_PER_SECOND, channels: peaks };
  });
}
