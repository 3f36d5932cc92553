// A lead whose history the model failed to read: it is asked again when somebody asks, once for each time, and who asks is
// told why it drew nothing.
import { beforeEach, describe, expect, it } from 'vitest';
import { READING } from '../insights/assist-desk.ts';
import { LINES } from '../insights/insight-desk.ts';
import { openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const { server } = desk;

let lead: Awaited<ReturnType<typeof desk.settleLead>>;
beforeEach(async () => {
  lead = await desk.settleLead();
  await lead.calls();
  server.answers({ json: READING });
});
const engineOf = async (): Promise<string> => (await lead.shown()).SUMMARY.engine;

describe('a lead whose history the model gave no answer to', () => {
  it('is read by the model once its key is right, though nothing changed, and then not again', async () => {
    const { asked, drawOf, failure, costs } = lead;
    server.answers({ status: 401 });
    const first = await asked();
    expect(await drawOf(first)).toBe('drawn');
    expect(await engineOf()).toBe('extractive');
    expect(await failure()).toBe('MODEL_REFUSED');
    server.answers({ json: READING });
    // what comes by itself, or again, asks no model
    expect(await drawOf(first)).toBe('MODEL_REFUSED');
    expect(await lead.draw()).toBe('already-done');
    expect(server.asked).toEqual([]);

    const second = await asked();
    expect(await drawOf(second)).toBe('drawn');
    expect(await engineOf()).toBe('openai');
    expect(await failure()).toBeNull();
    expect(await drawOf(second)).toBe('already-done');
    expect(await drawOf(await asked())).toBe('already-done');
    expect(server.asked).toHaveLength(1);
    expect((await costs()).map(({ state }) => state)).toEqual(['FAILED', 'DONE']);
  });

  it('keeps what stood there where it fails again, which is told with the reason', async () => {
    const { asked, drawOf, giveUp, failure, told, leadId } = lead;
    server.answers({ status: 401 });
    await drawOf(await asked());
    const before = await lead.shown();
    const updates = async () => (await told(`lead:${leadId}`)).length;
    const count = await updates();
    server.answers({ json: { nothing: 'of the kind' } });
    const again = await asked();
    expect(await drawOf(again)).toBe('MODEL_ANSWER_INVALID');
    expect(await updates()).toBe(count + 1);
    expect(await drawOf(again)).toBe('MODEL_ANSWER_INVALID');
    expect(await updates()).toBe(count + 1);
    expect(await failure()).toBe('MODEL_ANSWER_INVALID');
    expect(await giveUp(await asked())).toBe('MODEL_UNAVAILABLE');
    expect(await failure()).toBe('MODEL_UNAVAILABLE');
    expect(await lead.shown()).toEqual(before);
    expect(await failure(lead.reads('leads:read'))).toBeNull();
  });

  it('is not asked for what it answered, be that nothing', async () => {
    const { asked, drawOf, failure } = lead;
    server.answers({
      json: {
        ...READING,
        summary: [],
        sentiment: [],
        signals: [],
        leadScore: null,
        tasks: [],
        coaching: [],
      },
    });
    await drawOf(await asked());
    expect(await failure()).toBe('NO_EVIDENCE');
    await drawOf(await asked());
    expect(server.asked).toHaveLength(1);
  });
});

describe('a lead with a call in a language whose words for numbers are not known', () => {
  it('is read by the rules alone, and who asked is told why they drew nothing', async () => {
    const { asked, calls, draw, drawOf, failure, told, leadId } = await desk.settleLead();
    await calls(LINES, 'pl');
    const wish = await asked();
    const updates = async () => (await told(`lead:${leadId}`)).length;
    expect(await drawOf(wish)).toBe('LANGUAGE_UNSUPPORTED');
    expect(await updates()).toBe(1);
    expect(await failure()).toBe('LANGUAGE_UNSUPPORTED');
    expect(await draw()).toBe('already-done');
    expect(await updates()).toBe(1);
    expect(server.asked).toEqual([]);
  });

  it('keeps what the model drew before, and tells that the last reading failed', async () => {
    const { asked, calls, drawOf, failure, shown } = await desk.settleLead();
    await calls(LINES, 'fr');
    expect(await drawOf(await asked())).toBe('drawn');
    expect(await failure()).toBeNull();
    const before = await shown();
    await calls(LINES, 'pl');
    expect(await drawOf(await asked())).toBe('LANGUAGE_UNSUPPORTED');
    expect(await failure()).toBe('LANGUAGE_UNSUPPORTED');
    expect(await shown()).toEqual(before);
    expect(server.asked).toHaveLength(1);
  });
});

describe('the wish to have it read', () => {
  it('is refused once the month’s tokens do not suffice for what the model would be asked', async () => {
    const { ask, asked, agree, drawOf } = lead;
    const few = { AI_MONTHLY_TOKENS: '1000' };
    const [refused] = (await ask(few)).userErrors;
    expect(refused).toMatchObject({ code: 'LIMIT_REACHED', limit: 1_000, current: 0 });
    expect(refused.retryAt).toMatch(/^2026-\d\d-01T/);
    await agree(false);
    expect((await ask(few)).userErrors).toEqual([]);
    await agree();
    await drawOf(await asked());
    // it has been read, and costs nothing more
    expect((await ask(few)).userErrors).toEqual([]);
  });

  it('comes to the rules where another reading took the rest of them meanwhile, and to the model in another month', async () => {
    const { asked, drawOf, failure } = lead;
    const poor = desk.open({ AI_MONTHLY_TOKENS: '1000' });
    const payload = await asked();
    expect(await drawOf(payload, poor)).toBe('drawn');
    expect(await failure()).toBe('BUDGET_EXHAUSTED');
    expect(server.asked).toEqual([]);
    desk.clock.advance(40 * 86_400_000);
    expect(await drawOf(await asked())).toBe('drawn');
    expect(await engineOf()).toBe('openai');
  });
});
