// More of a past call is hidden: its insights are drawn anew from what is left, by the rules of this server unless the
// model had been asked about that very call, and the event says that it tells of a past one.
import { describe, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { forgetReadings } from '#domains/intelligence/index.ts';
import type { Drawing } from '#domains/intelligence/jobs.ts';
import { drawInsightsFromTranscripts } from '#domains/intelligence/reactions.ts';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { openPostgresSearch } from '#platform/search/index.ts';
import { textBesideIds } from '#tests/support/text-beside-ids.ts';
import { openAssistDesk, READING } from './assist-desk.ts';

const desk = await openAssistDesk();
const { server } = desk;
const search = openPostgresSearch({ db: desk.db, tags: taggedInteractions });
// its calls have no sound, so that neither jobs nor storage are asked for
const slice = { ...desk, search, forgetReadings } as unknown as Parameters<
  typeof repeatRedactionHandler
>[0];
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };

async function settle() {
  server.answers({ json: READING });
  const people = await desk.settle();
  const { viewer, companyId, accountId } = people;
  type Talk = Awaited<ReturnType<typeof people.write>>;
  /** Every number is to be hidden from now on; this call is redacted again. Returns what that starts. */
  const hideMore = async ({ callId, transcriptId }: Talk) => {
    await updateCompany(desk, viewer, { companyId, redactionClasses: ['ALL_DIGITS'] });
    const outcome = await repeatRedactionHandler(slice).run({ accountId, transcriptId }, once);
    expect(outcome).toBe('redacted');
    const events = await people.told(`call:${callId}`);
    const ready = events.findLast(({ type }) => type === 'transcript.ready');
    expect(ready?.payload).toMatchObject({ isPast: true });
    return drawInsightsFromTranscripts.payload({
      ...ready,
      accountId,
    } as unknown as StoredEvent) as Drawing;
  };
  const redraw = async (talk: Talk) => desk.draw(await hideMore(talk));
  const last = async ({ callId }: Talk) => (await people.told(`call:${callId}`)).at(-1);
  return { ...people, hideMore, redraw, last };
}

describe('a call of which more is hidden', () => {
  it('from before its company agreed is read by the rules: nothing leaves', async () => {
    const { write, read, agree, redraw, last } = await settle();
    const old = await write();
    await desk.draw(old);
    await agree();
    const sent = server.asked.length;
    expect(await redraw(old)).toBe('drawn');
    expect(server.asked).toHaveLength(sent);
    const { insights } = await read(old.callId);
    expect(insights[0].engine).toBe('extractive');
    expect(textBesideIds(insights)).not.toContain('89');
    expect(await last(old)).toMatchObject({
      type: 'insight.ready',
      payload: { engine: 'extractive', isPast: true },
    });
  });

  it('that the model had read is read by it again, where the company still agrees', async () => {
    const { write, read, agree, redraw, last } = await settle();
    await agree();
    const one = await write();
    await desk.draw(one);
    const sent = server.asked.length;
    expect(await redraw(one)).toBe('drawn');
    expect(server.asked.length).toBeGreaterThan(sent);
    expect((await read(one.callId)).insights[0].engine).toBe('openai');
    expect((await last(one))?.payload).toMatchObject({ engine: 'openai', isPast: true });
  });

  it('leaves half of the tokens of a month to calls that come in', async () => {
    const { write, read, agree, hideMore, last } = await settle();
    await agree();
    const one = await write();
    await desk.draw(one);
    const sent = server.asked.length;
    // one reading holds about 13,000 tokens back
    const env = { AI_MONTHLY_TOKENS: '24000' };
    expect(await desk.draw(await hideMore(one), env)).toBe('drawn');
    expect(server.asked).toHaveLength(sent);
    expect((await read(one.callId)).insights[0].engine).toBe('extractive');
    expect(await last(one)).toMatchObject({ type: 'insight.ready', payload: { isPast: true } });
    const fresh = await write();
    expect(await desk.draw(fresh, env)).toBe('drawn');
    expect((await read(fresh.callId)).insights[0].engine).toBe('openai');
  });

  it('is not sent when the job is given up either', async () => {
    const { write, agree, hideMore, last, costs } = await settle();
    const old = await write();
    await agree();
    await desk.giveUpDrawing(await hideMore(old), desk.open());
    expect((await last(old))?.payload).toMatchObject({
      engine: 'extractive',
      reason: 'INTERNAL_ERROR',
    });
    expect(await costs()).toEqual([]);
  });

  it('is one of the past no more when a new call is read', async () => {
    const { write, agree, last } = await settle();
    await agree();
    const one = await write();
    await desk.draw(one);
    expect((await last(one))?.payload).not.toHaveProperty('isPast');
  });
});
