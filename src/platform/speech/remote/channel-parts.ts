// One channel of a recording as mono WAV files that a provider takes: cut at quiet moments where it is long, made while they
// are sent, so that neither memory nor disk holds a second copy.
import type { AudioSource } from '../audio-source.ts';
import { HEADER_BYTES, PCM_BYTES, pcmHeader, pcmOf } from '../pcm.ts';

/** Of one file: OpenAI takes 25 MB, and its newest models 1,500 s. */
const MOST_BYTES = 24_000_000;
const MOST_SECONDS = 1_200;
/** A cut is looked for in the last seconds before the limit, where this much sound is quietest. */
const ZONE_SECONDS = 20;
const WINDOW_SECONDS = 0.1;
/** Below this level (-50 dB) nobody speaks; models invent words for silence, so it is not sent. */
const HEARD_LEVEL = 0.003;

/** The frames [from, to) of a channel. */
export interface ChannelPart {
  channel: number;
  from: number;
  to: number;
}

/** How a recording is cut. */
interface PartPlan {
  /** what is to be heard, channel by channel */
  parts: ChannelPart[];
  /** samples of a channel */
  frames: number;
}

/**
 * Cuts every channel of a recording, in one pass.
 * @param mostSeconds of a part; for tests
 */
export async function planParts(
  source: AudioSource,
  mostSeconds = MOST_SECONDS,
): Promise<PartPlan> {
  const { rate, channels } = source;
  const byBytes = Math.floor((MOST_BYTES - HEADER_BYTES) / PCM_BYTES);
  const most = Math.min(byBytes, Math.floor(mostSeconds * rate));
  const cutters = Array.from({ length: channels }, (_, channel) => new Cutter(channel, most, rate));
  for await (const { samples } of source.blocks()) {
    for (const [channel, cutter] of cutters.entries()) {
      cutter.accept(samples[channel] ?? new Float32Array(0));
    }
  }
  return {
    parts: cutters.flatMap((cutter) => cutter.finish()),
    frames: cutters[0]?.frames ?? 0,
  };
}

/** How many bytes `readPart` gives. */
export function bytesOf({ from, to }: ChannelPart): number {
  return HEADER_BYTES + (to - from) * PCM_BYTES;
}

/** Reads a part as the bytes of a mono WAV file, 16-bit PCM at the recording's rate. */
export async function* readPart(
  source: AudioSource,
  { channel, from, to }: ChannelPart,
): AsyncGenerator<Buffer> {
  yield pcmHeader(source.rate, 1, (to - from) * PCM_BYTES);
  let at = 0;
  for await (const { samples } of source.blocks()) {
    const own = samples[channel] ?? new Float32Array(0);
    const wanted = own.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (wanted.length > 0) yield pcmOf([wanted]);
    at += own.length;
    if (at >= to) return;
  }
}

class Cutter {
  frames = 0;
  readonly #channel: number;
  readonly #most: number;
  readonly #zone: number;
  readonly #window: number;
  readonly #parts: ChannelPart[] = [];
  #from = 0;
  /** the loudest sample since #from, and since #quietAt */
  #peak = 0;
  #tailPeak = 0;
  #energy = 0;
  #quietest = Number.POSITIVE_INFINITY;
  #quietAt = 0;

  constructor(channel: number, most: number, rate: number) {
    this.#channel = channel;
    this.#most = most;
    this.#zone = Math.min(Math.floor(most / 2), ZONE_SECONDS * rate);
    this.#window = Math.max(1, Math.round(WINDOW_SECONDS * rate));
  }

  accept(samples: Float32Array): void {
    for (const sample of samples) {
      const level = Math.abs(sample);
      if (level > this.#peak) this.#peak = level;
      if (level > this.#tailPeak) this.#tailPeak = level;
      this.#energy += sample * sample;
      this.frames++;
      if (this.frames % this.#window === 0) this.#endWindow();
      if (this.frames - this.#from >= this.#most) this.#cut(this.#quietAt);
    }
  }

  finish(): ChannelPart[] {
    if (this.frames > this.#from) this.#cut(this.frames);
    return this.#parts;
  }

  #endWindow(): void {
    if (this.frames - this.#from > this.#most - this.#zone && this.#energy < this.#quietest) {
      this.#quietest = this.#energy;
      this.#quietAt = this.frames - Math.floor(this.#window / 2);
      this.#tailPeak = 0;
    }
    this.#energy = 0;
  }

  #cut(wanted: number): void {
    const to = wanted > this.#from ? wanted : this.frames;
    if (this.#peak >= HEARD_LEVEL) {
      this.#parts.push({ channel: this.#channel, from: this.#from, to });
    }
    this.#from = to;
    this.#peak = this.#tailPeak;
    this.#quietest = Number.POSITIVE_INFINITY;
    this.#quietAt = to;
  }
}
