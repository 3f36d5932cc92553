// What is to be hidden and still stands in a transcript is shown to no language model: its job waits for the redaction.
import { beforeEach, expect, it } from 'vitest';
import { updateCompany } from '#domains/accounts/update-company.ts';
import { READING } from '../insights/assist-desk.ts';
import { openLeadDesk } from '../lead-insights/lead-desk.ts';

const desk = await openLeadDesk();
const { prisma } = desk.db;

let people: Awaited<ReturnType<typeof desk.settleLead>>;
let one: Awaited<ReturnType<typeof people.calls>>;
beforeEach(async () => {
  people = await desk.settleLead();
  people.says({ json: READING });
  one = await people.calls();
});
const change = (data: object) =>
  prisma.transcript.updateMany({ where: { id: one.transcriptId }, data });
const wantMore = () => {
  const { viewer, companyId } = people;
  return updateCompany(desk, viewer, { companyId, redactionClasses: ['ALL_DIGITS'] });
};
const DUE: [string, () => Promise<unknown>][] = [
  ['its company wants more hidden', wantMore],
  ['older rules looked through it', () => change({ redactionVersion: 1 })],
  ['an edit told more', () => change({ redactionVersion: 0 })],
  [
    'its redaction was put off',
    () => change({ redactionVersion: 1, redactionRetryAt: new Date('2036-01-01') }),
  ],
];

it.each(DUE)('a call waits while %s', async (_why, make) => {
  await make();
  await expect(desk.draw(one)).rejects.toThrow('hidden');
  expect(desk.server.asked).toEqual([]);
  const { accountId } = people;
  expect(await prisma.modelRequest.count({ where: { accountId } })).toBe(0);
});

it.each(DUE)('a lead waits while %s', async (_why, make) => {
  await make();
  await expect(people.draw()).rejects.toThrow('hidden');
  expect(desk.server.asked).toEqual([]);
  expect((await people.ask()).userErrors).toMatchObject([
    { code: 'WRONG_STATE', message: expect.stringContaining('hidden') },
  ]);
});

it.each(DUE)('a lead is read by the rules, which send nothing, while %s', async (_why, make) => {
  await make();
  expect((await people.ask({ AI_MODEL: '' })).userErrors).toEqual([]);
  await people.agree(false);
  expect((await people.ask()).userErrors).toEqual([]);
  expect(await people.draw()).toBe('drawn');
  expect(desk.server.asked).toEqual([]);
});

it('what was hidden while it was asked about is not sent again', async () => {
  const where = { transcriptId: one.transcriptId, n: 1 };
  const text = 'Hi there. I have a leak under my kitchen sink. [MEDICAL]';
  people.says(async (_asked, n) => {
    if (n > 1) return { json: READING };
    await prisma.transcriptSegment.updateMany({ where, data: { text } });
    await change({ version: { increment: 1 } });
    return { text: 'That is in no form.' };
  });
  expect(await desk.draw(one)).toBe('drawn');
  const { asked } = desk.server;
  expect(asked).toHaveLength(2);
  expect(JSON.stringify(asked[0])).toContain('worried about the floor');
  expect(JSON.stringify(asked[1])).not.toContain('worried about the floor');
});
