// What a lead wrote in another language than English, to a company that has not said what is spoken there: numbers are hidden,
// and no language model is shown what may hold one in words that nobody knows.
import { beforeEach, expect, it } from 'vitest';
import { readHistory } from '#domains/intelligence/lead-insights/read-history.ts';
import { redactWritten } from '#domains/intelligence/lead-insights/written-lines.ts';
import { NOTHING, openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const SPANISH =
  'mi tarjeta es cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno y vence pronto';
const POLISH = 'moja karta to cztery jeden jeden jeden jeden jeden jeden jeden i jeszcze jeden';
const ARABIC = 'بطاقتي ٤١١١١١١١١١١١١١١١ شكرا جزيلا لكم';

let people: Awaited<ReturnType<typeof desk.settleLead>>;
beforeEach(async () => {
  people = await desk.settleLead();
  people.says({ json: NOTHING });
  await people.calls();
});

it.each([SPANISH, POLISH, ARABIC])('%s goes nowhere', async (text) => {
  await people.texts(text, 'Thank you, we will look at it and call you back.');
  await people.draw();
  expect(desk.server.asked).toEqual([]);
});

it('English goes, with few words beside it', async () => {
  await people.texts('Can you come on Friday at 9? I am at home all day.', 'Sure', 'ok thanks');
  await people.draw();
  expect(desk.server.asked[0]?.data).toContain('Friday at 9');
});

it('the numbers are hidden from the rules of this server, too', async () => {
  await people.texts(SPANISH, 'Gracias');
  const { accountId, leadId } = people;
  const history = await readHistory(desk.db, accountId, leadId);
  const words = JSON.stringify(history?.turns);
  expect(words).toContain('mi tarjeta es [DIGITS]');
  expect(words).not.toContain('uno');
});

const written = (texts: string[], language: string | null = null) =>
  redactWritten(
    texts.map((text) => ({ text, isOurs: false })),
    { classes: [], language },
  );

it.each([
  ['my card number is ٤١١١ ١١١١ ١١١١ ١١١١, can you charge it', '[CARD_NUMBER]'],
  ['my card number is ４１１１１１１１１１１１１１１１, can you charge it', '[CARD_NUMBER]'],
])('figures of other scripts are figures in English: %s', (text, label) => {
  expect(written([text], 'en')[0]?.text).toContain(label);
});

const ENGLISH = 'Hello there, I would like to know when you can come and look at it, please.';
it.each([
  [[ENGLISH, ENGLISH, ENGLISH], 'en'],
  [['Sure, we will, Ada.'], 'en'],
  [['Friday at 9 works'], 'en'],
  [[ENGLISH, ENGLISH, ENGLISH, SPANISH], null],
  [['es cuatro uno uno uno', 'uno uno'], null],
  [['то есть четыре'], null],
])('%j are redacted as %s', (texts, as) => {
  expect(new Set(written(texts).map(({ redactedAs }) => redactedAs))).toEqual(new Set([as]));
});
