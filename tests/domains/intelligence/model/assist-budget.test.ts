// A language model costs money: a talk is read once, whatever dies or comes again, and never beyond the month's budget.
import { beforeEach, describe, expect, it } from 'vitest';
import { readModelUse } from '#domains/intelligence/model/read-assist-model.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';

const desk = await openAssistDesk();
const { settle, server, draw } = desk;
// another test may have gone on to another month
beforeEach(() => desk.clock.set(new Date('2026-03-02T15:00:00.000Z')));

describe('a talk', () => {
  it('is read once, however often the job comes and however many at once', async () => {
    const { read, write, agree, costs } = await settle();
    await agree();
    server.answers({ json: READING });
    const one = await write();
    const tries = await Promise.allSettled([1, 2, 3].map(() => draw(one)));
    const outcomes = tries.map((each) =>
      each.status === 'fulfilled' ? each.value : (each.reason as Error).constructor,
    );
    expect(outcomes.filter((outcome) => outcome === 'drawn')).toHaveLength(1);
    for (const outcome of outcomes) expect(['drawn', 'already-done', NotYet]).toContain(outcome);
    expect(await draw(one)).toBe('already-done');
    expect(server.asked).toHaveLength(1);
    expect((await read(one.callId)).insights).toHaveLength(7);
    expect(await costs()).toHaveLength(1);
  });

  it('is read anew by another model, whose insights take the place of those before', async () => {
    const { read, write, agree } = await settle();
    await agree();
    server.answers({ json: READING });
    const one = await write();
    await draw(one);
    desk.clock.advance(1_000);
    expect(await draw(one, { AI_MODEL: 'openai:test-2' })).toBe('drawn');
    const { insights } = await read(one.callId);
    expect(insights).toHaveLength(7);
    expect(new Set(insights.map(({ model }: { model: string }) => model))).toEqual(
      new Set(['test-2']),
    );
  });

  it('whose reader died is read by the next one once its time is over, and both are counted', async () => {
    const { write, agree, costs } = await settle();
    await agree();
    const one = await write();
    const dying = new AbortController();
    server.answers({ json: READING });
    await draw(one);
    const [row] = await costs();
    const { prisma } = desk.db;
    await prisma.insightRun.deleteMany({ where: { transcriptId: one.transcriptId } });
    await prisma.modelRequest.updateMany({
      where: { key: row?.key ?? '' },
      data: { state: 'OPEN', reservedTokens: 7_000 },
    });
    await expect(draw(one, {}, dying.signal)).rejects.toThrow(NotYet);
    desk.clock.advance(901_000);
    expect(await draw(one, { AI_PRICE_IN: '2' })).toBe('drawn');
    expect((await costs())[0]).toMatchObject({ tokensIn: 900 + 7_000 + 900, tries: 2 });
    expect((await costs())[0]?.priceMicros).toBe(BigInt(2 * (7_000 + 900)));
  });

  it('that is tried again in another month takes nothing of that month for the tries before', async () => {
    const { write, agree, costs, accountId } = await settle();
    await agree();
    const one = await write();
    server.answers({ json: READING });
    await draw(one);
    const [row] = await costs();
    const { prisma } = desk.db;
    await prisma.insightRun.deleteMany({ where: { transcriptId: one.transcriptId } });
    await prisma.modelRequest.updateMany({
      where: { key: row?.key ?? '' },
      data: { state: 'OPEN', reservedTokens: 7_000 },
    });
    desk.clock.advance(31 * 86_400_000);
    expect(await draw(one, { AI_PRICE_IN: '2' })).toBe('drawn');
    const [before, now] = await costs();
    expect([before?.priceMicros, now?.priceMicros]).toEqual([14_000n, 1_800n]);
    expect(before).toMatchObject({ at: row?.at, state: 'FAILED', reservedTokens: 0, tries: 1 });
    expect(before).toMatchObject({ tokensIn: 900 + 7_000, tokensOut: 210 });
    expect(now).toMatchObject({ key: row?.key, state: 'DONE', tries: 2 });
    expect(now).toMatchObject({ tokensIn: 900, tokensOut: 210, requests: 1 });
    const use = await readModelUse({ ...desk, config: server.config() }, accountId);
    expect(use).toMatchObject({ tokens: 900 + 210, requests: 1, failed: 0 });
    // and in that month it is one row, however often it is tried
    expect(await draw(one)).toBe('already-done');
    expect(await costs()).toHaveLength(2);
  });
});

