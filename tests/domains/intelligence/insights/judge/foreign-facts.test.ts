// Claims about talks in other languages than English: their numbers in words, days and months were said, and nothing is turned.
import { describe, expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';
import type { WrittenInsight } from '#platform/ai/index.ts';

const TALKS: Readonly<Record<string, string>> = {
  es: 'Podemos ir el viernes por la mañana, dos personas. La visita no es gratis.',
  de: 'Wir berechnen keine Anfahrt. Wir kommen am Freitag, den ersten März.',
  fr: 'Ce n’est pas gratuit, la visite. Nous venons vendredi, le deux mars.',
  it: 'La visita non è gratuita. Veniamo venerdì.',
  pt: 'A visita não é gratuita. Vamos na sexta-feira.',
  nl: 'Wij rekenen geen voorrijkosten. Wij komen vrijdag.',
  pl: 'Przyjedziemy w piątek.',
};
const KINDS: WrittenInsight['kind'][] = ['SUMMARY', 'ACTION_PLAN', 'FOLLOW_UP_EMAIL'];
const kept = (language: string, text: string) => {
  const said = TALKS[language] ?? '';
  const judge = openJudge({
    segments: [{ n: 0, text: said, speaker: 'AGENT' }],
    business: 'Acme',
    language,
  });
  return KINDS.filter((kind) => judge.keep({ text, n: 0, quote: said, score: null }, kind));
};

describe('true', () => {
  it.each([
    ['es', 'Podemos ir el viernes por la mañana.'],
    ['es', 'Van dos personas el viernes.'],
    ['es', 'La visita no es gratis.'],
    ['de', 'Wir kommen am Freitag.'],
    ['de', 'Wir berechnen keine Anfahrt.'],
    ['fr', 'Nous venons vendredi.'],
    ['it', 'Veniamo venerdì.'],
    ['pt', 'Vamos na sexta-feira.'],
    ['nl', 'Wij komen vrijdag.'],
    ['pl', 'Przyjedziemy w sobotę.'],
  ])('%s: %s', (language, text) => {
    expect(kept(language, text)).toEqual(KINDS);
  });
});

describe('false', () => {
  it.each([
    ['es', 'Podemos ir el lunes por la mañana.'],
    ['es', 'Le devolveremos mil dólares.'],
    ['es', 'Van tres personas el viernes.'],
    ['es', 'La visita es gratis.'],
    ['de', 'Wir kommen am Montag.'],
    ['de', 'Wir berechnen Anfahrt.'],
    ['de', 'Wir kommen am Freitag im April.'],
    ['fr', 'C’est gratuit pour vous.'],
    ['fr', 'Nous venons mardi.'],
    ['it', 'La visita è gratuita.'],
    ['pt', 'A visita é gratuita.'],
    ['nl', 'Wij rekenen voorrijkosten.'],
  ])('%s: %s', (language, text) => {
    expect(kept(language, text)).toEqual([]);
  });

  it('of a language that is none nothing is known, whatever an object has by that name', () => {
    const said = 'No es gratis.';
    const segments = [{ n: 0, text: said, speaker: 'AGENT' }];
    const { keep } = openJudge({ segments, business: 'Acme', language: 'constructor' });
    expect(keep({ text: said, n: 0, quote: said, score: null }, 'SUMMARY')).not.toBeNull();
  });

  it('a mail tells no number that only the customer told', () => {
    const segments = [
      { n: 0, text: 'Ustedes me devuelven mil dólares.', speaker: 'CALLER' },
      { n: 1, text: 'Gracias, hasta el viernes.', speaker: 'AGENT' },
    ];
    const { keep } = openJudge({ segments, business: 'Acme', language: 'es' });
    const told = { text: 'Le devolvemos mil dólares.', n: 1, quote: 'Gracias', score: null };
    expect(keep(told, 'FOLLOW_UP_EMAIL')).toBeNull();
  });
});
