// A reader that lies about every call of eval/calls, beside one that tells the truth: nothing of the lies is kept, and nearly
// all of the truth. Through the reading that the jobs use; only the database is left out.
import { describe, expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';
import { readTalk } from '#domains/intelligence/insights/read-talk.ts';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { readCalls } from '#eval/truth.ts';
import { createExtractive, type InsightProvider, type WrittenInsight } from '#platform/ai/index.ts';
import { type Lie, liesAbout } from './liar.ts';
import { TRUE_FINDINGS } from './true-findings.ts';

const SEED = 20_261_127;
/** The calls as they are read: redacted. */
const calls = readCalls().first.map(({ name, business, turns }) => {
  const { segments } = redactTranscript(
    turns.map((turn) => ({ ...turn, channel: turn.speaker === 'CALLER' ? 0 : 1, words: [] })),
  );
  const read = turns.map(({ speaker, startMs }, n) => ({
    ...{ n, speaker, startMs },
    text: segments[n]?.text ?? '',
  }));
  return { name, business, turns: read };
});
type Call = (typeof calls)[number];

const read = ({ business, turns }: Call, reader: InsightProvider) =>
  readTalk(reader, {
    conversation: { turns, language: 'en', business, rubric: [] },
    judge: openJudge({ segments: turns, business }),
  });
const saying = (written: WrittenInsight[]): InsightProvider => ({
  ...createExtractive(),
  write: async () => written,
});
/** What is kept of findings, each told alone so that it is known which one it was. */
const keptOf = async (call: Call, told: readonly Omit<Lie, 'how'>[]) => {
  const { drawn, dropped } = await read(
    call,
    saying(told.map(({ kind, finding }) => ({ kind, text: null, findings: [finding] }))),
  );
  const kept = drawn.flatMap(({ kind, items }) => items.map(({ text }) => `${kind} ${text}`));
  return { kept, dropped };
};
const truthOf = ({ name }: Call) => TRUE_FINDINGS.get(name) ?? [];
const liesOf = (call: Call, at: number) => {
  const others = calls.flatMap((one) =>
    one === call ? [] : truthOf(one).map(({ finding }) => finding.quote),
  );
  return liesAbout(call.turns, others, SEED + at);
};

describe.each(calls.map((call, at) => [call.name, call, at] as const))('%s', (_name, call, at) => {
  it('has no lie kept, and each counted', async () => {
    const lies = liesOf(call, at);
    const { kept, dropped } = await keptOf(call, lies);
    expect(kept).toEqual([]);
    expect(dropped).toBe(lies.length);
  });

  it('has all kept that the rules of this server find', async () => {
    expect(await read(call, createExtractive())).toMatchObject({ failure: null, dropped: 0 });
  });
});

it('of all calls nearly all is kept that is true, beside the lies', async () => {
  const told = calls.flatMap((call) =>
    truthOf(call).map(({ kind, finding }) => `${kind} ${finding.text}`),
  );
  const kept: string[] = [];
  for (const [at, call] of calls.entries()) {
    kept.push(...(await keptOf(call, [...truthOf(call), ...liesOf(call, at)])).kept);
  }
  expect(told.length).toBeGreaterThan(100);
  expect(told).toEqual(expect.arrayContaining(kept));
  expect(kept.length / told.length).toBeGreaterThanOrEqual(0.95);
});

it('tells every kind of lie', () => {
  const times = new Map<string, number>();
  for (const { how } of calls.flatMap(liesOf)) times.set(how, (times.get(how) ?? 0) + 1);
  expect(times.size).toBe(24);
  for (const [how, told] of times) expect(told, how).toBeGreaterThanOrEqual(15);
});
