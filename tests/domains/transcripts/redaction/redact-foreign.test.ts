// Numbers in other languages than English: in figures and in words, and what may stay beside them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { knowsNumberWords } from '#domains/transcripts/redaction/rules/redact-number-words.ts';
import { talk } from './redact-support.ts';

const read = (language: string | null, ...lines: string[]) =>
  redactTranscript(talk(...lines), [], language).segments.map(({ text }) => text);
const one = (language: string | null, text: string) => read(language, `A: ${text}`)[0];

/** 0 to 9, and some more, as people write them. */
const SPOKEN = {
  es: {
    digits: 'cero uno dos tres cuatro cinco seis siete ocho nueve',
    others: ['veintiún', 'dieciséis', 'cuarenta y cinco', 'ciento veinte', 'doscientos', 'treinta'],
  },
  fr: {
    digits: 'zéro un deux trois quatre cinq six sept huit neuf',
    others: ['soixante-dix-sept', 'quatre-vingts', 'vingt et un', 'trente-deux', 'cent douze'],
  },
  de: {
    digits: 'null eins zwei drei vier fünf sechs sieben acht neun',
    others: [
      'siebenundvierzig',
      'einundzwanzig',
      'dreizehn',
      'dreißig',
      'zwölf',
      'zweihundertvier',
    ],
  },
  it: {
    digits: 'zero uno due tre quattro cinque sei sette otto nove',
    others: ['quarantotto', 'ventuno', 'novantasette', 'ventisei', 'centodue', 'trentatré'],
  },
  pt: {
    digits: 'zero um dois três quatro cinco meia sete oito nove',
    others: ['trinta e dois', 'dezesseis', 'dezanove', 'duzentos', 'quatrocentos e cinco'],
  },
  nl: {
    digits: 'nul één twee drie vier vijf zes zeven acht negen',
    others: ['zevenenveertig', 'drieëntwintig', 'eenentachtig', 'zestien', 'tweehonderd'],
  },
};
const tongues = Object.entries(SPOKEN).map(
  ([language, { digits, others }]) => [language, digits.split(' '), others] as const,
);

describe.each(tongues)('in %s', (language, digits, others) => {
  it('a card goes however it is said, and leaves none of its words', () => {
    const part = fc.oneof(
      fc.tuple(fc.constant(1), fc.constantFrom(...digits)),
      fc.tuple(fc.constant(2), fc.constantFrom(...others)),
      fc.tuple(fc.constant(2), fc.constantFrom('45', '03', '1488')),
    );
    const between = fc.constantFrom('', '', '', 'eh', 'mhm', 'eh ah hm');
    const said = fc.array(fc.tuple(part, between), { minLength: 5, maxLength: 16 });
    fc.assert(
      fc.property(said, (parts) => {
        const words = parts.flatMap(([[, word], filler]) => [word, filler]).filter(Boolean);
        const left = one(language, `Bla ${words.join(' ')} bla`);
        expect(left?.replace(/\[(?:DIGITS|CARD_NUMBER)\]/g, '')).toMatch(
          /^Bla(?:\s|eh|ah|hm|mhm)*bla$/,
        );
      }),
      { seed: 20_261_127, numRuns: 300 },
    );
  });

  it('each of its numbers is one, with capitals and marks, too', () => {
    for (const word of others) {
      expect(one(language, `Bla ${word.toUpperCase()}, bla`)).toBe('Bla [DIGITS], bla');
    }
  });
});

