// Who may wish to have a lead's history read, and what becomes of the wish.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAssistDesk } from '../insights/assist-desk.ts';

const desk = await openAssistDesk();

let people: Awaited<ReturnType<typeof desk.settle>>;
let leadId: string;
beforeEach(async () => {
  people = await desk.settle();
  const { accountId, companyId } = people;
  leadId = randomUUID();
  const createdAt = desk.clock.now(accountId);
  await desk.db.prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
});

describe('the wish to have it read', () => {
  const DRAW = `mutation($input: DrawLeadInsightsInput!) { drawLeadInsights(input: $input) {
    lead { id } userErrors { code field } } }`;
  const keys: (string | undefined)[] = [];
  const wish = async (viewer = people.viewer, queued: object[] = [], more: object = {}) => {
    const jobs = {
      async enqueue(...[, , payload, once]: [object, object, object, { singletonKey?: string }]) {
        queued.push(payload);
        keys.push(once.singletonKey);
      },
    };
    const { data, errors } = await people.run(
      DRAW,
      { input: { leadId: encodeGlobalId('Lead', leadId), ...more } },
      viewer,
      { ...desk, jobs, config: desk.server.config() },
    );
    return errors?.[0]?.extensions.code ?? data.drawLeadInsights;
  };

  it('becomes a job, for those who see the lead and may read what was said', async () => {
    const queued: object[] = [];
    expect(await wish(people.viewer, queued)).toEqual({
      ...{ lead: { id: encodeGlobalId('Lead', leadId) }, userErrors: [] },
    });
    const { accountId } = people;
    const askedAt = expect.any(String);
    expect(queued).toEqual([{ accountId, leadId, askedAt, replaceReviewed: false }]);
    const { otherCompanyId, viewer } = people;
    expect(await wish({ ...viewer, companyIds: [otherCompanyId] })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['leadId'] }],
    });
    expect(await wish({ ...viewer, scopes: ['leads:read', 'calls:write'] })).toBe('FORBIDDEN');
  });

  it('is one while nothing has changed, and another one once something came or was changed', async () => {
    const { prisma } = desk.db;
    const { accountId } = people;
    const { callId } = await people.write();
    await prisma.interaction.updateMany({ where: { id: callId }, data: { leadId } });
    keys.length = 0;
    await wish();
    await wish();
    const where = { accountId, id: callId };
    await prisma.interaction.updateMany({ where, data: { version: { increment: 1 } } });
    await wish();
    const other = await people.write();
    await prisma.interaction.updateMany({ where: { id: other.callId }, data: { leadId } });
    await wish();
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it('takes a word where somebody typed better ones, which would go', async () => {
    const { accountId, viewer } = people;
    const typed = { kind: 'SUMMARY' as const, text: 'They want Friday.' };
    await desk.db.prisma.leadInsight.create({
      data: { accountId, id: randomUUID(), leadId, ...typed },
    });
    const queued: object[] = [];
    expect(await wish(viewer, queued)).toMatchObject({
      ...{ lead: null, userErrors: [{ code: 'WRONG_STATE', field: ['replaceReviewed'] }] },
    });
    expect(queued).toEqual([]);
    await wish(viewer, queued, { replaceReviewed: true });
    expect(queued).toHaveLength(1);
  });
});
