// The words for numbers of the languages that recordings are most often written down in, beside English. Without accents, as
// they are compared.
import { DIGIT_WORDS, TEEN_WORDS, TENS_WORDS } from '#values/number-words.ts';

interface Tongue {
  /** what stands for one digit, and round words, which tell nothing alone: "mil gracias" */
  single: string;
  /** what stands for more */
  more: string;
  /** what is a part of longer words alone: "ein-und-zwanzig" */
  inner?: string;
  /** numbers and common words at once: "un", "sei". Beside another number they are one */
  beside: string;
  /** what may stand inside of a number: "treinta y dos" */
  joins: string;
}

// Who calls a business abroad may tell a number in English; "ten" is a word of Dutch, too.
const ENGLISH: Tongue = {
  single: `${DIGIT_WORDS.join(' ')} nought naught niner hundred thousand`,
  more: [...TEEN_WORDS, ...TENS_WORDS].filter((word) => word !== 'ten').join(' '),
  beside: 'ten oh double triple',
  joins: 'and',
};

const TONGUES: Readonly<Record<string, Tongue>> = {
  es: {
    single:
      'cero uno dos tres cuatro cinco seis siete ocho nueve cien ciento cientos cientas mil millon millones',
    more: 'diez once doce trece catorce quince dieci veinti veinte veintiun treinta cuarenta cincuenta sesenta setenta ochenta noventa quinientos quinientas setecientos setecientas novecientos novecientas',
    beside: 'un una doble triple',
    joins: 'y',
  },
  fr: {
    single: 'zero deux trois quatre cinq six sept huit neuf cent cents mille',
    more: 'dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante huitante octante nonante',
    beside: 'un une double triple',
    joins: 'et',
  },
  de: {
    single: 'null eins zwei zwo drei vier funf fuenf sechs sieben acht neun hundert tausend',
    more: 'zehn elf zwolf zwoelf sechzehn siebzehn zwanzig dreissig vierzig funfzig fuenfzig sechzig siebzig achtzig neunzig',
    inner: 'ein und',
    beside: 'ein eine einen einem einer doppel doppelt',
    joins: 'und',
  },
  it: {
    single: 'zero due tre quattro cinque sette otto nove cento mille mila',
    more: 'dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta vent trent quarant cinquant sessant settant ottant novant cent',
    inner: 'un uno sei',
    beside: 'un una uno sei doppio triplo',
    joins: 'e',
  },
  pt: {
    single:
      'zero dois duas tres quatro cinco seis sete oito nove cem cento centos centas mil milhao milhoes',
    more: 'dez onze doze treze quatorze catorze quinze dezesseis dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa duzentos duzentas trezentos trezentas quinhentos quinhentas',
    // "meia" is a six on the telephone
    beside: 'um uma meia dobro',
    joins: 'e',
  },
  nl: {
    single: 'nul twee drie vier vijf zes zeven acht negen honderd duizend',
    more: 'tien elf twaalf dertien veertien twintig dertig veertig vijftig zestig zeventig tachtig negentig',
    inner: 'een en',
    beside: 'een dubbel',
    joins: 'en',
  },
};

/** What a word is: one digit or a round number, more of a number, what may be one beside another, what joins them. */
export type NumberWord = 'SINGLE' | 'MORE' | 'BESIDE' | 'JOIN';

/** The words for numbers of a language; each word is asked about without accents and capitals. */
export type NumberWords = (word: string) => NumberWord | null;

/** longer ones are no number that anybody tells */
const LONGEST_WORD = 80;
const listOf = (words: string) => words.split(' ').filter(Boolean);

function readerOf(tongues: readonly Tongue[]): NumberWords {
  const all = (of: (tongue: Tongue) => string) =>
    new Set(tongues.flatMap((one) => listOf(of(one))));
  const single = all((one) => one.single);
  const inner = all((one) => one.inner ?? '');
  const beside = all((one) => one.beside);
  const joins = all((one) => one.joins);
  const whole = [...single, ...all((one) => one.more)];
  const anyOf = (words: Iterable<string>) => new RegExp(`^(?:${[...words].join('|')})+$`);
  const isNumber = anyOf([...whole, ...inner]);
  const isInnerOnly = anyOf(inner.size > 0 ? inner : ['(?!)']);
  return (word) => {
    if (single.has(word)) return 'SINGLE';
    if (beside.has(word)) return 'BESIDE';
    if (joins.has(word)) return 'JOIN';
    if (word.length > LONGEST_WORD || !isNumber.test(word) || isInnerOnly.test(word)) return null;
    return 'MORE';
  };
}

const READERS = new Map(
  Object.entries(TONGUES).map(([name, tongue]) => [name, readerOf([tongue, ENGLISH])]),
);
const OF_ANY = readerOf([...Object.values(TONGUES), ENGLISH]);
const OF_OTHERS = readerOf([ENGLISH]);

const nameOf = (tag: string) => /^[a-z]+/i.exec(tag)?.[0].toLowerCase() ?? '';

/** Whether a BCP 47 tag names English. */
export const isEnglish = (tag: string): boolean => nameOf(tag) === 'en';

/** Whether the words for numbers of a language, a BCP 47 tag, are known. */
export const knowsNumberWords = (tag: string): boolean =>
  isEnglish(tag) || READERS.has(nameOf(tag));

/**
 * The words for numbers of a language, with those of English.
 * @param tag a BCP 47 tag; of a language that is not known there are the English ones; null = nobody knows which: those of all
 */
export const numberWordsOf = (tag: string | null): NumberWords =>
  tag === null ? OF_ANY : (READERS.get(nameOf(tag)) ?? OF_OTHERS);
