// Transcribes one recording with a loaded model (child process only): one streaming pass, every channel on its own.

import { measureAudio, withAudio } from './audio.ts';
import { decodeStretch } from './decode-stretch.ts';
import { MODEL_RATE, type SpeechModel } from './moonshine-model.ts';
import { findQuietestPoint } from './quietest-point.ts';
import type { SampleWindow } from './sample-window.ts';
import { type SpeechStretch, SpeechStretches } from './speech-stretches.ts';
import type { TranscribedSegment, Transcription } from './transcription.ts';
import { estimateWordTimes } from './word-times.ts';

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

async function transcribeStretch(
  model: SpeechModel,
  channel: number,
  { window }: SpeechStretches,
  stretch: SpeechStretch,
): Promise<TranscribedSegment> {
  const { paddedStart, paddedEnd } = stretch;
  const heard = await decodeStretch(model.recognizer, window, paddedStart, paddedEnd);
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
 * @param onMeasured told the length in seconds before the work starts
 * @param onProgress told 0 to 1 as the file is worked through
 * @throws SpeechError AUDIO_EMPTY, AUDIO_CORRUPT or AUDIO_UNSUPPORTED
 */
export function transcribeFile(
  model: SpeechModel,
  modelName: string,
  file: string,
  onMeasured: (audioSeconds: number) => void,
  onProgress: (fraction: number) => void,
): Promise<Transcription> {
  return withAudio(file, async (source) => {
    const { durationSeconds, channels, rate } = await measureAudio(source);
    onMeasured(durationSeconds);
    const lanes = Array.from({ length: channels }, () => new SpeechStretches(model, rate));
    const segments: TranscribedSegment[] = [];

    const transcribeFound = async (finished: boolean) => {
      for (const [channel, lane] of lanes.entries()) {
        const found = lane.take(finished);
        for (const stretch of found.flatMap((one) => cutLongStretch(lane.window, one))) {
          segments.push(await transcribeStretch(model, channel, lane, stretch));
        }
      }
    };
    for await (const { samples, fileFraction } of source.blocks()) {
      for (const [channel, lane] of lanes.entries()) {
        lane.accept(samples[channel] ?? new Float32Array(0));
      }
      await transcribeFound(false);
      onProgress(fileFraction);
    }
    for (const lane of lanes) {
      lane.finish();
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
