// What people make of an insight of a lead: they rate it, correct it, hide it, and that outlives its being drawn anew as long
// as nothing new is told. What they typed goes with whatever it rests on.
import { describe, expect, it } from 'vitest';
import { forgetForm, forgetReadings } from '#domains/intelligence/index.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { READING } from '../insights/assist-desk.ts';
import { NOTHING, openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const { prisma } = desk.db;
const MOVED = { text: 'A move.', n: 6, quote: 'can we make it Friday instead?' };
const SYSTEM = { kind: 'SYSTEM' };

/** A lead with a call and a text, of whom the model has read both. */
async function settleDrawn() {
  const people = await desk.settleLead();
  const { callId, transcriptId } = await people.calls();
  const conversationId = await people.texts('Hello, can we make it Friday instead?', 'Of course.');
  people.says({ json: { ...READING, summary: [...READING.summary, MOVED] } });
  expect(await people.draw()).toBe('drawn');
  return { ...people, callId, transcriptId, conversationId };
}

describe('an insight of a lead', () => {
  it('is rated, corrected and hidden, by whom is told, and keeps its id', async () => {
    const { shown, review, node, told, leadId, accountId } = await settleDrawn();
    const { SUMMARY, LEAD_SCORE, SIGNALS } = await shown();
    expect(SUMMARY).toMatchObject({ version: 1, rating: null, edited: false, reviewedBy: null });
    expect(SUMMARY.reviewedAt).toBeNull();
    desk.clock.advance(60_000);
    expect(await review({ insightId: SUMMARY.id, rating: 'HELPFUL', expectedVersion: 1 })).toEqual({
      ...{ ...SUMMARY, rating: 'HELPFUL', version: 2, reviewedBy: SYSTEM },
      reviewedAt: desk.clock.now('').toISOString(),
    });
    const text = 'A leak; they want Friday.';
    expect(await review({ insightId: SUMMARY.id, text, rating: null })).toMatchObject({
      ...{ text, edited: true, rating: null, items: SUMMARY.items, version: 3 },
    });
    expect(await review({ insightId: LEAD_SCORE.id, leadScore: 'POOR' })).toMatchObject({
      ...{ leadScore: 'POOR', drawnLeadScore: 'VERY_GOOD', correctedBy: SYSTEM },
    });
    const removedSignals = ['APPOINTMENT_BOOKED'];
    expect(await review({ insightId: SIGNALS.id, removedSignals })).toMatchObject({
      ...{ removedSignals, items: [], correctedBy: SYSTEM },
    });
    await review({ insightId: SUMMARY.id, hidden: true });
    expect(await shown()).not.toHaveProperty('SUMMARY');
    expect(await node(SUMMARY.id)).toMatchObject({
      ...{ text, hidden: true, lead: { id: encodeGlobalId('Lead', leadId) } },
    });
    const changes = (await told(`lead:${leadId}`)).map(({ type, payload }) => ({ type, payload }));
    const change = { type: 'lead.updated', payload: { leadId, changes: ['insights'] } };
    expect(changes).toEqual(Array(6).fill(change));
    const subject = `leadInsight:${decodeGlobalId(SUMMARY.id)?.id}`;
    const entries = await prisma.auditEntry.findMany({ where: { accountId, subject } });
    const audited = entries.find(({ before }) => (before as { version: number }).version === 3);
    expect(audited).toMatchObject({ after: { version: 4, edited: true, hidden: true } });
    expect(JSON.stringify(audited)).not.toContain('Friday');
  });

  it('is refused with the field to blame, and to whom it is none of their business', async () => {
    const { shown, review, node, reads, viewer, otherCompanyId } = await settleDrawn();
    const { SUMMARY, SIGNALS } = await shown();
    const say = (input: object, as = viewer) => review({ insightId: SUMMARY.id, ...input }, as);
    expect(await say({ text: ' ' })).toEqual({ code: 'INVALID_INPUT', field: ['text'] });
    expect(await say({ hidden: null })).toEqual({ code: 'INVALID_INPUT', field: ['hidden'] });
    expect(await say({ leadScore: 'GOOD' })).toEqual({
      code: 'INVALID_INPUT',
      field: ['leadScore'],
    });
    expect(await review({ insightId: SIGNALS.id, subject: 'No mail' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await say({ expectedVersion: 9 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    const elsewhere = { ...viewer, companyIds: [otherCompanyId] };
    const stranger = (await desk.settle()).viewer;
    for (const as of [elsewhere, stranger]) {
      expect(await say({}, as)).toEqual({ code: 'NOT_FOUND', field: ['insightId'] });
      expect(await node(SUMMARY.id, as)).toBeNull();
    }
    expect(await say({}, reads('transcripts:read', 'leads:read'))).toBe('FORBIDDEN');
    expect(await say({}, reads('calls:write', 'transcripts:read'))).toBe('FORBIDDEN');
    expect(await node(SUMMARY.id, reads('leads:read'))).toBeNull();
    // who may not read texts neither words nor reads what rests on them
    const ofCalls = reads('leads:read', 'transcripts:read', 'calls:read', 'calls:write');
    expect(await say({ text: 'Mine.' }, ofCalls)).toMatchObject({ code: 'WRONG_STATE' });
    await say({ text: 'They want Friday.' });
    const { text, edited } = await node(SUMMARY.id, ofCalls);
    expect([text, edited]).toEqual([
      'The kitchen sink leaks. The service call costs $89. They booked for tomorrow.',
      false,
    ]);
  });
});

describe('what people said of it, once it is drawn anew,', () => {
  it('holds where nothing new is told; words that they typed go', async () => {
    const { shown, review, node, draw, texts, says } = await settleDrawn();
    const { SUMMARY, SENTIMENT, SIGNALS, LEAD_SCORE } = await shown();
    const { reviewedAt } = (await review({ insightId: SUMMARY.id, hidden: true })) ?? {};
    expect(reviewedAt).toEqual(expect.any(String));
    await review({ insightId: SENTIMENT.id, rating: 'HELPFUL', text: 'Glad.' });
    await review({ insightId: SIGNALS.id, removedSignals: ['APPOINTMENT_BOOKED'] });
    await review({ insightId: LEAD_SCORE.id, leadScore: 'POOR' });
    await texts('Thank you.');
    const leadScore = { ...READING.leadScore, score: 'GOOD' };
    says({ json: { ...READING, leadScore } });
    expect(await draw()).toBe('drawn');
    const now = await shown();
    expect(now).not.toHaveProperty('SUMMARY');
    expect(await node(SUMMARY.id)).toMatchObject({ hidden: true, reviewedBy: SYSTEM, reviewedAt });
    expect(now.SENTIMENT).toMatchObject({
      ...{
        id: SENTIMENT.id,
        text: SENTIMENT.text,
        rating: 'HELPFUL',
        edited: false,
        reviewedBy: null,
        reviewedAt: null,
      },
    });
    expect(now.SIGNALS).toMatchObject({ removedSignals: ['APPOINTMENT_BOOKED'], items: [] });
    expect(now.LEAD_SCORE).toMatchObject({ leadScore: 'POOR', drawnLeadScore: 'GOOD' });
  });

  it('begins anew where something else is told, and a signal of another conversation is one', async () => {
    const { shown, review, draw, texts, says } = await settleDrawn();
    const { SUMMARY, SIGNALS } = await shown();
    await review({ insightId: SUMMARY.id, hidden: true, rating: 'UNHELPFUL' });
    await review({ insightId: SIGNALS.id, removedSignals: ['APPOINTMENT_BOOKED'] });
    await texts('My floor is wet, too.', 'You are all set for Monday.');
    const summary = [{ text: 'The floor is wet.', n: 8, quote: 'My floor is wet' }];
    const signals = [{ signal: 'APPOINTMENT_BOOKED', n: 9, quote: 'You are all set for Monday.' }];
    says({ json: { ...NOTHING, summary, signals } });
    expect(await draw()).toBe('drawn');
    const now = await shown();
    expect(Object.keys(now)).toEqual(['SUMMARY', 'SIGNALS']);
    expect(now.SUMMARY).toMatchObject({
      ...{
        id: SUMMARY.id,
        text: 'The floor is wet.',
        hidden: false,
        rating: null,
        reviewedBy: null,
      },
    });
    expect(now.SIGNALS).toMatchObject({
      ...{ removedSignals: [], correctedBy: null, items: [{ signal: 'APPOINTMENT_BOOKED' }] },
    });
  });

  it('holds where more of a call was hidden meanwhile', async () => {
    const { shown, review, draw, texts, accountId, transcriptId } = await settleDrawn();
    const { LEAD_SCORE, SUMMARY } = await shown();
    await review({ insightId: LEAD_SCORE.id, leadScore: 'POOR', rating: 'UNHELPFUL' });
    await review({ insightId: SUMMARY.id, text: 'A leak, and Friday.' });
    await desk.db.transaction((tx) => forgetReadings(tx, desk.secrets, accountId, transcriptId));
    const left = await shown();
    expect(Object.keys(left)).toEqual(['SUMMARY']);
    expect(left.SUMMARY).toMatchObject({ text: 'A move.', edited: false });
    await texts('Thank you.');
    expect(await draw()).toBe('drawn');
    expect((await shown()).LEAD_SCORE).toMatchObject({ leadScore: 'POOR', rating: 'UNHELPFUL' });
  });
});

describe('what somebody typed', () => {
  it('goes with the first conversation that it rests on, also where it was read meanwhile', async () => {
    const { shown, review, accountId, conversationId } = await settleDrawn();
    const { SUMMARY } = await shown();
    await review({ insightId: SUMMARY.id, text: 'They want Friday.' });
    const { version } = (await shown()).SUMMARY;
    const where = { accountId_id: { accountId, id: conversationId } };
    await prisma.interaction.delete({ where });
    const kept = await prisma.leadInsight.findMany({ where: { accountId } });
    expect(JSON.stringify(kept)).not.toContain('Friday');
    expect((await shown()).SUMMARY).toMatchObject({ edited: false, version: version + 1 });
    const late = { insightId: SUMMARY.id, text: 'Friday.', expectedVersion: version };
    expect(await review(late)).toMatchObject({ code: 'VERSION_CONFLICT' });
  });

  it('goes with a form that lost a field, and with the lead', async () => {
    const { shown, review, accountId, leadId, conversationId } = await settleDrawn();
    const { SUMMARY } = await shown();
    await review({ insightId: SUMMARY.id, text: 'They want Friday.' });
    // a form's claims are told by its interaction, as a conversation's are
    await desk.db.transaction((tx) => forgetForm(tx, accountId, conversationId));
    expect((await shown()).SUMMARY.edited).toBe(false);
    await review({ insightId: SUMMARY.id, text: 'A leak.' });
    await prisma.interaction.deleteMany({ where: { accountId, leadId } });
    await prisma.lead.delete({ where: { accountId_id: { accountId, id: leadId } } });
    expect(await prisma.leadInsight.count({ where: { accountId } })).toBe(0);
  });
});
