// Providers that speak OpenAI's POST /audio/transcriptions: OpenAI, Telnyx, and servers of one's own (faster-whisper, vLLM).
// They hear one channel at a time, so each goes as mono files of its own; they are merged by time.
import type { Outbound } from '#platform/outbound/index.ts';
import { isEnglish } from '#values/is-english.ts';
import { withAudio } from '../audio.ts';
import type { AudioSource } from '../audio-source.ts';
import { SpeechError } from '../speech-error.ts';
import type { HeardParts, TranscribedSegment, Transcription } from '../transcription.ts';
import { bytesOf, type ChannelPart, planParts, readPart } from './channel-parts.ts';
import { placeStretches } from './heard.ts';
import { makeMultipart } from './multipart.ts';
import { isEnglishOnly, isTextOnly, type NamedProvider } from './name-provider.ts';
import { readOpenAiAnswer } from './read-openai-answer.ts';
import { answerInvalid, sendAudio } from './send-audio.ts';
import { promptOf } from './tell-vocabulary.ts';

/** What one transcription needs. */
export interface RemoteJob {
  file: string;
  language: string | undefined;
  /** what is likely to be said; see TranscribeOptions */
  vocabulary: readonly string[];
  signal: AbortSignal;
  /** told 0 to 1, rising */
  onProgress(fraction: number): void;
  parts: HeardParts | undefined;
}

/** What was heard in a part, in its place in the recording. */
interface HeardPart {
  segments: TranscribedSegment[];
  isMeasured: boolean;
  language: string | null;
}

/** How a provider is reached. */
export interface RemoteWay extends NamedProvider {
  outbound: Outbound;
  key: string | undefined;
  /** for one request */
  seconds: number;
  /** for tests: of an answer, and of a part that is sent */
  mostAnswerBytes?: number;
  mostSeconds?: number;
}

/**
 * Has a recording written down.
 * @throws SpeechError of any reason but those of the embedded engine
 */
export function hearByOpenAi(way: RemoteWay, job: RemoteJob): Promise<Transcription> {
  const language = judgeLanguage(way, job.language);
  return withAudio(job.file, async (source) => {
    const { parts, frames } = await planParts(source, way.mostSeconds);
    if (frames === 0) {
      throw new SpeechError('AUDIO_EMPTY', 'The recording holds no sound samples.');
    }
    const { rate, channels } = source;
    const total = parts.reduce((sum, part) => sum + bytesOf(part), 0);
    let gone = 0;
    const heard: HeardPart[] = [];
    for (const part of parts) {
      const bytes = bytesOf(part);
      // without the vocabulary: it changes no more than how a doubtful word is heard, which is not worth sending sound twice
      const name = [way.provider, way.model, language, part.channel, part.from, part.to].join(' ');
      const kept = await job.parts?.read(name);
      const one: HeardPart = kept
        ? JSON.parse(kept)
        : await hearPart(way, job, { source, part, language }, (sent) =>
            // what is sent is not yet heard: the last tenth of a part is its answer
            job.onProgress((gone + 0.9 * Math.min(sent, bytes)) / total),
          );
      if (!kept) await job.parts?.keep(name, JSON.stringify(one));
      heard.push(one);
      gone += bytes;
      job.onProgress(gone / total);
    }
    const segments = heard.flatMap((one) => one.segments);
    const isMeasured = heard.every((one) => one.isMeasured);
    const languages = heard.flatMap((one) => (one.segments.length > 0 && one.language) || []);
    job.onProgress(1);
    segments.sort((a, b) => a.startMs - b.startMs || a.channel - b.channel);
    return {
      ...{ segments, channels, engine: way.provider, model: way.model },
      language: mostFrequent(languages),
      wordTimes: isMeasured && segments.length > 0 ? 'native' : 'estimated',
      audioSeconds: frames / rate,
    };
  });
}

async function hearPart(
  way: RemoteWay,
  { signal, vocabulary }: RemoteJob,
  what: { source: AudioSource; part: ChannelPart; language: string | undefined },
  onSent: (sent: number) => void,
): Promise<HeardPart> {
  const { source, part, language } = what;
  const form = makeMultipart(fieldsOf(way, language, vocabulary), {
    ...{ name: 'recording.wav', type: 'audio/wav' },
    ...{ bytes: bytesOf(part), body: readPart(source, part) },
  });
  const lengthSeconds = (part.to - part.from) / source.rate;
  const url = `${way.url}/audio/transcriptions`;
  const answer = await sendAudio(way, {
    url,
    headers: {
      'content-type': form.contentType,
      ...(way.key && { authorization: `Bearer ${way.key}` }),
    },
    ...{ body: form.body, bytes: form.bytes },
    ...{ seconds: way.seconds, signal, onSent },
  });
  const heard = readOpenAiAnswer(answer, lengthSeconds);
  if (!heard) throw answerInvalid(new URL(url).host, 'its answer has another form');
  const offsetMs = Math.round((part.from / source.rate) * 1_000);
  const lengthMs = Math.round(lengthSeconds * 1_000);
  const placed = placeStretches(heard.stretches, { channel: part.channel, offsetMs, lengthMs });
  return { ...placed, language: heard.language };
}

function judgeLanguage(way: NamedProvider, language: string | undefined): string | undefined {
  if (!isEnglishOnly(way)) return language;
  if (language && !isEnglish(language)) {
    throw new SpeechError(
      'LANGUAGE_UNSUPPORTED',
      `"${language}" is not supported by ${way.model}, which knows English only; configure another model.`,
    );
  }
  // some of these refuse to be told
  return undefined;
}

function fieldsOf(
  { provider, model }: NamedProvider,
  language: string | undefined,
  vocabulary: readonly string[],
) {
  const fields: [string, string][] = [['model', model]];
  const prompt = promptOf({ provider, model }, vocabulary);
  if (prompt) fields.push(['prompt', prompt]);
  // their language is two letters, without a country
  if (language) fields.push(['language', language.split('-')[0] ?? language]);
  if (isTextOnly(model)) return [...fields, ['response_format', 'json'] as const];
  fields.push(['response_format', 'verbose_json'], ['timestamp_granularities[]', 'segment']);
  // Telnyx documents no other
  if (provider !== 'telnyx') fields.push(['timestamp_granularities[]', 'word']);
  return fields;
}

function mostFrequent(languages: readonly string[]): string | null {
  const counts = Map.groupBy(languages, (one) => one);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}
