// What a person puts in place of what was drawn: a subject, a score, signals that are none; and who goes by it.
import { describe, expect, it } from 'vitest';
import { readFacts } from '#domains/automation/read-facts.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openInsightDesk } from './insight-desk.ts';

const library = await openInsightDesk();
const { settle } = library;
const { db } = library;
const SHOWN =
  'subject leadScore drawnLeadScore removedSignals correctedBy { kind } edited items { signal }';
const CORRECT = `mutation($input: UpdateInsightInput!) { updateInsight(input: $input) {
  insight { ${SHOWN} } userErrors { code field } } }`;
const CALLS = 'query($filter: CallFilter) { calls(filter: $filter) { nodes { id } } }';

/** A talk with the signals that were drawn of it, and with a score and a draft beside them. */
async function settleInsights() {
  const people = await settle();
  const { accountId } = people;
  const one = await people.write();
  await library.draw(one);
  const signals = await db.prisma.insight.findFirstOrThrow({
    where: { accountId, kind: 'SIGNALS' },
  });
  const beside = { ...signals, items: [], removedSignals: [] };
  const score = { ...beside, id: '0190a1b2-0000-7000-8000-00000000000b' };
  await db.prisma.insight.create({ data: { ...score, kind: 'LEAD_SCORE', leadScore: 'GOOD' } });
  const draft = { ...beside, id: '0190a1b2-0000-7000-8000-00000000000c' };
  await db.prisma.insight.create({ data: { ...draft, kind: 'FOLLOW_UP_EMAIL', subject: 'Hello' } });
  const correct = async (id: string, input: object) => {
    const insightId = encodeGlobalId('Insight', id);
    const { updateInsight } = (await people.run(CORRECT, { input: { insightId, ...input } })).data;
    return updateInsight.insight ?? updateInsight.userErrors[0];
  };
  const facts = async () => {
    const found = await db.transaction((tx) =>
      readFacts(tx, accountId, [one.callId], { messageId: null }),
    );
    return found.get(one.callId)?.facts;
  };
  const found = async (filter: object) =>
    (await people.run(CALLS, { filter })).data.calls.nodes.length;
  return { correct, facts, found, signals: signals.id, score: score.id, draft: draft.id };
}

describe('a correction', () => {
  it('of a score stands in its place, beside what was drawn', async () => {
    const { correct, facts, found, score } = await settleInsights();
    expect(await correct(score, { leadScore: 'POOR' })).toMatchObject({
      ...{ leadScore: 'POOR', drawnLeadScore: 'GOOD', correctedBy: { kind: 'SYSTEM' } },
    });
    expect(await correct(score, { leadScore: 'FAIR' })).toMatchObject({
      ...{ leadScore: 'FAIR', drawnLeadScore: 'GOOD' },
    });
    expect((await facts())?.leadScore).toBe('FAIR');
    expect(await found({ leadScores: ['FAIR'] })).toBe(1);
    expect(await found({ leadScores: ['GOOD', 'POOR'] })).toBe(0);
  });

  it('takes a signal away, from rules and from the list of calls, and gives it back', async () => {
    const { correct, facts, found, signals } = await settleInsights();
    const booked = 'APPOINTMENT_BOOKED';
    expect((await facts())?.signals).toContain(booked);
    const without = await correct(signals, { removedSignals: [booked] });
    expect(without).toMatchObject({ removedSignals: [booked], correctedBy: { kind: 'SYSTEM' } });
    expect(without.items).not.toContainEqual({ signal: booked });
    expect((await facts())?.signals).not.toContain(booked);
    expect(await found({ signals: [booked] })).toBe(0);
    expect((await correct(signals, { removedSignals: [] })).items).toContainEqual({
      signal: booked,
    });
    expect((await facts())?.signals).toContain(booked);
    expect(await found({ signals: [booked] })).toBe(1);
  });

  it('words the subject of a draft better', async () => {
    const { correct, draft } = await settleInsights();
    expect(await correct(draft, { subject: ' Your leak ' })).toMatchObject({
      ...{ subject: 'Your leak', edited: true, correctedBy: null },
    });
  });

  it('is refused where there is nothing of the kind', async () => {
    const { correct, draft, score, signals } = await settleInsights();
    const refused = (field: string) => ({ code: 'INVALID_INPUT', field: [field] });
    expect(await correct(score, { subject: 'Hello' })).toEqual(refused('subject'));
    expect(await correct(draft, { subject: ' ' })).toEqual(refused('subject'));
    expect(await correct(draft, { leadScore: 'GOOD' })).toEqual(refused('leadScore'));
    expect(await correct(score, { leadScore: null })).toEqual(refused('leadScore'));
    expect(await correct(score, { removedSignals: [] })).toEqual(refused('removedSignals'));
    expect(await correct(signals, { removedSignals: null })).toEqual(refused('removedSignals'));
  });
});
