// Transcribes one recording with a loaded model (child process only): one streaming pass, every channel on its own.

import { measureAudio, withAudio } from './audio.ts';
import { decodeStretch, type Hear } from './decode-stretch.ts';
import { type HeardStretch, HeardTogether } from './hear-together.ts';
import { MODEL_RATE } from './model-rate.ts';
import type { SpeechModel } from './moonshine-model.ts';
import { findQuietestPoint } from './quietest-point.ts';
import type { SampleWindow } from './sample-window.ts';
import { type SpeechStretch, SpeechStretches } from './speech-stretches.ts';
import type { TranscribedSegment, Transcription } from './transcription.ts';
import { expectAlone } from './vocabulary.ts';
import { estimateWordTimes } from './word-times.ts';

// They are heard together once more, and then the double of it is followed (eval/README.md).
const ALONE_BEAMS = 4;
const UNCLEAR = '[unclear]';
// The detector lets a speaker who never pauses go on for half a minute; the recogniser then slows down and loops.
const LONGEST_SAMPLES = 18 * MODEL_RATE;

function cutLongStretch(window: SampleWindow, stretch: SpeechStretch): SpeechStretch[] {
  if (stretch.end - stretch.start <= LONGEST_SAMPLES) {
    return [stretch];
  }
  const cut = findQuietestPoint(window, stretch.start, stretch.end);
  return [
    ...cutLongStretch(window, { ...stretch, end: cut, paddedEnd: cut }),
    ...cutLongStretch(window, { ...stretch, start: cut, paddedStart: cut }),
  ];
}

function toSegment(channel: number, { stretch, heard }: HeardStretch): TranscribedSegment {
  const text = heard.text || UNCLEAR;
  const startMs = Math.round((stretch.start / MODEL_RATE) * 1_000);
  const endMs = Math.round((stretch.end / MODEL_RATE) * 1_000);
  return {
    channel,
    startMs,
    endMs,
    text,
    uncertain: heard.uncertain || text === UNCLEAR,
    words: estimateWordTimes(text, startMs, endMs),
  };
}

/**
 * Transcribes a WAV or MP3 file. What the voice detector calls speech always becomes a segment, "[unclear]" if need be.
 * @param vocabulary words to expect
 * @param onMeasured told the length in seconds before the work starts
 * @param onProgress told 0 to 1 as the file is worked through
 * @throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export function transcribeFile(
  model: SpeechModel,
  modelName: string,
  { file, vocabulary }: { file: string; vocabulary: readonly string[] },
  onMeasured: (audioSeconds: number) => void,
  onProgress: (fraction: number) => void,
): Promise<Transcription> {
  return withAudio(file, async (source) => {
    const { durationSeconds, channels, rate } = await measureAudio(source);
    onMeasured(durationSeconds);
    const lanes = Array.from({ length: channels }, () => ({
      stretches: new SpeechStretches(model, rate),
      together: new HeardTogether(model.recognizer, vocabulary),
    }));
    const segments: TranscribedSegment[] = [];
    const hearing = { expected: expectAlone(vocabulary), beams: ALONE_BEAMS };
    const hear: Hear = (samples) => model.recognizer.hear(samples, hearing);

    const transcribeFound = async (finished: boolean) => {
      for (const [channel, { stretches, together }] of lanes.entries()) {
        const { window } = stretches;
        const found = stretches.take(finished);
        const done: HeardStretch[] = [];
        for (const stretch of found.flatMap((one) => cutLongStretch(window, one))) {
          const { paddedStart, paddedEnd } = stretch;
          const heard = await decodeStretch(hear, window, paddedStart, paddedEnd);
          done.push(...(await together.add({ stretch, heard }, window)));
        }
        if (finished) done.push(...(await together.finish()));
        segments.push(...done.map((one) => toSegment(channel, one)));
      }
    };
    for await (const { samples, fileFraction } of source.blocks()) {
      for (const [channel, { stretches }] of lanes.entries()) {
        stretches.accept(samples[channel] ?? new Float32Array(0));
      }
      await transcribeFound(false);
      onProgress(fileFraction);
    }
    for (const { stretches } of lanes) {
      stretches.finish();
    }
    await transcribeFound(true);
    onProgress(1);

    segments.sort((a, b) => a.startMs - b.startMs || a.channel - b.channel);
    return {
      segments,
      engine: 'moonshine',
      model: modelName,
      // one language is all it knows: it cannot tell that another one is spoken
      language: null,
      wordTimes: 'estimated',
      audioSeconds: durationSeconds,
      channels,
    };
  });
}
