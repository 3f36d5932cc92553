// Entry of the speech child process: loads the model once, then transcribes the recordings its parent names, one at a time.
// A native crash or lack of memory ends only this process. It leaves when its parent does.

import os from 'node:os';
import type { ChildJob, ChildMessage, ChildSettings } from './child-messages.ts';
import type { SpeechModel } from './moonshine-model.ts';
import { SpeechError } from './speech-error.ts';

// First of all, because threads started later inherit it: the parent's event loop must win over the recogniser.
try {
  os.setPriority(os.constants.priority.PRIORITY_LOW);
} catch {
  // Some containers forbid it; the transcript is the same.
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ChildSettings;

function send(message: ChildMessage): Promise<void> {
  return new Promise((sent) => {
    process.send?.(message, () => sent());
  });
}

// Loaded late, so that a missing add-on or weights file becomes a sentence and not a crash.
async function load(): Promise<SpeechModel> {
  try {
    const { loadSpeechModel } = await import('./moonshine-model.ts');
    return await loadSpeechModel(settings);
  } catch (error) {
    const cause = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    await send({ kind: 'unavailable', sentence: `The speech engine cannot start. ${cause}` });
    process.exit(0);
  }
}

async function work(model: SpeechModel, { jobId, ...recording }: ChildJob): Promise<void> {
  try {
    const { transcribeFile } = await import('./transcribe-file.ts');
    const transcription = await transcribeFile(
      model,
      settings.model,
      recording,
      (audioSeconds) => void send({ kind: 'started', jobId, audioSeconds }),
      (fraction) => void send({ kind: 'progress', jobId, fraction }),
    );
    await send({ kind: 'done', jobId, transcription });
  } catch (error) {
    if (!(error instanceof SpeechError)) {
      throw error;
    }
    await send({ kind: 'failed', jobId, reason: error.reason, sentence: error.message });
  }
}

process.on('disconnect', () => process.exit(0));
const loaded = load();
process.on('message', async (job) => work(await loaded, job as ChildJob));