describe('what was said in Spanish', () => {
  it('is hidden without a word that asks for it, on both sides, over segments', () => {
    expect(
      read(
        'es-MX',
        'B: Deme el número de la tarjeta, por favor.',
        'A: Cuatro cinco tres nueve',
        'B: Cuatro cinco tres nueve, sí.',
        'A: catorce ochenta y ocho cero tres cuarenta y tres',
        'A: y el código de seguridad es 123.',
      ),
    ).toEqual([
      'Deme el número de la tarjeta, por favor.',
      '[DIGITS]',
      '[DIGITS], sí.',
      '[DIGITS]',
      'y el código de seguridad es [DIGITS].',
    ]);
  });

  it.each([
    ['Somos dos personas.', 'Somos dos personas.'],
    ['Tengo una fuga en el baño, mil gracias.', 'Tengo una fuga en el baño, mil gracias.'],
    ['Cuesta 89 € por visita.', 'Cuesta 89 € por visita.'],
    ['Son $120.50, o 80 pesos sin factura.', 'Son $120.50, o 80 pesos sin factura.'],
    ['Son ciento ochenta y nueve euros.', 'Son ciento ochenta y nueve euros.'],
    ['Las dos noches son 240 euros.', 'Las dos noches son 240 euros.'],
    // a group of a card has four digits, and one that is told as money may go on
    ['Son 1.200 euros.', 'Son [DIGITS] euros.'],
    ['Es $453 eh $914 eh $880.', 'Es [DIGITS].'],
    ['Es 45 39 14 euros.', 'Es [DIGITS] euros.'],
    // times and dates may be an expiry
    ['Vence el 12:30.', 'Vence el [DIGITS].'],
    ['El 27 de noviembre de 2026.', 'El [DIGITS] de noviembre de [DIGITS].'],
    ['Cuatro, eh, a ver un momento, cinco.', '[DIGITS], eh, a ver un momento, [DIGITS].'],
    ['Marque uno o dos.', 'Marque [DIGITS] o [DIGITS].'],
  ])('%s is read as %s', (said, left) => {
    expect(one('es', said)).toBe(left);
  });

  it('may be in English, which is hidden as in English, and in words without a cue, too', () => {
    expect(one('es', 'My card is 4539 1488 0343 6467.')).toBe('My card is [CARD_NUMBER].');
    expect(one('es', 'It is four five three nine.')).toBe('It is [DIGITS].');
  });

  it('is hidden once: what stands beside a label goes with it', () => {
    const once = redactTranscript(talk('A: es 4539 1488 eh tres'), [], 'es').segments;
    expect(once[0]?.text).toBe('es [DIGITS]');
    expect(redactTranscript(once, [], 'es')).toEqual({ segments: once, redactions: [] });
    expect(one('es', 'es [CARD_NUMBER] tres')).toBe('es [CARD_NUMBER] [DIGITS]');
  });
});

it('of a language whose words are not known the figures go, of any script', () => {
  expect(one('pl', 'Numer karty to 4539 i 1488.')).toBe('Numer karty to [DIGITS] i [DIGITS].');
  expect(one('hi', 'नंबर ४५३९ १४८८ है')).toBe('नंबर [DIGITS] है');
  expect(one('zh', '我的卡号是4539148803436467')).not.toMatch(/\d/);
  expect(one('pl', 'cztery pięć trzy')).toBe('cztery pięć trzy');
  expect(['pl', 'zh-TW', 'ca'].map(knowsNumberWords)).toEqual([false, false, false]);
  expect(['en-US', 'es', 'pt-BR', 'NL'].map(knowsNumberWords)).toEqual(Array(4).fill(true));
});

describe('where nobody knows the language', () => {
  const said = ['B: What is the number that you have on your bill, please?', 'A: Son las 10 o 11.'];

  it('a side that reads as English is read so, and the other one hides every number', () => {
    const agent = 'B: What is it that I can do for you? We have got 15 of them for $1,200.';
    expect(read(null, agent, ...said)).toEqual([
      agent.slice(3),
      said[0]?.slice(3),
      'Son las [DIGITS] o [DIGITS].',
    ]);
  });

  it.each([
    'vierundzwanzig',
    'quatre-vingt-dix',
    'quarantadue',
    'drieëntwintig',
    'veintidós',
    'twenty four',
  ])('%s is a number', (word) => {
    expect(one(null, word)).toBe('[DIGITS]');
  });
});

it('English stays as it is', () => {
  const lines = ['A: I need 15 of them at 10:30, and my number is 415 555 0134.'];
  expect(read('en-GB', ...lines)).toEqual(
    redactTranscript(talk(...lines)).segments.map((s) => s.text),
  );
});

it('a word of any length is read at once', () => {
  const long = `${'achtzehn'.repeat(600)}x`;
  expect(one(null, long)).toBe(long);
});
