// A sliding window over one channel: samples are appended at the end, read by their absolute position, and forgotten
// once passed. It bounds the memory of a long call to the seconds around the stretch being decoded.

/** Float samples addressed by their position since the start of the channel. */
export class SampleWindow {
  #samples = new Float32Array(0);
  #first = 0;
  #end = 0;

  /** Position after the last sample. */
  get end(): number {
    return this.#end;
  }

  append(samples: Float32Array): void {
    const held = this.#end - this.#first;
    if (held + samples.length > this.#samples.length) {
      const larger = new Float32Array((held + samples.length) * 2);
      larger.set(this.#samples.subarray(0, held));
      this.#samples = larger;
    }
    this.#samples.set(samples, held);
    this.#end += samples.length;
  }

  /** A copy of the samples in [from, to), cut to what is held. */
  slice(from: number, to: number): Float32Array {
    const start = Math.max(from, this.#first) - this.#first;
    return this.#samples.slice(start, Math.max(start, Math.min(to, this.#end) - this.#first));
  }

  /** Drops everything before a position. */
  forget(before: number): void {
    const dropped = Math.min(before, this.#end) - this.#first;
    if (dropped > 0) {
      this.#samples.copyWithin(0, dropped, this.#end - this.#first);
      this.#first += dropped;
    }
  }
}
