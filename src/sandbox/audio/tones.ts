// Call progress tones and keypad tones as PCM: North American ring tone (440 + 480 Hz, 2 s on, 4 s off), DTMF pairs
// (ITU-T Q.23) and the 1 kHz beep before a recording.
import { SAMPLE_RATE, type Sound } from './frames.ts';

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = '123A456B789C*0#D';

/** One beep of 400 ms, played before a recording starts. */
export const BEEP_MS = 400;

function tone(frequencies: number[], onMs: number, offMs: number, amplitude: number): Int16Array {
  const on = Math.round((onMs * SAMPLE_RATE) / 1000);
  const samples = new Int16Array(on + Math.round((offMs * SAMPLE_RATE) / 1000));
  for (let index = 0; index < on; index++) {
    let sum = 0;
    for (const hertz of frequencies) sum += Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE);
    samples[index] = Math.round((sum / frequencies.length) * amplitude);
  }
  return samples;
}

/** What a caller hears while the other side rings; a loop. */
export function ringTone(): Sound {
  return { samples: tone([440, 480], 2000, 4000, 4000), loop: true };
}

/** The beep before a recording. */
export function beep(): Sound {
  return { samples: tone([1000], BEEP_MS, 0, 8000), loop: false };
}

/**
 * The tone pair of one keypad key.
 * @param digit one of 0-9, A-D, * and #
 * @param durationMs length of the tone
 */
export function dtmfTone(digit: string, durationMs: number): Sound {
  const key = KEYS.indexOf(digit.toUpperCase());
  if (key < 0 || digit.length !== 1) {
    throw new Error(`"${digit}" is not a keypad key: use 0-9, A-D, * or #.`);
  }
  const pair = [ROWS[key >> 2] as number, COLUMNS[key & 3] as number];
  return { samples: tone(pair, durationMs, 0, 8000), loop: false };
}
