// A server that speaks the APIs of transcription providers over real HTTP. Unless a test says otherwise it knows one call
// and writes down what it hears of it: whatever other sound comes is silence to it. It keeps what it was sent.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll } from 'vitest';
import { readConfig } from '#platform/config/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { withAudio } from '#platform/speech/audio.ts';
import { openRemoteSpeech } from '#platform/speech/index.ts';
import { pcmOf } from '#platform/speech/pcm.ts';

export const CALL = path.resolve('tests/platform/speech/fixtures/short-call.wav');
export const KEY = 'sk-of-the-speech-provider';
const HEADER_BYTES = 44;

/** One turn of the call. */
interface Turn {
  channel: number;
  startMs: number;
  endMs: number;
  text: string;
}
export const { turns }: { turns: Turn[] } = JSON.parse(
  await readFile(CALL.replace('.wav', '.truth.json'), 'utf8'),
);

/** A request as it came. */
interface Heard {
  url: URL;
  headers: IncomingHttpHeaders;
  /** of a form: its fields but the file, as often as they came */
  fields: [string, string][];
  /** the sound */
  file: Buffer;
}

/** What is answered: a thing as JSON, a body as it is, or nothing at all. */
export type Told =
  | { status?: number; json: unknown }
  | { status?: number; body: string }
  | 'silence'
  | 'cut';
type AnswerOf = (heard: Heard, n: number) => Told | Promise<Told>;

/** The call's channels as the samples that a provider is sent. */
const channels = await withAudio(CALL, async (source) => {
  const lanes: Buffer[][] = Array.from({ length: source.channels }, () => []);
  for await (const { samples } of source.blocks()) {
    for (const [at, own] of samples.entries()) lanes[at]?.push(pcmOf([own]));
  }
  return lanes.map((parts) => Buffer.concat(parts));
});
const wholeCall = await readFile(CALL);

/** What was said in a mono part of the call, in seconds from its begin. */
function turnsIn(file: Buffer): { start: number; end: number; text: string }[] {
  const sound = file.subarray(HEADER_BYTES);
  const channel = channels.findIndex((one) => one.includes(sound));
  const fromMs = ((channels[channel]?.indexOf(sound) ?? 0) / 16_000) * 1_000;
  const toMs = fromMs + sound.length / 16;
  return turns
    .filter((turn) => turn.channel === channel && turn.startMs >= fromMs && turn.endMs <= toMs)
    .map(({ startMs, endMs, text }) => ({
      start: (startMs - fromMs) / 1_000,
      end: (endMs - fromMs) / 1_000,
      text,
    }));
}

/** A turn's words, evenly spread. */
export function wordsOf({ start, end, text }: { start: number; end: number; text: string }) {
  const words = text.split(' ');
  const step = (end - start) / words.length;
  return words.map((word, n) => ({ word, start: start + n * step, end: start + (n + 1) * step }));
}

/** OpenAI's answer, with words where they were asked for. */
function answerAsOpenAi({ file, fields }: Heard): Told {
  const said = turnsIn(file);
  const wantsWords = fields.some(([, value]) => value === 'word');
  return {
    json: {
      ...{ task: 'transcribe', language: 'english', duration: 15 },
      text: said.map(({ text }) => text).join(' '),
      segments: said.map((turn, id) => ({ id, ...turn, avg_logprob: -0.2, no_speech_prob: 0.01 })),
      ...(wantsWords && { words: said.flatMap(wordsOf) }),
    },
  };
}

/** Deepgram's answer for the whole call; of anything else it hears nothing. */
function answerAsDeepgram({ file, url }: Heard): Told {
  const said = file.equals(wholeCall) ? turns : [];
  const words = (turn: Turn) =>
    wordsOf({ ...turn, start: turn.startMs / 1_000, end: turn.endMs / 1_000 }).map((one) => ({
      ...one,
      ...{ word: one.word.toLowerCase().replace(/\W/g, ''), punctuated_word: one.word },
      confidence: 0.97,
    }));
  const detects = url.searchParams.get('detect_language') === 'true';
  return {
    json: {
      results: {
        channels: [0, 1].map((channel) => {
          const own = said.filter((turn) => turn.channel === channel);
          const transcript = own.map(({ text }) => text).join(' ');
          return {
            ...(detects && { detected_language: 'en' }),
            alternatives: [{ transcript, words: own.flatMap(words) }],
          };
        }),
        utterances: said.map((turn) => ({
          ...{ start: turn.startMs / 1_000, end: turn.endMs / 1_000, channel: turn.channel },
          ...{ transcript: turn.text, words: words(turn), confidence: 0.97 },
        })),
      },
    },
  };
}

const asItIs: AnswerOf = (heard) =>
  heard.url.pathname.endsWith('/listen') ? answerAsDeepgram(heard) : answerAsOpenAi(heard);

/** Opens the server; it is closed after the file. Call it at the top of a test file. */
export async function openProviderServer() {
  const heard: Heard[] = [];
  const open = new Set<ServerResponse>();
  let answerOf = asItIs;
  const server = createServer(async (request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const type = request.headers['content-type'] ?? '';
    const fields: [string, string][] = [];
    let file = body;
    if (type.startsWith('multipart/')) {
      const form = await new Response(body, { headers: { 'content-type': type } }).formData();
      for (const [name, value] of form) {
        if (typeof value === 'string') fields.push([name, value]);
        else file = Buffer.from(await value.arrayBuffer());
      }
    }
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const one = { url, headers: request.headers, fields, file };
    heard.push(one);
    const told = await answerOf(one, heard.length);
    if (told === 'silence') return;
    if (told === 'cut') {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"text": "half', () => response.destroy());
      return;
    }
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json' });
    response.end('json' in told ? JSON.stringify(told.json) : told.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  afterAll(() => {
    for (const response of open) response.destroy();
    server.close();
  });
  const env = (provider: string, more: Record<string, string> = {}) => ({
    ...{ SPEECH_PROVIDER: provider, SPEECH_PROVIDER_URL: url, SPEECH_PROVIDER_KEY: KEY },
    ...more,
  });
  return {
    url,
    heard,
    env,
    /** What it answers from now on; forgets what it heard. Nothing given: what it hears. */
    answers(next: Told | AnswerOf = asItIs) {
      heard.length = 0;
      answerOf = typeof next === 'function' ? next : () => next;
    },
    /** A provider of ours that leads here. */
    provider(
      name: 'openai' | 'telnyx' | 'deepgram',
      more: Record<string, string> = {},
      limits: Parameters<typeof openRemoteSpeech>[2] = {},
    ) {
      const config = readConfig(env(name, more));
      const opened = openRemoteSpeech(config, openOutbound({ allowed: [] }), limits);
      if (!opened) throw new Error('The settings name no provider.');
      return opened;
    },
  };
}
