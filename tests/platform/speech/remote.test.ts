// Providers that recordings are sent to: what goes over the wire, and how every kind of failure is told.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/config/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import { openRemoteSpeech, SpeechError } from '#platform/speech/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { CALL, KEY, openProviderServer, type Told, turns } from './provider-server.ts';
import { writeWav } from './wav-file.ts';

const SPEC = new URL('../../../../shared/spec/telnyx-openapi.json', import.meta.url);
if (!existsSync(SPEC)) console.warn('SKIPPED: no form is judged by the carrier’s specification.');

const server = await openProviderServer();
const folder = temporaryFolder();
beforeEach(() => server.answers());

const failureOf = async (work: Promise<unknown>) => {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SpeechError);
  return thrown as SpeechError;
};

describe('what is sent', () => {
  it('to OpenAI is each channel as a mono WAV file, with the model, the times wanted and the key', async () => {
    await server.provider('openai').transcribe(CALL, {});
    expect(server.heard).toHaveLength(2);
    for (const { url, headers, fields, file } of server.heard) {
      expect(url.pathname).toBe('/v1/audio/transcriptions');
      expect(headers.authorization).toBe(`Bearer ${KEY}`);
      expect(Number(headers['content-length'])).toBeGreaterThan(file.length);
      expect(fields).toEqual([
        ['model', 'whisper-1'],
        ['response_format', 'verbose_json'],
        ['timestamp_granularities[]', 'segment'],
        ['timestamp_granularities[]', 'word'],
      ]);
      expect(file.readUInt16LE(22)).toBe(1);
      expect(file.readUInt32LE(24)).toBe(8_000);
      expect(file.length).toBe(44 + 15 * 16_000);
    }
  });

  it('to a model that refuses to be asked for times are none', async () => {
    const provider = server.provider('openai', { SPEECH_PROVIDER_MODEL: 'gpt-4o-transcribe' });
    expect(provider.detectsLanguage).toBe(false);
    await provider.transcribe(CALL, {});
    expect(server.heard[0]?.fields).toEqual([
      ['model', 'gpt-4o-transcribe'],
      ['response_format', 'json'],
    ]);
  });

  it('to a server of one’s own may be without a key', async () => {
    await server.provider('openai', { SPEECH_PROVIDER_KEY: '' }).transcribe(CALL, {});
    expect(server.heard[0]?.headers.authorization).toBeUndefined();
    expect(() => readConfig({ SPEECH_PROVIDER: 'openai' })).toThrow(/SPEECH_PROVIDER_KEY/);
    expect(() => readConfig(server.env('deepgram', { SPEECH_PROVIDER_KEY: '' }))).toThrow(/KEY/);
    expect(openRemoteSpeech(readConfig({}), openOutbound({ allowed: [] }))).toBeNull();
  });

  it.skipIf(!existsSync(SPEC))('to Telnyx is what its specification documents', async () => {
    await server.provider('telnyx').transcribe(CALL, {});
    const spec = JSON.parse(readFileSync(SPEC, 'utf8'));
    const { requestBody } = spec.paths['/ai/audio/transcriptions'].post;
    const resolved = requestBody.content['multipart/form-data'].schema;
    const [, , , name = ''] = (resolved.$ref ?? '').split('/');
    const { properties, required } = name ? spec.components.schemas[name] : resolved;
    const fields = Object.fromEntries(server.heard[0]?.fields ?? []);
    expect(Object.keys(properties)).toEqual(
      expect.arrayContaining([...Object.keys(fields), 'file']),
    );
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(required));
    for (const [field, value] of Object.entries(fields)) {
      const { enum: known } = properties[field];
      if (known) expect(known).toContain(value);
    }
    expect(readFileSync(SPEC, 'utf8')).toContain(new URL('https://api.telnyx.com/v2').href);
  });

  it('to Deepgram is the file as it is, once', async () => {
    await server.provider('deepgram').transcribe(CALL, {});
    expect(server.heard).toHaveLength(1);
    const [{ url, headers, file } = server.heard[0] as never] = server.heard;
    expect(url.pathname).toBe('/v1/listen');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ model: 'nova-3', multichannel: 'true', utterances: 'true', punctuate: 'true' },
      detect_language: 'true',
    });
    expect(headers).toMatchObject({ authorization: `Token ${KEY}`, 'content-type': 'audio/wav' });
    expect(file.equals(await readFile(CALL))).toBe(true);
  });

  it('is cut at quiet moments where it is long, and put together again', async () => {
    const provider = server.provider('openai', {}, { mostSeconds: 5 });
    const { segments } = await provider.transcribe(CALL, {});
    expect(server.heard.length).toBeGreaterThanOrEqual(5);
    const sent = server.heard.map(({ file }) => file.length - 44);
    expect(Math.max(...sent)).toBeLessThanOrEqual(5 * 16_000);
    // parts in which nobody speaks are left out
    expect(sent.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2 * 15 * 16_000);
    // a turn that was cut through is not known to this server; those that were not stand where they were said
    expect(segments.length).toBeGreaterThan(0);
    for (const { channel, startMs, text } of segments) {
      const turn = turns.find((one) => one.text === text && one.channel === channel);
      expect(Math.abs(startMs - (turn?.startMs ?? 0))).toBeLessThanOrEqual(1);
    }
  });
});