describe('the budget of a month', () => {
  it('is never passed, and then the rules take over until the next one', async () => {
    const { read, write, agree, run, viewer, told } = await settle();
    await agree();
    const calls = [await write(), await write(), await write()];
    // one reading holds about 13,000 tokens back and uses 1,110: the model answers only when the others were judged
    const env = { AI_MONTHLY_TOKENS: '18000' };
    const judged = Promise.withResolvers<void>();
    let left = 2;
    server.answers(async () => {
      await judged.promise;
      return { json: READING };
    });
    const outcomes = await Promise.all(
      calls.map(async (one) => {
        const outcome = await draw(one, env);
        left -= 1;
        if (left === 0) judged.resolve();
        return outcome;
      }),
    );
    expect(outcomes).toEqual(['drawn', 'drawn', 'drawn']);
    expect(server.asked).toHaveLength(1);
    const engines = await Promise.all(
      calls.map(async ({ callId }) => (await read(callId)).insights[0].engine),
    );
    expect(engines.sort()).toEqual(['extractive', 'extractive', 'openai']);
    const failed = (await Promise.all(calls.map(({ callId }) => told(`call:${callId}`))))
      .flat()
      .filter(({ type }) => type === 'insight.failed');
    expect(failed).toHaveLength(2);
    expect(failed[0]).toMatchObject({ payload: { reason: 'BUDGET_EXHAUSTED' } });
    const USE =
      '{ assistModel { engine model host region use { tokens monthlyTokens requests failed dropped costMicros resetsAt } } }';
    const asking = { ...desk, config: server.config({ ...env, AI_REGION: 'Frankfurt' }) };
    const use = (as = viewer) => run(USE, {}, as, asking);
    expect((await use()).data.assistModel).toEqual({
      ...{ engine: 'openai', model: 'test-1', host: new URL(server.url).host, region: 'Frankfurt' },
      use: {
        ...{
          tokens: 1_110,
          monthlyTokens: 18_000,
          requests: 1,
          failed: 0,
          dropped: 0,
          costMicros: 0,
        },
        resetsAt: '2026-04-01T04:00:00.000Z',
      },
    });
    const narrow = { ...viewer, scopes: ['calls:read' as const] };
    expect((await use(narrow)).data.assistModel).toMatchObject({ use: null, region: 'Frankfurt' });
    expect((await use((await settle()).viewer)).data.assistModel.use.tokens).toBe(0);
  });
});

describe('a talk that may not be sent any more', () => {
  const LONG = Array.from({ length: 12 }, (_, n) =>
    `C: ${n} We talk about the weather and the garden for a good while here. `.repeat(20),
  );

  it('is left between two parts, what was sent is paid, and the rules read it', async () => {
    const { read, write, agree, costs } = await settle();
    await agree();
    server.answers(async () => {
      await agree(false);
      return { json: { notes: [] } };
    });
    const one = await write(LONG);
    expect(await draw(one, { AI_INPUT_TOKENS: '1500' })).toBe('drawn');
    expect(server.asked).toHaveLength(1);
    expect((await read(one.callId)).insights[0].engine).toBe('extractive');
    expect(await costs()).toMatchObject([
      { state: 'FAILED', failure: 'LEFT', requests: 1, tokensIn: 900, reservedTokens: 0 },
    ]);
  });

  it('is gone when it was erased while it was read, and what that cost stands there', async () => {
    const { write, agree, costs } = await settle();
    await agree();
    const one = await write();
    const { prisma } = desk.db;
    server.answers(async () => {
      await prisma.transcript.deleteMany({ where: { id: one.transcriptId } });
      return { json: READING };
    });
    expect(await draw(one)).toBe('gone');
    expect(await costs()).toMatchObject([{ state: 'DONE', requests: 1, reservedTokens: 0 }]);
  });
});
