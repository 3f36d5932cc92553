// Insights: drawn once, where the company wants them, each item with words that stand in the transcript; gone with them.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { createExtractive, type InsightProvider, type WrittenInsight } from '#platform/ai/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { LINES, openInsightDesk } from './insight-desk.ts';

const library = await openInsightDesk();
const { settle } = library;
const { prisma } = library.db;

/** An engine that says what it is told to. */
const saying = (written: WrittenInsight[]): InsightProvider => ({
  ...createExtractive(),
  write: async () => written,
});

describe('insights', () => {
  it('are drawn from a transcript, labelled, with words that stand in it', async () => {
    const { read, write, told } = await settle();
    const one = await write();
    expect(await library.draw(one)).toBe('drawn');
    const { insights } = await read(one.callId);
    expect(insights.map((insight: { kind: string }) => insight.kind)).toEqual([
      'SUMMARY',
      'SENTIMENT',
      'SIGNALS',
      'ACTION_PLAN',
    ]);
    const [summary] = insights;
    expect(summary).toMatchObject({
      engine: 'extractive',
      generatedAt: library.clock.now('').toISOString(),
      notice: expect.stringMatching(/review/),
      reviewedBy: null,
      version: 1,
    });
    expect(summary.items[0]).toEqual({
      text: 'Why they called',
      quote: 'I have a leak under my kitchen sink and I am worried about the floor.',
      segmentId: expect.any(String),
      // twelve words before the turn, two in it, at 400 ms each
      startMs: 14 * 400,
      speaker: 'CALLER',
      ...{ score: null, signal: null, criterion: null, owner: null, due: null },
    });
    const texts = LINES.map((line) => line.slice(3));
    for (const { items } of insights) {
      for (const { quote } of items) expect(texts.some((text) => text.includes(quote))).toBe(true);
    }
    expect(await told(`call:${one.callId}`)).toEqual([
      {
        type: 'insight.ready',
        subjectVersion: 2,
        payload: { ...ids(one), engine: 'extractive', insights: 4 },
      },
    ]);
  });

  it.each([
    [['C: Wrong number.'], 'en', 'TRANSCRIPT_TOO_SHORT'],
    [[], 'en', 'TRANSCRIPT_EMPTY'],
    [LINES, 'es', 'LANGUAGE_UNSUPPORTED'],
  ])('are not made up from %j in %s: %s', async (lines, language, reason) => {
    const { read, write, told } = await settle();
    const one = await write(lines, language);
    expect(await library.draw(one)).toBe(reason);
    expect(await library.draw(one)).toBe('already-done');
    expect((await read(one.callId)).insights).toEqual([]);
    expect(await told(`call:${one.callId}`)).toMatchObject([
      { type: 'insight.failed', payload: { ...ids(one), reason } },
    ]);
  });

  it('without evidence in the transcript are dropped, whoever wrote them', async () => {
    const { read, write } = await settle();
    const finding = (quote: string, n = 1) => ({ text: 'Said', n, quote, score: null });
    const invented = finding('we guarantee a free boiler');
    const elsewhere = finding('I have a leak', 2);
    const one = await write();
    expect(
      await library.draw(
        one,
        saying([
          {
            kind: 'SUMMARY',
            text: 'Half of it is true.',
            findings: [finding('I have a leak'), invented, elsewhere],
          },
          { kind: 'SENTIMENT', text: 'None of it is.', findings: [invented, finding(' ')] },
        ]),
      ),
    ).toBe('drawn');
    const { insights } = await read(one.callId);
    expect(insights).toHaveLength(1);
    expect(insights[0].items).toMatchObject([{ quote: 'I have a leak' }]);
    const other = await write();
    const lies = saying([{ kind: 'SUMMARY', text: 'Lies.', findings: [invented] }]);
    expect(await library.draw(other, lies)).toBe('NO_EVIDENCE');
    expect((await read(other.callId)).insights).toEqual([]);
  });

  it('are drawn for companies that want them', async () => {
    const { viewer, companyId, write, read, told } = await settle();
    await updateCompany(library, viewer, { companyId, insights: false });
    const one = await write();
    expect(await library.draw(one)).toBe('switched-off');
    expect(await told(`call:${one.callId}`)).toEqual([]);
    await updateCompany(library, viewer, { companyId, insights: true });
    expect(await library.draw(one)).toBe('drawn');
    expect((await read(one.callId)).insights).toHaveLength(4);
  });

  it('are drawn once, however often the job comes', async () => {
    const { accountId, read, write, told } = await settle();
    const one = await write();
    const outcomes = await Promise.all([1, 2, 3].map(() => library.draw(one)));
    expect(outcomes.sort()).toEqual(['already-done', 'already-done', 'drawn']);
    expect((await read(one.callId)).insights).toHaveLength(4);
    expect(await told(`call:${one.callId}`)).toHaveLength(1);
    expect(await library.draw({ accountId, transcriptId: randomUUID() })).toBe('gone');
  });

  it('that an engine fails to draw to the last are told as failed, once', async () => {
    const { read, write, told } = await settle();
    const one = await write();
    const broken: InsightProvider = {
      ...createExtractive(),
      write: () => Promise.reject(new Error('the model is away')),
    };
    await expect(library.draw(one, broken)).rejects.toThrow('the model is away');
    expect(await told(`call:${one.callId}`)).toEqual([]);
    expect(await library.giveUpDrawing(one)).toBe('INTERNAL_ERROR');
    expect(await library.giveUpDrawing(one)).toBe('already-done');
    expect((await read(one.callId)).insights).toEqual([]);
    expect(await told(`call:${one.callId}`)).toMatchObject([
      { type: 'insight.failed', payload: { reason: 'INTERNAL_ERROR' } },
    ]);
  });

  it('go with the words', async () => {
    const { accountId, write } = await settle();
    const one = await write();
    await library.draw(one);
    const run = { accountId, transcriptId: one.transcriptId };
    const where = { run };
    expect(await prisma.insight.count({ where })).toBe(4);
    await prisma.interaction.delete({ where: { accountId_id: { accountId, id: one.callId } } });
    expect(await prisma.insight.count({ where })).toBe(0);
    expect(await prisma.insightRun.count({ where: run })).toBe(0);
  });

  it('are read by those who may read transcripts, of their companies', async () => {
    const { viewer, otherCompanyId, run, read, write } = await settle();
    const one = await write();
    await library.draw(one);
    expect((await read(one.callId, { ...viewer, scopes: ['calls:read'] })).insights).toBeNull();
    const [{ id }] = (await read(one.callId)).insights;
    const node = async (as: Viewer) =>
      (await run('query($id: ID!) { node(id: $id) { id } }', { id }, as)).data.node;
    expect(await node(viewer)).toEqual({ id });
    expect(await node({ ...viewer, companyIds: [otherCompanyId] })).toBeNull();
    expect(await node({ ...viewer, scopes: ['calls:read'] })).toBeNull();
    expect(await node((await settle()).viewer)).toBeNull();
  });
});

const ids = ({ callId, transcriptId }: { callId: string; transcriptId: string }) => ({
  callId,
  transcriptId,
});
