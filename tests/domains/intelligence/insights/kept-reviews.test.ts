// What people said of the readings of a call, once they are drawn again: its words were corrected, or more of them is hidden.
import { describe, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { readFacts } from '#domains/automation/read-facts.ts';
import { forgetReadings } from '#domains/intelligence/index.ts';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import { openPostgresSearch } from '#platform/search/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAssistDesk, READING } from './assist-desk.ts';
import { LINES } from './insight-desk.ts';

const desk = await openAssistDesk();
const { prisma } = desk.db;
const search = openPostgresSearch({ db: desk.db, tags: taggedInteractions });
// its calls have no sound, so that neither jobs nor storage are asked for
const slice = { ...desk, search, forgetReadings };
const once = { id: 'try', attempt: 1, signal: new AbortController().signal };

const SPOKEN = [
  ...LINES,
  'A: What are the three digits on the gate?',
  'C: It is 456. My email is ann@example.com.',
];
const CALL = `query($id: ID!) { node(id: $id) { ... on Call { insights {
  id kind text subject leadScore drawnLeadScore removedSignals correctedBy { kind } rating hidden reviewedBy { kind } reviewedAt
  tasks { id text doneAt dueOn } } transcript { segments { id text } } } } }`;
const EDIT = `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
  userErrors { code message } } }`;
const REVIEW = `mutation($input: UpdateInsightInput!) { updateInsight(input: $input) { userErrors { code message } } }`;
const GO_ON = `mutation($input: UpdateActionTaskInput!) { updateActionTask(input: $input) { userErrors { code message } } }`;

/** A call that the model has read, and of which somebody says that half is wrong. */
async function settleReviewed(lines = SPOKEN) {
  desk.server.answers({ json: READING });
  const people = await desk.settle();
  const { accountId, companyId, viewer } = people;
  await people.agree();
  const talk = await people.write(lines);
  const { callId, transcriptId } = talk;
  await desk.draw(talk);
  const ask = async (source: string, variables: object) => {
    const { data, errors } = await people.run(source, { ...variables }, viewer, slice);
    expect(errors).toBeUndefined();
    return data;
  };
  const change = async (source: string, input: object) => {
    const [answer] = Object.values(await ask(source, { input })) as [{ userErrors: object[] }];
    expect(answer.userErrors).toEqual([]);
  };
  const read = async () => (await ask(CALL, { id: encodeGlobalId('Call', callId) })).node;
  const shown = async () => {
    const { insights } = await read();
    return Object.fromEntries(insights.map((one: { kind: string }) => [one.kind, one]));
  };
  const { SUMMARY, SENTIMENT, SIGNALS, LEAD_SCORE, ACTION_PLAN } = await shown();
  await change(REVIEW, { insightId: SUMMARY.id, hidden: true });
  await change(REVIEW, { insightId: SENTIMENT.id, rating: 'HELPFUL', text: 'Glad, says 456.' });
  await change(REVIEW, { insightId: SIGNALS.id, removedSignals: ['APPOINTMENT_BOOKED'] });
  const reviewedAt = desk.clock.now(accountId).toISOString();
  await change(REVIEW, { insightId: LEAD_SCORE.id, leadScore: 'POOR' });
  desk.clock.advance(60_000);
  const [{ id: actionTaskId }] = ACTION_PLAN.tasks;
  await change(GO_ON, { actionTaskId, done: true, dueOn: '2026-03-09' });
  const edit = async (n: number, text: string) =>
    change(EDIT, { segmentId: (await read()).transcript.segments[n].id, text });
  const hide = () => repeatRedactionHandler(slice as never).run({ accountId, transcriptId }, once);
  const kept = () => prisma.keptReview.findMany({ where: { accountId } });
  const facts = async () => {
    const found = await desk.db.transaction((tx) =>
      readFacts(tx, accountId, [callId], { messageId: null }),
    );
    return found.get(callId)?.facts;
  };
  const expectReviewed = async () => {
    const now = await shown();
    expect(now).not.toHaveProperty('SUMMARY');
    expect(now.SENTIMENT).toMatchObject({ rating: 'HELPFUL', text: SENTIMENT.text });
    expect(now.SIGNALS).toMatchObject({
      ...{ removedSignals: ['APPOINTMENT_BOOKED'], correctedBy: { kind: 'SYSTEM' } },
    });
    expect(now.LEAD_SCORE).toMatchObject({ leadScore: 'POOR', drawnLeadScore: 'VERY_GOOD' });
    expect(now.SIGNALS).toMatchObject({ reviewedBy: { kind: 'SYSTEM' }, reviewedAt });
    expect(now.ACTION_PLAN.tasks).toMatchObject([
      { doneAt: expect.any(String), dueOn: '2026-03-09' },
    ]);
    expect(await facts()).toMatchObject({ leadScore: 'POOR', signals: [] });
    expect(await prisma.insightSignal.count({ where: { accountId } })).toBe(0);
  };
  const of = { accountId, companyId, viewer, talk, callId };
  return { ...of, shown, edit, hide, kept, expectReviewed, read };
}

describe('what people said of the readings of a call stands', () => {
  it('once a word of it is corrected', async () => {
    const { talk, edit, expectReviewed, kept } = await settleReviewed(LINES);
    await edit(5, 'Thank you so much, that is great help to me.');
    await desk.draw(talk);
    await expectReviewed();
    expect(await kept()).toEqual([]);
  });

  it('once an edit hides something, and what they typed is kept nowhere', async () => {
    const { talk, edit, hide, expectReviewed, kept, read } = await settleReviewed();
    await edit(6, 'What are the three digits on the back?');
    expect(await hide()).toBe('redacted');
    expect((await read()).insights).toEqual([]);
    const words = JSON.stringify(await kept());
    // with the space before it: an id at random may hold the digits, and holds no space
    expect(words).not.toMatch(/ 456\b|Glad|Text the customer/);
    await desk.draw(talk);
    await expectReviewed();
    expect(await kept()).toEqual([]);
  });

  it('once its company wants more hidden, also of a kind that is not drawn at first', async () => {
    const { talk, hide, expectReviewed, kept, companyId, viewer, edit } = await settleReviewed();
    await updateCompany(desk, viewer, { companyId, redactionClasses: ['PERSONAL'] });
    expect(await hide()).toBe('redacted');
    const leadScore = { score: 'GOOD', reasons: [{ text: 'Rich.', n: 0, quote: 'I am rich' }] };
    desk.server.answers({ json: { ...READING, leadScore } });
    await desk.draw(talk);
    expect((await kept()).map(({ kind }) => kind)).toContain('LEAD_SCORE');
    desk.server.answers({ json: READING });
    await edit(4, 'You are all set. We will text you when the technician is on the way there.');
    await desk.draw(talk);
    await expectReviewed();
  });
});

it('an insight that says something else is shown again', async () => {
  const { talk, edit, shown } = await settleReviewed(LINES);
  const summary = [READING.summary[0], READING.summary[1]];
  desk.server.answers({ json: { ...READING, summary } });
  await edit(5, 'Thank you so much, that is great help to me.');
  await desk.draw(talk);
  expect((await shown()).SUMMARY).toMatchObject({ hidden: false, rating: null });
});

it('what is kept goes with its call', async () => {
  const { edit, hide, kept, accountId, callId } = await settleReviewed();
  await edit(6, 'What are the three digits on the back?');
  await hide();
  expect(await kept()).not.toEqual([]);
  await prisma.interaction.delete({ where: { accountId_id: { accountId, id: callId } } });
  expect(await kept()).toEqual([]);
});
