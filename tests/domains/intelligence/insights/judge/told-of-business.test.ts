// A mail may tell what is known of the business though nobody said it: its website and the numbers that it advertises, in
// links without a path, and nothing besides. A quote that leaves a "not" out is shown with its sentence.

import { expect, it } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { openAssistDesk, READING } from '../assist-desk.ts';
import { LINES } from '../insight-desk.ts';

const desk = await openAssistDesk();
const { prisma } = desk.db;

it('tells the website of the business, no other', async () => {
  const { read, write, agree, accountId, companyId } = await desk.settle();
  await agree();
  await prisma.site.create({
    data: {
      ...{ accountId, companyId, publishableKey: `sb_site_${newId()}` },
      ...{ domains: ['harbor.example'], createdAt: desk.clock.now(accountId) },
    },
  });
  const set = { n: 4, quote: 'You are all set.' };
  desk.server.answers({
    json: {
      ...READING,
      followUpEmail: {
        subject: 'www.harbor.example',
        sentences: [
          { text: 'See www.harbor.example for more.', ...set },
          { text: 'Pay at harbor.example/pay.', ...set },
          { text: 'See harbor-pay.example for more.', ...set },
          { text: 'Call (415) 555-0198.', ...set },
        ],
      },
    },
  });
  const one = await write();
  await desk.draw(one);
  const { insights } = await read(one.callId);
  const mail = insights.find(({ kind }: { kind: string }) => kind === 'FOLLOW_UP_EMAIL');
  expect(mail.items.map(({ text }: { text: string }) => text)).toEqual([
    'See www.harbor.example for more.',
  ]);
  expect(mail).toMatchObject({ subject: 'www.harbor.example', dropped: 3 });
});

it('a quote that leaves a "not" out is shown with its sentence', async () => {
  const { read, write, agree } = await desk.settle();
  await agree();
  const sentence = 'We do not charge for the visit at all.';
  const quote = 'charge for the visit at all';
  const text = 'There is no charge for the visit.';
  desk.server.answers({ json: { ...READING, summary: [{ text, n: 6, quote }] } });
  const one = await write([...LINES, `A: Good. ${sentence} Goodbye.`]);
  await desk.draw(one);
  const [summary] = (await read(one.callId)).insights;
  expect(summary.items).toMatchObject([{ text, quote: sentence }]);
});
