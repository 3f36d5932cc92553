// A call from its words on, over the real engine: the card number that was said is silent in the file behind the signed
// link, keywords are spotted and seen over the subscription, a summary and moods are drawn; each with its quote.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTown, until } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';

const town = await openTown({ speed: 5 });
const { platform } = town.server;
const api = openApi(town.server.url, town.key);
afterAll(() => api.close());

const FOLLOW = `subscription { events(filter: { types: [KEYWORD_SPOTTED, INSIGHT_READY, INSIGHT_FAILED] }) {
  type
  ... on KeywordEvent { call { tags { name } }
    hits { keyword speaker startMs quote set { name } segment { id text } } }
  ... on InsightEvent { reason call { id }
    insights { kind text engine notice items { text quote segmentId startMs } } }
} }`;
const FACTS = `query($id: ID!) { node(id: $id) { ... on Call {
  recording { url redaction sha256 durationSeconds channels peaks { samplesPerSecond channels { values } } }
  transcript { redactions segments { id speaker startMs endMs text }
    talk { silenceMs bothMs speakers { speaker talkPercent words wordsPerMinute longestMonologue { startMs endMs } }
      segments { segment { id } silenceBeforeMs } } }
  keywordHits { keyword } insights { kind } } } }`;

const MUTED_AROUND_MS = 300;
const HEADER_BYTES = 44;
const BYTES_PER_MS = 32;

let spotted: Data;
let drawn: Data;
let call: Data;
let heard: Buffer;
let spoken: Buffer;

beforeAll(async () => {
  await town.ask(
    `mutation($input: CreateKeywordSetInput!) {
       createKeywordSet(input: $input) { keywordSet { id } userErrors { code message field } } }`,
    {
      input: {
        name: 'Garage',
        keywords: [
          { text: 'appointments', tag: 'Booked' },
          { text: 'stuck', match: 'EXACT' },
          { text: 'goodbye', match: 'EXACT' },
          { text: 'garag*', match: 'PREFIX', speaker: 'AGENT' },
        ],
      },
    },
  );
  const events = api.follow(FOLLOW);
  const seen: Data[] = [];
  const followed = (async () => {
    for await (const { events: event } of events) {
      seen.push(event);
      if (seen.length === 2) break;
    }
  })();
  const tracker = await town.tracker({ recording: true, transcription: true });
  town.business(tracker).is('answer', { say: 'garage-door' });
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  await town.endedCall(caller.from);
  const ready = await until(
    'the call is written down',
    () =>
      town.seen(({ type, call: of }) => type === 'TRANSCRIPT_READY' && of.from === caller.from)[0],
    100_000,
  );
  await followed;
  spotted = seen.find(({ type }) => type === 'KEYWORD_SPOTTED');
  drawn = seen.find(({ type }) => type === 'INSIGHT_READY');
  const narrow = await town.keyWith(['calls:read', 'transcripts:read']);
  call = (await town.answer(FACTS, { id: ready.call.id }, narrow)).data.node;
  heard = Buffer.from(await (await fetch(call.recording.url)).arrayBuffer());
  const { carrierRecordingId } = await platform.db.prisma.recording.findFirstOrThrow({
    where: { call: { from: caller.from } },
  });
  // the carrier keeps its own file, as it was spoken
  const carrier = join(platform.config.DATA_DIR, 'carrier/recordings');
  spoken = readFileSync(join(carrier, `${carrierRecordingId}.wav`));
}, 180_000);

/** Root mean square of the 16-bit samples of one channel (0 left, 1 right) in a stretch. */
function rms(wav: Buffer, channel: number, { startMs, endMs }: { startMs: number; endMs: number }) {
  let sum = 0;
  let count = 0;
  for (let ms = startMs; ms < endMs; ms++) {
    for (let frame = 0; frame < 8; frame++) {
      const sample = wav.readInt16LE(HEADER_BYTES + ms * BYTES_PER_MS + frame * 4 + channel * 2);
      sum += sample ** 2;
      count += 1;
    }
  }
  return Math.sqrt(sum / count);
}

const redacted = (): { speaker: string; startMs: number; endMs: number; text: string }[] =>
  call.transcript.segments.filter(({ text }: { text: string }) => /\[[A-Z_]+\]/.test(text));

