// Deepgram's POST /listen for recordings: it hears every channel of a file by itself, so the file goes as it is.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { measureAudio, withAudio } from '../audio.ts';
import type { Transcription } from '../transcription.ts';
import { placeStretches } from './heard.ts';
import type { RemoteJob, RemoteWay } from './openai.ts';
import { readDeepgramAnswer } from './read-deepgram-answer.ts';
import { answerInvalid, sendAudio } from './send-audio.ts';
import { deepgramHints } from './tell-vocabulary.ts';

/**
 * Has a recording written down.
 * @throws SpeechError of any reason but those of the embedded engine
 */
export async function hearByDeepgram(way: RemoteWay, job: RemoteJob): Promise<Transcription> {
  const { isMp3, durationSeconds, channels } = await withAudio(job.file, async (source) => ({
    ...(await measureAudio(source)),
    isMp3: source.raw === undefined,
  }));
  const { size: bytes } = await stat(job.file);
  const url = new URL(`${way.url}/listen`);
  url.search = new URLSearchParams([
    ...Object.entries({
      model: way.model,
      ...{ multichannel: 'true', utterances: 'true', punctuate: 'true' },
      ...(job.language ? { language: job.language } : { detect_language: 'true' }),
    }),
    ...deepgramHints(way.model, job.vocabulary),
  ]).toString();
  // a try that fails behind this one pays for nothing again
  const name = [way.provider, way.model, job.language, 'whole'].join(' ');
  const kept = await job.parts?.read(name);
  const send = () =>
    sendAudio(way, {
      url: url.href,
      headers: {
        'content-type': isMp3 ? 'audio/mpeg' : 'audio/wav',
        ...(way.key && { authorization: `Token ${way.key}` }),
      },
      ...{ body: readFile(job.file), bytes },
      ...{ seconds: way.seconds, signal: job.signal },
      // what is sent is not yet heard
      onSent: (sent) => job.onProgress((0.9 * sent) / bytes),
    });
  const heard: ReturnType<typeof readDeepgramAnswer> = kept
    ? JSON.parse(kept)
    : readDeepgramAnswer(await send(), { channels, lengthSeconds: durationSeconds });
  if (!heard) throw answerInvalid(url.host, 'its answer has another form');
  if (!kept) await job.parts?.keep(name, JSON.stringify(heard));
  const lengthMs = Math.round(durationSeconds * 1_000);
  const placed = heard.channels.map((stretches, channel) =>
    placeStretches(stretches, { channel, offsetMs: 0, lengthMs }),
  );
  job.onProgress(1);
  const segments = placed
    .flatMap((one) => one.segments)
    .sort((a, b) => a.startMs - b.startMs || a.channel - b.channel);
  const isMeasured = segments.length > 0 && placed.every((one) => one.isMeasured);
  return {
    ...{ segments, channels, engine: way.provider, model: way.model },
    language: heard.language,
    wordTimes: isMeasured ? 'native' : 'estimated',
    audioSeconds: durationSeconds,
  };
}

/** Opens the file when it is first asked for: a request that never began would leave it open. */
async function* readFile(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(file);
}
