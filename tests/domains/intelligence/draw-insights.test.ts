// Insights: drawn once, where the company wants them, each item with words that stand in the transcript; reviewed by
// people; gone with the words.
import '#domains/activity/schema.ts';
import '#domains/intelligence/schema.ts';
import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { builder } from '#graphql/builder.ts';
import { createExtractive, type InsightProvider, type WrittenInsight } from '#platform/ai/index.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLibrary } from './library.ts';

const library = await openLibrary();
const { prisma } = library.db;
let schema: GraphQLSchema;
beforeAll(() => {
  schema = builder.toSchema();
});

const LINES = [
  'A: Thank you for calling Harbor Plumbing, how can I help you today?',
  'C: Hi there. I have a leak under my kitchen sink and I am worried about the floor.',
  'A: I am sorry to hear that. The service call is $89 and we can come tomorrow morning.',
  'C: Please book the appointment for tomorrow. My card is [CARD_NUMBER].',
  'A: You are all set. We will text you when the technician is on the way.',
  'C: Thank you so much, that is great help.',
];
const CALL = `query($id: ID!) { node(id: $id) { ... on Call { version insights {
  id kind text engine model generatedAt notice version hidden edited rating
  reviewedBy { kind part } items { text quote segmentId startMs speaker score } } } } }`;
const REVIEW = `mutation($input: UpdateInsightInput!) { updateInsight(input: $input) {
  insight { id text hidden edited rating version reviewedBy { kind } } userErrors { code field } } }`;

async function settle() {
  const people = await library.settle();
  const run = (source: string, variables: Record<string, unknown>, viewer = people.viewer) =>
    runOperation(schema, source, variables, { platform: library, viewer });
  const read = async (callId: string, viewer?: Viewer) =>
    (await run(CALL, { id: encodeGlobalId('Call', callId) }, viewer)).data.node;
  const review = async (input: object, viewer?: Viewer) => {
    const { data, errors } = await run(REVIEW, { input }, viewer);
    return errors ? { errors } : data.updateInsight;
  };
  const write = (lines = LINES, language?: string) => library.write(people, lines, language);
  return { ...people, run, read, review, write };
}

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
      score: null,
    });
    const texts = LINES.map((line) => line.slice(3));
    for (const { items } of insights) {
      for (const { quote } of items) expect(texts.some((text) => text.includes(quote))).toBe(true);
    }
    expect(await told(`call:${one.callId}`)).toEqual([
      {
        type: 'insight.ready',
        subjectVersion: 2,
        payload: { ...ids(one), engine: 'extractive', insights: 2 },
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
    expect((await read(one.callId)).insights).toHaveLength(2);
  });

  it('are drawn once, however often the job comes', async () => {
    const { accountId, read, write, told } = await settle();
    const one = await write();
    const outcomes = await Promise.all([1, 2, 3].map(() => library.draw(one)));
    expect(outcomes.sort()).toEqual(['already-done', 'already-done', 'drawn']);
    expect((await read(one.callId)).insights).toHaveLength(2);
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
    const where = { accountId, transcriptId: one.transcriptId };
    expect(await prisma.insight.count({ where })).toBe(2);
    await prisma.interaction.delete({ where: { accountId_id: { accountId, id: one.callId } } });
    expect(await prisma.insight.count({ where })).toBe(0);
    expect(await prisma.insightRun.count({ where })).toBe(0);
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

describe('a review', () => {
  it('rates, corrects and hides an insight, names who did, and is told', async () => {
    const { read, review, run, write, told } = await settle();
    const one = await write();
    await library.draw(one);
    const [{ id: insightId, text }] = (await read(one.callId)).insights;
    expect((await review({ insightId, rating: 'HELPFUL', expectedVersion: 1 })).insight).toEqual({
      id: insightId,
      text,
      hidden: false,
      edited: false,
      rating: 'HELPFUL',
      version: 2,
      reviewedBy: { kind: 'SYSTEM' },
    });
    const corrected = await review({
      insightId,
      text: 'A leak; booked for tomorrow.',
      rating: null,
    });
    expect(corrected.insight).toMatchObject({ edited: true, rating: null, version: 3 });
    await review({ insightId, hidden: true });
    const { insights } = await read(one.callId);
    expect(insights.map(({ kind }: { kind: string }) => kind)).toEqual(['SENTIMENT']);
    const { data } = await run(
      'query($id: ID!) { node(id: $id) { ... on Insight { text hidden items { quote } } } }',
      { id: insightId },
    );
    expect(data.node).toMatchObject({ text: 'A leak; booked for tomorrow.', hidden: true });
    expect(data.node.items[0].quote).toMatch(/^I have a leak/);
    const changes = (await told(`call:${one.callId}`)).slice(1).map(({ payload }) => payload);
    expect(changes).toEqual(Array(3).fill({ callId: one.callId, changes: ['insights'] }));
  });

  it('is refused with the field to blame', async () => {
    const { viewer, otherCompanyId, read, review, write } = await settle();
    const one = await write();
    await library.draw(one);
    const [{ id: insightId }] = (await read(one.callId)).insights;
    const code = async (input: object, as?: Viewer) => {
      const answer = await review({ insightId, ...input }, as);
      return answer.errors?.[0].extensions.code ?? answer.userErrors[0];
    };
    expect(await code({ text: ' ' })).toEqual({ code: 'INVALID_INPUT', field: ['text'] });
    expect(await code({ text: 'x'.repeat(5_001) })).toEqual({
      code: 'INVALID_INPUT',
      field: ['text'],
    });
    expect(await code({ hidden: null })).toEqual({ code: 'INVALID_INPUT', field: ['hidden'] });
    expect(await code({ expectedVersion: 9 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await code({}, { ...viewer, companyIds: [otherCompanyId] })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await code({}, (await settle()).viewer)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await code({}, { ...viewer, scopes: ['transcripts:read'] })).toBe('FORBIDDEN');
    expect(await code({}, { ...viewer, scopes: ['calls:write'] })).toBe('FORBIDDEN');
    expect((await read(one.callId)).insights[0].version).toBe(1);
  });
});

const ids = ({ callId, transcriptId }: { callId: string; transcriptId: string }) => ({
  callId,
  transcriptId,
});
