// An opened recording as a stream of float blocks: what wav.ts and mp3.ts give and everything else reads.

/** Consecutive samples (-1..1), one array per channel, all of one length; `fileFraction` (0..1) is how far into the file they end. */
export interface AudioBlock {
  samples: Float32Array[];
  fileFraction: number;
}

/** An opened recording. `frames` (samples per channel) is known only where the header tells; `blocks` may be walked more than once. */
export interface AudioSource {
  rate: number;
  channels: number;
  frames: number | undefined;
  blocks(): AsyncGenerator<AudioBlock>;
}
