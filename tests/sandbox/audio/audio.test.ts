// Frames, tones, files: exact samples in, exact samples out.
import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addSound, FRAME_SAMPLES, peakOf } from '#sandbox/audio/frames.ts';
import { humOf } from '#sandbox/audio/hum.ts';
import { readWav } from '#sandbox/audio/read-wav.ts';
import { speechCatalogue, speechSound } from '#sandbox/audio/speech.ts';
import { createTimeline, silence } from '#sandbox/audio/timeline.ts';
import { dtmfTone } from '#sandbox/audio/tones.ts';
import { openWavFile, repairWavFile, wavHeader } from '#sandbox/audio/wav-file.ts';
import { makeFolder } from '../../support/temporary-folder.ts';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const ramp = Int16Array.from({ length: 400 }, (_, index) => index + 1);

/** strength of one frequency in a sound (Goertzel) */
function strength(samples: Int16Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / 8000);
  let one = 0;
  let two = 0;
  for (const sample of samples) [one, two] = [sample + turn * one - two, one];
  return Math.sqrt(one * one + two * two - turn * one * two) / samples.length;
}

describe('frames', () => {
  it('take the right part of a sound, wherever it begins', () => {
    const timeline = createTimeline();
    timeline.add({ samples: ramp, loop: false }, 1010);
    const frames = [1000, 1020, 1040, 1060, 1080].map((atMs) => {
      const frame = silence();
      timeline.mixInto(frame, atMs);
      return frame;
    });
    const heard = Int16Array.from(frames.flatMap((frame) => [...frame]));
    expect([...heard.slice(0, 80)].every((sample) => sample === 0)).toBe(true);
    expect([...heard.slice(80, 480)]).toEqual([...ramp]);
    expect(peakOf(heard.slice(480))).toBe(0);
  });

  it('fall silent at the moment of a cut', () => {
    const timeline = createTimeline();
    timeline.add({ samples: ramp, loop: false }, 0);
    timeline.add({ samples: ramp, loop: false }, 5000);
    timeline.cutAt(10);
    const frame = silence();
    timeline.mixInto(frame, 0);
    expect(frame[79]).toBe(80);
    expect(frame[80]).toBe(0);
    const later = silence();
    timeline.mixInto(later, 5000);
    expect(peakOf(later)).toBe(0);
  });

  it('are clipped, not wrapped, when voices add up', () => {
    const frame = new Int16Array(FRAME_SAMPLES).fill(30_000);
    addSound(frame, { samples: new Int16Array(FRAME_SAMPLES).fill(30_000), loop: false }, 0);
    expect(frame[0]).toBe(32_767);
  });

  it('go on for ever in a loop', () => {
    const frame = silence();
    addSound(frame, { samples: ramp, loop: true }, 40);
    expect([frame[0], frame[79], frame[80], frame[159]]).toEqual([321, 400, 1, 80]);
  });
});

describe('sounds', () => {
  it('of the key 5 are the pair 770 and 1336 Hz', () => {
    const { samples } = dtmfTone('5', 200);
    expect(samples).toHaveLength(1600);
    for (const hertz of [770, 1336]) expect(strength(samples, hertz)).toBeGreaterThan(1000);
    for (const hertz of [697, 852, 941, 1209, 1477])
      expect(strength(samples, hertz)).toBeLessThan(200);
    expect(() => dtmfTone('x', 200)).toThrow(/keypad/);
  });

  it('of a text last longer for more words and stay quiet', () => {
    const short = humOf('Hello.').samples;
    const long = humOf('Thank you for calling. This call may be recorded for quality.').samples;
    expect(long.length).toBeGreaterThan(short.length * 4);
    expect(long.length / 8000).toBeGreaterThan(2.5);
    expect(long.length / 8000).toBeLessThan(6);
    expect(peakOf(long)).toBeLessThan(3000);
    expect(humOf('<speak>Hello.</speak>').samples).toEqual(short);
  });
});

describe('WAV files', () => {
  it('hold two channels beside each other and a true header', () => {
    const path = join(folder, 'dual.wav');
    const file = openWavFile(path, 2);
    const left = new Int16Array(FRAME_SAMPLES).fill(7);
    const right = new Int16Array(FRAME_SAMPLES).fill(-9);
    for (let index = 0; index < 200; index++) file.write([left, right]);
    expect(file.close()).toBe(4000);
    const bytes = readFileSync(path);
    expect(bytes.subarray(0, 44)).toEqual(wavHeader(2, 200 * 160 * 4));
    expect(bytes).toHaveLength(44 + 200 * 160 * 4);
    expect([bytes.readUInt32LE(4), bytes.readUInt32LE(24), bytes.readUInt32LE(28)]).toEqual([
      bytes.length - 8,
      8000,
      32_000,
    ]);
    for (let at = 44; at < bytes.length; at += 4) {
      expect(bytes.readInt32LE(at)).toBe(((-9 << 16) | 7) >> 0);
    }
  });

  it('are repaired when their writer was killed in the middle', () => {
    const path = join(folder, 'cut.wav');
    const file = openWavFile(path, 2);
    for (let index = 0; index < 100; index++)
      file.write([ramp.subarray(0, 160), ramp.subarray(0, 160)]);
    file.close();
    truncateSync(path, 44 + 32_002);
    expect(repairWavFile(path, 2)).toBe(1000);
    expect(readFileSync(path).readUInt32LE(40)).toBe(32_000);
    expect(repairWavFile(join(folder, 'none.wav'), 1)).toBeNull();
  });

  it('are read back as they were written', () => {
    const samples = Buffer.from(ramp.buffer.slice(0));
    expect(readWav(Buffer.concat([wavHeader(1, samples.length), samples]))).toEqual(ramp);
    expect(() => readWav(Buffer.from('MP3!'))).toThrow(/RIFF/);
  });

  it('of the speech folder are 8 kHz clips as long as the catalogue says', () => {
    const { dialogues, clips } = speechCatalogue();
    const lines = [...Object.values(dialogues).flat(), ...Object.values(clips)];
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      const { samples } = speechSound(line.file);
      expect(Math.abs(samples.length / 8 - line.durationMs)).toBeLessThan(2);
      expect(peakOf(samples)).toBeGreaterThan(10_000);
    }
  });

  it('give the two speakers of a dialogue turns, never both at once', () => {
    for (const dialogue of Object.values(speechCatalogue().dialogues)) {
      for (const [index, line] of dialogue.entries()) {
        const next = dialogue[index + 1];
        if (next) expect(next.startMs - (line.startMs + line.durationMs)).toBe(400);
      }
    }
  });
});
