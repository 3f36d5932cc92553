// The gate before a customer: what a machine wrote is handed out only as a person approved it.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Viewer } from '#values/viewer.ts';
import type { Data } from '../../../../demo/api.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';

const desk = await openAssistDesk();
const APPROVE = `mutation($input: ApproveFollowUpEmailInput!) { approveFollowUpEmail(input: $input) {
  insight { version approvedBy { kind } reviewedBy { kind } reviewedAt } userErrors { code field } } }`;
const RELEASE = `mutation($input: ReleaseFollowUpEmailInput!) { releaseFollowUpEmail(input: $input) {
  email { to subject text } userErrors { code field message } } }`;

async function settleDraft() {
  const people = await desk.settle();
  const { accountId, companyId } = people;
  await people.agree();
  desk.server.answers({ json: READING });
  const one = await people.write();
  const [leadId, createdAt] = [randomUUID(), desk.clock.now(accountId)];
  await desk.db.prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
  await desk.db.prisma.leadIdentity.create({
    data: { accountId, companyId, leadId, kind: 'EMAIL', value: 'ada@example.com' } as never,
  });
  await desk.db.prisma.interaction.updateMany({ where: { id: one.callId }, data: { leadId } });
  await desk.draw(one);
  const { insights } = await people.read(one.callId);
  const idOf = (kind: string) =>
    insights.find((insight: { kind: string }) => insight.kind === kind).id;
  const person: Viewer = { ...people.viewer, actor: { kind: 'user', id: randomUUID() } as never };
  const ask = async (source: string, input: object, as: Viewer) => {
    const { data, errors } = await people.run(source, { input }, as);
    return errors ? errors[0].extensions.code : (Object.values(data)[0] as never);
  };
  return {
    ...{
      ...people,
      ...one,
      person,
      insightId: idOf('FOLLOW_UP_EMAIL'),
      summaryId: idOf('SUMMARY'),
    },
    approve: (input: object, as = person): Promise<Data> => ask(APPROVE, input, as),
    release: (input: object, as = people.viewer): Promise<Data> => ask(RELEASE, input, as),
  };
}

it('a draft is handed out as it was approved, and any change closes the gate again', async () => {
  const { insightId, approve, release, review } = await settleDraft();
  expect((await release({ insightId })).userErrors).toMatchObject([
    { code: 'AI_REVIEW_REQUIRED', field: ['insightId'] },
  ]);
  const { insight } = await approve({ insightId, expectedVersion: 1 });
  expect(insight).toMatchObject({ version: 2, approvedBy: { kind: 'USER' } });
  expect(insight.reviewedAt).toBe(desk.clock.now('').toISOString());
  const { email } = await release({ insightId });
  expect(email).toMatchObject({ to: ['ada@example.com'], subject: 'Your appointment tomorrow' });
  expect(email.text).toContain('The service call is $89.');
  await review({ insightId, text: 'Hello, we come whenever you like.' });
  expect((await release({ insightId })).userErrors[0].code).toBe('AI_REVIEW_REQUIRED');
  expect((await approve({ insightId, expectedVersion: 2 })).userErrors[0].code).toBe(
    'VERSION_CONFLICT',
  );
  await approve({ insightId, expectedVersion: 3 });
  expect((await release({ insightId })).email.text).toBe('Hello, we come whenever you like.');
});

it('only a person approves, only a draft, only where they may', async () => {
  const { insightId, summaryId, approve, release, viewer, person, otherCompanyId } =
    await settleDraft();
  const key: Viewer = { ...viewer, actor: { kind: 'key', id: randomUUID() } as never };
  expect(await approve({ insightId, expectedVersion: 1 }, key)).toBe('FORBIDDEN');
  const elsewhere = { ...person, companyIds: [otherCompanyId] };
  const notFound = [{ code: 'NOT_FOUND', field: ['insightId'] }];
  expect(await approve({ insightId, expectedVersion: 1 }, elsewhere)).toMatchObject({
    userErrors: notFound,
  });
  expect(await approve({ insightId: summaryId, expectedVersion: 1 })).toMatchObject({
    userErrors: notFound,
  });
  await approve({ insightId, expectedVersion: 1 });
  expect(await release({ insightId }, elsewhere)).toMatchObject({ userErrors: notFound });
  const masked: Viewer = { ...viewer, scopes: ['transcripts:read', 'calls:write'] };
  expect(await release({ insightId }, masked)).toBe('FORBIDDEN');
});

it('a draft of words that were corrected since is handed out no more, approved or not', async () => {
  const { insightId, approve, release, accountId, transcriptId } = await settleDraft();
  await approve({ insightId, expectedVersion: 1 });
  await desk.db.prisma.transcript.update({
    where: { accountId_id: { accountId, id: transcriptId } },
    data: { edits: { increment: 1 } },
  });
  const stale = [{ code: 'WRONG_STATE', field: ['insightId'] }];
  expect(await release({ insightId })).toMatchObject({ userErrors: stale });
  expect(await approve({ insightId, expectedVersion: 2 })).toMatchObject({ userErrors: stale });
});
