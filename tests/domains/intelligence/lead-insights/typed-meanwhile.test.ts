// A lead for whose insights somebody types better words while its history is read again: those stand, unless whoever asked
// said that they may go.
import { beforeEach, expect, it } from 'vitest';
import { READING } from '../insights/assist-desk.ts';
import { openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const TYPED = 'They want us tomorrow.';

let lead: Awaited<ReturnType<typeof desk.settleLead>>;
beforeEach(async () => {
  lead = await desk.settleLead();
  await lead.calls();
  lead.says({ json: READING });
  await lead.drawOf(await lead.asked());
  // something new to read
  await lead.calls();
});
/** The model answers once somebody has typed better words. */
const typesMeanwhile = async () => {
  const { SUMMARY } = await lead.shown();
  lead.says(async () => {
    await lead.review({ insightId: SUMMARY.id, text: TYPED });
    return { json: READING };
  });
};
const summary = async () => (await lead.shown()).SUMMARY;

it('words typed while the model reads stand, which is told, and go with replaceReviewed alone', async () => {
  const { asked, drawOf, failure, told, leadId } = lead;
  const payload = await asked();
  await typesMeanwhile();
  expect(await drawOf(payload)).toBe('REVIEWED_MEANWHILE');
  const { length } = await told(`lead:${leadId}`);
  expect(await drawOf(payload)).toBe('REVIEWED_MEANWHILE');
  expect(await told(`lead:${leadId}`)).toHaveLength(length);
  expect(desk.server.asked).toHaveLength(1);
  expect(await summary()).toMatchObject({ text: TYPED, edited: true });
  expect(await failure()).toBe('REVIEWED_MEANWHILE');

  expect((await lead.ask()).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  const replacing = await asked({ replaceReviewed: true });
  await typesMeanwhile();
  expect(await drawOf(replacing)).toBe('drawn');
  expect(await summary()).toMatchObject({ edited: false, engine: 'openai' });
  expect(await failure()).toBeNull();
});

it('a model that fails then leaves them to no rules', async () => {
  const payload = await lead.asked();
  await lead.review({ insightId: (await summary()).id, text: TYPED });
  lead.says({ status: 401 });
  expect(await lead.drawOf(payload)).toBe('REVIEWED_MEANWHILE');
  expect(await summary()).toMatchObject({ text: TYPED, edited: true });
  expect(await lead.failure()).toBe('MODEL_REFUSED');
});

it('what is typed while it waits for the rules of this server stands, too', async () => {
  await lead.agree(false);
  const payload = await lead.asked();
  await lead.review({ insightId: (await summary()).id, text: TYPED });
  expect(await lead.drawOf(payload)).toBe('REVIEWED_MEANWHILE');
  expect(await summary()).toMatchObject({ text: TYPED, edited: true });
  expect(await lead.drawOf(await lead.asked({ replaceReviewed: true }))).toBe('drawn');
  expect(await summary()).toMatchObject({ edited: false, engine: 'extractive' });
});