describe('the card number', () => {
  it('is a label in the words and silence in the sound, on both sides', () => {
    const card = redacted().find(({ text }) => text.includes('[CARD_NUMBER]'));
    expect(card?.speaker).toBe('CALLER');
    expect(call.recording.redaction).toBe('MUTED');
    expect(heard.readUInt16LE(22)).toBe(2);
    expect(heard.readUInt32LE(24)).toBe(8_000);
    expect(rms(spoken, 0, card as never)).toBeGreaterThan(100);
    for (const segment of redacted()) {
      for (const channel of [0, 1]) expect(rms(heard, channel, segment)).toBe(0);
    }
  });

  it('takes nothing with it: every other sample is as it was spoken', () => {
    expect(heard.length).toBe(spoken.length);
    const restored = Buffer.from(heard);
    for (const { startMs, endMs } of redacted()) {
      const from = HEADER_BYTES + Math.max(0, startMs - MUTED_AROUND_MS) * BYTES_PER_MS;
      const to = Math.min(HEADER_BYTES + (endMs + MUTED_AROUND_MS) * BYTES_PER_MS, spoken.length);
      spoken.copy(restored, from, from, to);
    }
    expect(restored.equals(spoken)).toBe(true);
    const kept = call.transcript.segments.find(
      (segment: Data) => segment.speaker === 'AGENT' && !redacted().includes(segment),
    );
    expect(rms(heard, 1, kept)).toBeGreaterThan(100);
  });

  it('is in no checksum, waveform or file that is left', async () => {
    const { sha256, peaks, durationSeconds } = call.recording;
    expect(createHash('sha256').update(heard).digest('hex')).toBe(sha256);
    expect(durationSeconds).toBe(Math.round((heard.length - HEADER_BYTES) / BYTES_PER_MS / 1_000));
    const { startMs, endMs } = redacted()[0] ?? { startMs: 0, endMs: 0 };
    const pairAt = (ms: number) => Math.ceil((ms * peaks.samplesPerSecond) / 1_000);
    for (const { values } of peaks.channels) {
      const inside = values.slice(2 * pairAt(startMs), 2 * (pairAt(endMs) - 1));
      expect(inside.length).toBeGreaterThan(10);
      expect(new Set(inside)).toEqual(new Set([0]));
    }
    const folder = join(platform.config.DATA_DIR, 'storage/recordings', town.accountId);
    const files = async () =>
      (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.wav'));
    await town.until('one file is left', async () => (await files()).length === 1);
  });
});

describe('keywords', () => {
  it('are seen over the subscription with speaker, moment and the words around them', () => {
    // what recognition made of the words differs a little from run to run; what is spotted follows it
    const heardBy = (speaker: string, words: RegExp) =>
      call.transcript.segments.flatMap((segment: Data) =>
        segment.speaker === speaker ? (segment.text.match(words) ?? []) : [],
      );
    const found = (keyword: string, speaker: string) =>
      spotted.hits.filter((hit: Data) => hit.keyword === keyword && hit.speaker === speaker);
    expect(found('stuck', 'CALLER')).toHaveLength(heardBy('CALLER', /\bstuck\b/gi).length);
    expect(found('appointments', 'CALLER')).toHaveLength(1);
    expect(found('goodbye', 'CALLER')).toHaveLength(heardBy('CALLER', /\bgood-?bye\b/gi).length);
    expect(found('garag*', 'AGENT')).toHaveLength(heardBy('AGENT', /\bgarag/gi).length);
    expect(found('garag*', 'CALLER')).toEqual([]);
    const starts = spotted.hits.map((hit: Data) => hit.startMs);
    expect(starts).toEqual(starts.toSorted((a: number, b: number) => a - b));
    for (const { quote, segment, startMs, set } of spotted.hits) {
      expect(set.name).toBe('Garage');
      const stands = call.transcript.segments.find(({ id }: Data) => id === segment.id);
      expect(stands.text).toContain(quote);
      expect(startMs).toBeGreaterThanOrEqual(stands.startMs);
      expect(startMs).toBeLessThanOrEqual(stands.endMs);
    }
    expect(call.keywordHits).toHaveLength(spotted.hits.length);
  });

  it('tag the call, and the call tells of it', async () => {
    expect(spotted.call.tags).toEqual([{ name: 'Booked' }]);
    const told = await town.sees('CALL_UPDATED', ({ changes }) => changes.includes('tags'));
    expect(told.call).toBeTruthy();
  });
});

describe('insights', () => {
  it('are a summary, moods and what else was said, labelled, each item quoting the transcript', () => {
    const kinds = drawn.insights.map(({ kind }: Data) => kind);
    expect(kinds.slice(0, 2)).toEqual(['SUMMARY', 'SENTIMENT']);
    expect(call.insights).toHaveLength(kinds.length);
    for (const { engine, notice, items } of drawn.insights) {
      expect(engine).toBe('extractive');
      expect(notice).toMatch(/review/);
      expect(items.length).toBeGreaterThan(0);
      for (const { quote, segmentId } of items) {
        const stands = call.transcript.segments.find(({ id }: Data) => id === segmentId);
        expect(stands.text).toContain(quote);
      }
    }
    const [summary] = drawn.insights;
    expect(summary.items.find(({ text }: Data) => text === 'Why they called').quote).toMatch(
      /stuck/,
    );
    expect(JSON.stringify(drawn)).not.toMatch(/four two|4242/i);
  });
});

it('how they talked is told: shares, pace and silence, of the segments that stand', () => {
  const { segments, talk } = call.transcript;
  expect(talk.speakers.map(({ speaker }: Data) => speaker)).toEqual(['CALLER', 'AGENT']);
  expect(talk.speakers[0].talkPercent + talk.speakers[1].talkPercent).toBe(100);
  for (const { speaker, words, wordsPerMinute, longestMonologue } of talk.speakers) {
    const own = segments.filter((segment: Data) => segment.speaker === speaker);
    const said = own.flatMap(({ text }: Data) => text.split(' '));
    expect(words).toBe(said.length);
    // people say two to four words a second
    expect(wordsPerMinute).toBeGreaterThan(100);
    expect(wordsPerMinute).toBeLessThan(260);
    expect(own.map(({ startMs }: Data) => startMs)).toContain(longestMonologue.startMs);
  }
  const ids = (of: Data[]) => of.map(({ id }) => id).toSorted();
  expect(ids(talk.segments.map(({ segment }: Data) => segment))).toEqual(ids(segments));
  const silences = talk.segments.map(({ silenceBeforeMs }: Data) => silenceBeforeMs);
  expect(silences.reduce((sum: number, ms: number) => sum + ms)).toBe(talk.silenceMs);
  expect(talk.silenceMs).toBeGreaterThan(1_000);
});

it('everything of the call is told in versions that rise by one', () => {
  const versions = town
    .seen((event) => event.call !== undefined && event.type.startsWith('CALL'))
    .concat(town.seen((event) => /^(TRANSCRIPT|KEYWORD|INSIGHT)/.test(event.type)))
    .map((event) => event.subjectVersion as number)
    .toSorted((a, b) => a - b);
  expect(versions).toEqual(versions.map((_version, n) => n + 1));
});
