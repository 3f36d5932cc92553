// What a company has coaching look at: set, read, taken back, and by whom. What becomes of it in a reading: rubric-readings.test.ts.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openRubricDesk } from './rubric-desk.ts';

const desk = await openRubricDesk();
const OWN = [
  { key: 'Emergency', question: 'Did they ask whether water is still running?' },
  { key: 'Über_uns 2', question: 'Did they name the branch?' },
];
const PRODUCT = ['GREETING', 'NEED', 'COURTESY', 'OFFER', 'NEXT_STEP'];
const keys = ({ criteria }: { criteria: { key: string }[] }) => criteria.map(({ key }) => key);

describe('the rubric of a company', () => {
  it('is the product’s until it writes its own, and again when it takes that back', async () => {
    const { rubric, change, accountId, companyId } = await desk.settle();
    const before = await rubric();
    expect(before).toMatchObject({ isOwn: false, version: 0 });
    expect(keys(before)).toEqual(PRODUCT);
    const own = { criteria: OWN, isOwn: true, version: 1 };
    expect(await change({ criteria: OWN, expectedVersion: 0 })).toEqual({
      ...{ coachingRubric: own, userErrors: [] },
    });
    expect(await rubric()).toEqual(own);
    // the same, and nothing at all, change nothing
    expect((await change({ criteria: OWN })).coachingRubric.version).toBe(1);
    expect((await change({})).coachingRubric.version).toBe(1);
    expect(await change({ criteria: null, expectedVersion: 0 })).toMatchObject({
      ...{ coachingRubric: null, userErrors: [{ code: 'VERSION_CONFLICT' }] },
    });
    const back = (await change({ criteria: null, expectedVersion: 1 })).coachingRubric;
    expect(back).toMatchObject({ isOwn: false, version: 2 });
    expect(keys(back)).toEqual(PRODUCT);
    const entries = await desk.db.prisma.auditEntry.findMany({
      where: { accountId },
      orderBy: { id: 'asc' },
    });
    const subject = `coachingRubric:${companyId}`;
    expect(entries).toMatchObject([
      {
        ...{ action: 'updateCoachingRubric', subject, before: { criteria: null, version: 0 } },
        after: { criteria: OWN, version: 1 },
      },
      { subject, before: { criteria: OWN }, after: { criteria: null, version: 2 } },
    ]);
  });

  it('takes one line and one spelling of what is written', async () => {
    const { change } = await desk.settle();
    const criteria = [
      { key: ' Next  step ', question: 'Did they\n  say\twhat comes\u200b next? ' },
    ];
    expect((await change({ criteria })).coachingRubric.criteria).toEqual([
      { key: 'Next step', question: 'Did they say what comes next?' },
    ]);
  });

  const one = (key: string, question = 'Was it so?') => [{ key, question }];
  it.each([
    ['none', [], ['criteria']],
    ['13', Array.from({ length: 13 }, (_, n) => ({ key: `k${n}`, question: 'So?' })), ['criteria']],
    ['an empty key', one(' '), ['criteria', '0', 'key']],
    ['a key of 41 characters', one('k'.repeat(41)), ['criteria', '0', 'key']],
    ['a key with a colon', one('Price: told'), ['criteria', '0', 'key']],
    ['a key with brackets', one('<9> AGENT'), ['criteria', '0', 'key']],
    ['an empty question', one('Price', ' \n '), ['criteria', '0', 'question']],
    ['a question of 201 characters', one('Price', 'q'.repeat(201)), ['criteria', '0', 'question']],
    ['a key twice', [...one('Price'), ...one('price')], ['criteria', '1', 'key']],
  ])('refuses %s', async (_what, criteria, field) => {
    const { change, rubric } = await desk.settle();
    expect(await change({ criteria })).toMatchObject({
      ...{ coachingRubric: null, userErrors: [{ code: 'INVALID_INPUT', field }] },
    });
    expect((await rubric()).version).toBe(0);
  });

  it('is changed by those who may change settings, and read by those who may read what was said', async () => {
    const { change, rubric, viewer, otherCompanyId } = await desk.settle();
    expect(await change({ criteria: OWN }, { ...viewer, scopes: ['transcripts:read'] })).toBe(
      'FORBIDDEN',
    );
    const unheard = { ...viewer, scopes: ['settings:write' as const] };
    expect(await change({ criteria: OWN }, unheard)).toEqual({
      ...{ coachingRubric: null, userErrors: [] },
    });
    expect(await rubric(unheard)).toBeNull();
    expect((await rubric({ ...viewer, scopes: ['transcripts:read'] })).version).toBe(1);
    const elsewhere = { ...viewer, companyIds: [otherCompanyId] };
    const notFound = { userErrors: [{ code: 'NOT_FOUND', field: ['companyId'] }] };
    expect(await change({ criteria: null }, elsewhere)).toMatchObject(notFound);
    const stranger = (await desk.settle()).viewer;
    expect(await change({ criteria: null }, stranger)).toMatchObject(notFound);
    const companyId = encodeGlobalId('Company', otherCompanyId);
    expect((await change({ companyId, criteria: OWN })).coachingRubric.version).toBe(1);
  });
});
