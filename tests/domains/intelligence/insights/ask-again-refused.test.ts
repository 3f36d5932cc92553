// Who may have a call read again, and when there is nothing to be had: who asks is told why.
import { beforeEach, describe, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAskAgainDesk } from './ask-again-desk.ts';
import { READING } from './assist-desk.ts';

const desk = await openAskAgainDesk();
const { server } = desk;
const { prisma } = desk.db;

let people: Awaited<ReturnType<typeof desk.settle>>;
let one: Awaited<ReturnType<typeof people.write>>;
beforeEach(async () => {
  people = await desk.settle();
  server.answers({ json: READING });
  one = await people.write();
});
const refused = async (more: Parameters<typeof people.ask>[1] = {}) => {
  const { call, userErrors } = await people.ask(one, more);
  expect(call).toBeNull();
  expect(people.queued).toEqual([]);
  return userErrors[0];
};

describe('the wish to have a call read again', () => {
  it('is for those who may correct insights and read what was said, and stands in the audit log', async () => {
    const { viewer, ask, otherCompanyId, accountId, queued } = people;
    expect(await ask(one)).toEqual({
      call: { id: encodeGlobalId('Call', one.callId) },
      userErrors: [],
    });
    const { transcriptId } = one;
    const askedAt = expect.any(String);
    expect(queued).toEqual([{ accountId, transcriptId, askedAt, replaceReviewed: false }]);
    const entries = await prisma.auditEntry.findMany({
      where: { accountId, action: 'drawCallInsights' },
    });
    expect(entries).toMatchObject([
      {
        subject: `call:${one.callId}`,
        after: { transcriptIds: [transcriptId], replaceReviewed: false },
      },
    ]);
    for (const scopes of [
      ['calls:read', 'calls:write'],
      ['calls:read', 'transcripts:read'],
      ['calls:write', 'transcripts:read'],
    ] as const) {
      expect(await ask(one, { viewer: { ...viewer, scopes: [...scopes] } })).toBe('FORBIDDEN');
    }
    const narrow = { ...viewer, companyIds: [otherCompanyId] };
    expect(await ask(one, { viewer: narrow })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['callId'] }],
    });
    const { viewer: stranger } = await desk.settle();
    expect(await ask(one, { viewer: stranger })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('is refused where there is no transcript, or more of it is still to be hidden', async () => {
    const { companyId, viewer } = people;
    const where = { id: one.transcriptId };
    await updateCompany(desk, viewer, { companyId, redactionClasses: ['ALL_DIGITS'] });
    expect(await refused()).toMatchObject({
      ...{ code: 'WRONG_STATE', field: ['callId'] },
      message: expect.stringContaining('being hidden'),
    });
    await prisma.transcript.updateMany({ where, data: { state: 'FAILED', failure: 'TIMEOUT' } });
    expect(await refused()).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('requestTranscription'),
    });
    await prisma.transcript.deleteMany({ where });
    expect(await refused()).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('is refused where the company wants no insights', async () => {
    const { companyId, viewer } = people;
    await updateCompany(desk, viewer, { companyId, insights: false });
    expect(await refused()).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('insights: true'),
    });
  });

  it('is refused once the month’s tokens do not suffice, with how many there are; rules cost none', async () => {
    const { agree, ask, asked } = people;
    const few = { AI_MONTHLY_TOKENS: '1000' };
    expect((await ask(one, { env: few })).userErrors).toEqual([]);
    people.queued.length = 0;
    await agree();
    const { message } = await refused({ env: few });
    const [, most] = /and this may take (\d+)\./.exec(message) ?? [];
    const env = { AI_MONTHLY_TOKENS: String(most) };
    expect((await ask(one, { env })).userErrors).toEqual([]);
    await desk.draw(await asked(one));
    people.queued.length = 0;
    expect(await refused({ env })).toMatchObject({
      ...{ code: 'LIMIT_REACHED', limit: Number(most), current: 1_110 },
      retryAt: '2026-04-01T04:00:00.000Z',
      message: expect.stringMatching(
        `used 1110 of its ${most} tokens of this month.* AI_MONTHLY_TOKENS`,
      ),
    });
    expect(server.asked).toHaveLength(1);
  });

  it('sends nothing when the company takes its word back before the job comes', async () => {
    const { agree, asked, read } = people;
    await agree();
    const payload = await asked(one);
    await agree(false);
    expect(await desk.draw(payload)).toBe('drawn');
    expect(server.asked).toEqual([]);
    expect((await read(one.callId)).insights[0].engine).toBe('extractive');
  });
});
