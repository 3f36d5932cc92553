// Keywords in other languages and scripts than English.
import { expect, it } from 'vitest';
import { matchWritten } from '#domains/automation/match-written.ts';
import {
  type Keyword,
  matchKeywords,
} from '#domains/intelligence/keywords/matching/match-keywords.ts';

const placesOf = (text: string, match: Keyword['match'], talk: string) =>
  matchKeywords([{ text, match, speaker: 'ANY' }])({ speaker: 'CALLER', text: talk }).map(
    ({ wordIndex, wordCount }) => `${wordIndex}+${wordCount}`,
  );

it.each([
  ['STEM', '水漏れ', '台所で水漏れがあります。', ['0+1']],
  ['EXACT', '水漏れ', '台所 で 水 漏れ が ある', ['2+2']],
  ['EXACT', '漏水', '厨房漏水了， 还在漏水', ['0+1', '1+1']],
  ['PREFIX', '水漏*', '水漏れ', ['0+1']],
  ['STEM', 'น้ำรั่ว', 'ที่บ้านน้ำรั่ว ครับ', ['0+1']],
  ['EXACT', '修理', '台所で水漏れ', []],
  ['EXACT', 'पानी', 'पानी टपक रहा है', ['0+1']],
  ['EXACT', 'पानी', 'मुझे पीना है', []],
  ['EXACT', 'कल', 'काला कोला किला', []],
  ['STEM', 'कल', 'मैं कल, फिर', ['1+1']],
  ['EXACT', 'eau', "de l’eau, une fuite d'eau", ['1+1', '4+1']],
  ['EXACT', "l'eau", 'de l’eau', ['1+1']],
  ['STEM', 'acqua', "una perdita dell'acqua", ['2+1']],
  ['STEM', 'fuite d’eau', "une fuite d'eau", ['1+2']],
  ['EXACT', 'Strasse', 'in der Straße', ['2+1']],
  ['EXACT', 'Straße', 'in der STRASSE', ['2+1']],
  ['EXACT', 'clock', "at five o'clock", []],
] as const)('%s %s in "%s"', (match, text, talk, places) => {
  expect(placesOf(text, match, talk)).toEqual(places);
});

it.each([
  ['पानी', 'मुझे पीना है', false],
  ['पानी', 'पानी चाहिए', true],
  ['が', 'か', false],
  ['水', '水漏れ', true],
  ['é', 'e', true],
  ['cafe', 'CAFÉ', true],
  ['άδεια', 'αδεια', true],
  ['👍', 'ok 👍🏽', true],
  ['❤️', 'I ❤️ it', true],
  ['❤️', 'I 👍 it', false],
  ['eau', "l'eau", true],
])('a rule that asks for %s in "%s": %s', (value, text, is) => {
  expect(matchWritten([value])(text)).toBe(is);
});
