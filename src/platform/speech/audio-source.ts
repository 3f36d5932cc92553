// An opened recording as a stream of float blocks: what wav.ts and mp3.ts give and everything else reads.

/** Consecutive samples (-1..1), one array per channel, all of one length; `fileFraction` (0..1) is how far into the file they end. */
export interface AudioBlock {
  samples: Float32Array[];
  fileFraction: number;
}

/** Where the samples lie in a file that holds them uncompressed: whole frames of `silence.length` bytes from `start` on. */
export interface RawSamples {
  start: number;
  /** one frame (a sample of every channel) in which nothing is heard */
  silence: Buffer;
}

/** An opened recording. `frames` (samples per channel) is known only where the header tells; `blocks` may be walked more than once. */
export interface AudioSource {
  rate: number;
  channels: number;
  frames: number | undefined;
  /** undefined where samples must be decoded (MP3) */
  raw: RawSamples | undefined;
  blocks(): AsyncGenerator<AudioBlock>;
}
