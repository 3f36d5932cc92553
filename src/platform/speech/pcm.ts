// 16-bit PCM, which every program that reads sound can read: what decoded samples are written as.

/** Bytes of one sample. */
export const PCM_BYTES = 2;
/** Bytes before the samples of a WAV file. */
export const HEADER_BYTES = 44;

/**
 * The header of a canonical 16-bit PCM WAV file.
 * @param rate in Hz
 * @param dataBytes length of the samples that follow
 */
export function pcmHeader(rate: number, channels: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * PCM_BYTES, 28);
  header.writeUInt16LE(channels * PCM_BYTES, 32);
  header.writeUInt16LE(8 * PCM_BYTES, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Samples (-1..1) as interleaved 16-bit frames; one array per channel, all of one length. */
export function pcmOf(channels: readonly Float32Array[]): Buffer {
  const count = channels[0]?.length ?? 0;
  const block = Buffer.alloc(count * channels.length * PCM_BYTES);
  for (const [channel, samples] of channels.entries()) {
    for (let i = 0; i < count; i++) {
      const level = Math.round((samples[i] ?? 0) * 32_768);
      const at = (i * channels.length + channel) * PCM_BYTES;
      block.writeInt16LE(Math.max(-32_768, Math.min(32_767, level)), at);
    }
  }
  return block;
}
