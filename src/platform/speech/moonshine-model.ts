// Loads the packaged speech models (child process only): Moonshine for words, Silero for where speech is.
// The packages that carry the weights are never imported, only their files are read.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import sherpa, { type LinearResampler, type Vad } from 'sherpa-onnx-node';
import type { ChildSettings } from './child-messages.ts';
import { MODEL_RATE } from './model-rate.ts';
import { loadNetworks } from './networks.ts';
import { createRecognizer, type Recognizer } from './recognizer.ts';

/** Samples per step of the voice detector; it accepts no other size at 16 kHz. */
export const VAD_WINDOW_SAMPLES = 512;

const VAD_BUFFER_SECONDS = 60;

/** Makers of what every channel needs of its own. */
export interface VoiceTools {
  createVad(): Vad;
  createResampler(fromRate: number): LinearResampler;
}

/** Everything loaded. */
export interface SpeechModel extends VoiceTools {
  recognizer: Recognizer;
}

function packagedFile(packageName: string, file: string): string {
  // `require.resolve` refuses files outside a package's exports map, so the folders are walked by hand.
  const folders = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  const found = folders.map((folder) => path.join(folder, packageName, file)).find(existsSync);
  if (!found) {
    throw new Error(`The package ${packageName} is not installed or lacks ${file}; run npm ci.`);
  }
  return found;
}

function modelFile(settings: ChildSettings, file: string): string {
  const relative = path.join(settings.model, 'quantized', file);
  if (!settings.modelsDir) {
    return packagedFile('@usefulsensors/moonshine-js', path.join('dist/model', relative));
  }
  const found = path.join(settings.modelsDir, relative);
  if (!existsSync(found)) {
    throw new Error(`The configured models folder lacks ${relative}.`);
  }
  return found;
}

/**
 * Finds the voice detector; it loads in a few milliseconds each time one is made.
 * @throws Error with a plain sentence when the package that carries it is missing
 */
export function findVoiceTools(): VoiceTools {
  const model = packagedFile('@ricky0123/vad-web', 'dist/silero_vad_v5.onnx');
  const sileroVad = {
    model,
    // These were compared on 151 telephone prompts: the fewest word errors, no lost turn.
    threshold: 0.25,
    minSpeechDuration: 0.15,
    minSilenceDuration: 0.35,
    maxSpeechDuration: 15,
    windowSize: VAD_WINDOW_SAMPLES,
  };
  const config = { sileroVad, sampleRate: MODEL_RATE, numThreads: 1, debug: 0 as const };
  return {
    createVad: () => new sherpa.Vad(config, VAD_BUFFER_SECONDS),
    createResampler: (fromRate) => new sherpa.LinearResampler(fromRate, MODEL_RATE),
  };
}

/**
 * Loads the recogniser into memory (about 1 s; what it takes of memory is in bench/README.md, `long-call`).
 * @throws Error with a plain sentence when a package, the native add-on or a weights file is missing
 */
export async function loadSpeechModel(settings: ChildSettings): Promise<SpeechModel> {
  const networks = await loadNetworks(
    modelFile(settings, 'encoder_model.onnx'),
    modelFile(settings, 'decoder_model_merged.onnx'),
  );
  return { ...findVoiceTools(), recognizer: createRecognizer(networks) };
}
