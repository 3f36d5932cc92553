// Finds the stretches of speech of one channel while its samples stream by (Silero VAD), each with the padding that the recogniser needs.

import type { LinearResampler, Vad } from 'sherpa-onnx-node';
import { MODEL_RATE } from './model-rate.ts';
import { VAD_WINDOW_SAMPLES, type VoiceTools } from './moonshine-model.ts';
import { SampleWindow } from './sample-window.ts';

// 0.3 s gave the fewest lost word starts of the paddings tried on telephone prompts.
const PADDING_SAMPLES = 0.3 * MODEL_RATE;
// The recogniser's retries reach this far beyond the padding (decode-stretch.ts).
const RETRY_REACH_SAMPLES = 0.4 * MODEL_RATE;
const LOOK_AHEAD_SAMPLES = PADDING_SAMPLES + RETRY_REACH_SAMPLES;
// With no stretch open, the detector may still reach this far back for the start of the next one.
const DETECTOR_REACH_SAMPLES = 2 * MODEL_RATE;

/** A stretch the detector calls speech: its own borders and the padded ones, in samples at 16 kHz. */
export interface SpeechStretch {
  start: number;
  end: number;
  paddedStart: number;
  paddedEnd: number;
}

/** One channel on its way through the voice detector. `window` holds the samples around the stretches that `take` returned last. */
export class SpeechStretches {
  readonly window = new SampleWindow();
  readonly #vad: Vad;
  readonly #resampler: LinearResampler | undefined;
  #detectedUpTo = 0;
  #previousEnd = 0;
  #found: { start: number; end: number }[] = [];

  constructor(tools: VoiceTools, rate: number) {
    this.#vad = tools.createVad();
    this.#resampler = rate === MODEL_RATE ? undefined : tools.createResampler(rate);
  }

  /** Adds samples at the recording's own rate. */
  accept(samples: Float32Array): void {
    this.#append(this.#resampler ? this.#resampler.resample(samples) : samples);
  }

  /** Tells that no sample follows; `take` then returns the rest. */
  finish(): void {
    if (this.#resampler) {
      this.#append(this.#resampler.flush(new Float32Array(0)));
    }
    // The detector only looks at whole windows; silence fills the last one.
    const rest = this.window.end - this.#detectedUpTo;
    const last = new Float32Array(VAD_WINDOW_SAMPLES);
    last.set(this.window.slice(this.#detectedUpTo, this.#detectedUpTo + rest));
    this.#vad.acceptWaveform(last);
    this.#vad.flush();
    this.#collect();
  }

  /** Removes and returns the stretches whose surroundings are complete (all of them once `finished`), then forgets what lies behind them at the next call. */
  take(finished: boolean): SpeechStretch[] {
    this.#forgetPassed();
    const stretches: SpeechStretch[] = [];
    for (let stretch = this.#found[0]; stretch; stretch = this.#found[0]) {
      const next = this.#found[1];
      const isComplete =
        this.window.end >= stretch.end + LOOK_AHEAD_SAMPLES && (next || !this.#vad.isDetected());
      if (!finished && !isComplete) {
        break;
      }
      this.#found.shift();
      const end = Math.min(stretch.end, this.window.end);
      stretches.push({
        start: stretch.start,
        end,
        paddedStart: Math.max(this.#previousEnd, stretch.start - PADDING_SAMPLES),
        paddedEnd: Math.min(next?.start ?? this.window.end, end + PADDING_SAMPLES),
      });
      this.#previousEnd = end;
    }
    return stretches;
  }

  #append(samples: Float32Array): void {
    this.window.append(samples);
    while (this.#detectedUpTo + VAD_WINDOW_SAMPLES <= this.window.end) {
      const to = this.#detectedUpTo + VAD_WINDOW_SAMPLES;
      this.#vad.acceptWaveform(this.window.slice(this.#detectedUpTo, to));
      this.#detectedUpTo = to;
      this.#collect();
    }
  }

  #collect(): void {
    while (!this.#vad.isEmpty()) {
      const { start, samples } = this.#vad.front(false);
      this.#found.push({ start, end: start + samples.length });
      this.#vad.pop();
    }
  }

  #forgetPassed(): void {
    const openSince = this.#vad.isDetected()
      ? this.#previousEnd
      : this.#detectedUpTo - DETECTOR_REACH_SAMPLES;
    this.window.forget((this.#found[0]?.start ?? openSince) - LOOK_AHEAD_SAMPLES);
  }
}
