// A lead who spoke more than one language: each conversation is read, and judged, in its own.
import { expect, it } from 'vitest';
import { READING } from '../insights/assist-desk.ts';
import { LINES } from '../insights/insight-desk.ts';
import { NOTHING, openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const VOICEMAIL = ['C: Hola, soy Marta, por favor llame otra vez por la fuga de la cocina.'];

it('a voicemail in Spanish hides no call in English from the rules', async () => {
  const { calls, draw, shown, failure } = await desk.settleLead();
  await calls(LINES, 'en-US');
  await calls(VOICEMAIL, 'es');
  expect(await draw(false)).toBe('drawn');
  const { SUMMARY, ACTION_PLAN } = await shown();
  expect(SUMMARY).toMatchObject({ engine: 'extractive' });
  expect(SUMMARY.text).not.toContain('Hola');
  const tasks = ACTION_PLAN.items.map(({ quote }: { quote: string }) => quote);
  expect(tasks).toContain('We will text you when the technician is on the way.');
  expect(await failure()).toBeNull();
});

it.each([
  ['a call', ['C: Hello, can you call me back, please?']],
  ['nothing', null],
])('with %s in English there is too little for the rules', async (_what, lines) => {
  const { calls, texts, draw, failure } = await desk.settleLead();
  if (lines) await calls(lines, 'en');
  await calls(VOICEMAIL, 'es');
  await texts('Gracias por todo.', 'Gracias a usted.');
  expect(await draw(false)).toBe('LANGUAGE_UNSUPPORTED');
  expect(await failure()).toBe('LANGUAGE_UNSUPPORTED');
});

it('what a model says is judged in the language of the call that shows it', async () => {
  const { calls, draw, shown, says } = await desk.settleLead();
  await calls(LINES);
  await calls(VOICEMAIL, 'es');
  const sink = { n: 1, quote: 'I have a leak under my kitchen sink' };
  const summary = [
    ...READING.summary.slice(0, 1),
    { ...sink, text: 'Quentin has a leak.' },
    { text: 'Pide que la llamen.', n: LINES.length, quote: 'por favor llame otra vez' },
  ];
  says({ json: { ...NOTHING, summary } });
  expect(await draw()).toBe('drawn');
  const { SUMMARY } = await shown();
  expect(SUMMARY.items.map(({ text }: { text: string }) => text)).toEqual([
    'The kitchen sink leaks.',
    'Pide que la llamen.',
  ]);
});