describe.each(['openai', 'deepgram'] as const)('%s that fails', (name) => {
  const FAILURES: [string, Told, string][] = [
    ['is busy', { status: 429, body: KEY }, 'PROVIDER_BUSY'],
    ['breaks', { status: 500, body: '<html>' }, 'PROVIDER_FAILED'],
    ['does not take the key', { status: 401, body: KEY }, 'PROVIDER_UNAUTHORIZED'],
    ['wants no such thing', { status: 400, body: '{}' }, 'PROVIDER_REFUSED'],
    ['leads elsewhere', { status: 307, body: '' }, 'PROVIDER_REFUSED'],
    ['finds it too large', { status: 413, body: '' }, 'AUDIO_TOO_LARGE'],
    ['answers no JSON', { body: '{"text": "he' }, 'PROVIDER_ANSWER_INVALID'],
    ['answers another thing', { json: { words: 3 } }, 'PROVIDER_ANSWER_INVALID'],
    ['breaks off', 'cut', 'PROVIDER_ANSWER_INVALID'],
    ['never ends', { body: ' '.repeat(3_000) }, 'PROVIDER_ANSWER_TOO_LARGE'],
  ];
  it.each(FAILURES)('since it %s says so', async (_why, told, reason) => {
    server.answers(told);
    const provider = server.provider(name, {}, { mostAnswerBytes: 2_000 });
    const error = await failureOf(provider.transcribe(CALL, {}));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain('127.0.0.1');
    expect(`${error.message}${error.stack}`).not.toContain(KEY);
    expect(server.heard).toHaveLength(1);
  });

  it('since it says nothing is left after its time', async () => {
    server.answers('silence');
    const provider = server.provider(name, { SPEECH_PROVIDER_TIMEOUT: '0.2' });
    expect((await failureOf(provider.transcribe(CALL, {}))).reason).toBe('TIMEOUT');
  });

  it('since it is not there says so', async () => {
    const provider = server.provider(name, { SPEECH_PROVIDER_URL: 'http://127.0.0.1:9/v1' });
    expect((await failureOf(provider.transcribe(CALL, {}))).reason).toBe('PROVIDER_UNREACHABLE');
  });

  it('answers well the next time', async () => {
    server.answers({ status: 503, body: '' });
    const provider = server.provider(name);
    expect((await failureOf(provider.transcribe(CALL, {}))).reason).toBe('PROVIDER_FAILED');
    server.answers();
    expect((await provider.transcribe(CALL, {})).segments).toHaveLength(turns.length);
  });

  it('is not told of sound that cannot be read', async () => {
    const cut = path.join(folder, 'odd.wav');
    await writeWav(cut, { code: 2, bits: 4, channels: 1, rate: 8_000, data: Buffer.alloc(9) });
    const error = await failureOf(server.provider(name).transcribe(cut, {}));
    expect(error.reason).toBe('AUDIO_UNSUPPORTED');
    expect(server.heard).toEqual([]);
  });
});
