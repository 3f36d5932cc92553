// The tone that a caller hears while the business's phone rings: the North American ringback, 440 + 480 Hz, two seconds
// on and four off (ITU-T E.180, United States), as a WAV that the carrier loops.

const RATE = 8_000;
const ON_SECONDS = 2;
const CYCLE_SECONDS = 6;
const LOUDNESS = 0.12;
const HEADER_BYTES = 44;

let made: Buffer | undefined;

/** One cycle, 8 kHz mono PCM16. */
export function ringbackWav(): Buffer {
  made ??= makeWav();
  return made;
}

function makeWav(): Buffer {
  const bytes = CYCLE_SECONDS * RATE * 2;
  const wav = Buffer.alloc(HEADER_BYTES + bytes);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(bytes, 40);
  for (let i = 0; i < ON_SECONDS * RATE; i += 1) {
    const t = (2 * Math.PI * i) / RATE;
    const sample = (Math.sin(440 * t) + Math.sin(480 * t)) * LOUDNESS * 0x7fff;
    wav.writeInt16LE(Math.round(sample), HEADER_BYTES + i * 2);
  }
  return wav;
}
