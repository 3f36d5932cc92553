// One thing said may be written in several ways: numbers, signs, compounds, spellings, contractions. And what is written
// alike is not the same.
import { describe, expect, it } from 'vitest';
import {
  type Keyword,
  matchKeywords,
} from '#domains/intelligence/keywords/matching/match-keywords.ts';
import { numbersAt } from '#domains/intelligence/keywords/matching/match-numbers.ts';

const said = (text: string, match: Keyword['match'], talk: string) =>
  matchKeywords([{ text, match, speaker: 'ANY' }])({ speaker: 'CALLER', text: talk }).map(
    ({ wordIndex, wordCount }) =>
      talk
        .split(/\s+/)
        .slice(wordIndex, wordIndex + wordCount)
        .join(' '),
  );

describe('a keyword finds what is written otherwise', () => {
  it.each([
    // numbers
    ['EXACT', 'twenty four seven', 'open 24/7, 24-7', ['24/7,', '24-7']],
    [
      'EXACT',
      '24/7',
      'twenty-four seven, twenty four seven',
      ['twenty-four seven,', 'twenty four seven'],
    ],
    [
      'EXACT',
      '911',
      'nine one one, nine eleven, 9-1-1, 911',
      ['nine one one,', 'nine eleven,', '9-1-1,', '911'],
    ],
    ['EXACT', 'nine one one', 'call 911', ['911']],
    [
      'EXACT',
      '180',
      'one hundred eighty or one hundred and eighty',
      ['one hundred eighty', 'one hundred and eighty'],
    ],
    [
      'EXACT',
      '2500',
      'twenty five hundred, 2,500, two thousand five hundred',
      ['twenty five hundred,', '2,500,', 'two thousand five hundred'],
    ],
    ['STEM', 'first floor', 'on the 1st floor', ['1st floor']],
    ['EXACT', '21st', 'the twenty first', ['twenty first']],
    ['EXACT', '9:30', 'at nine thirty', ['nine thirty']],
    ['EXACT', '401k', 'a four oh one k, a 401(k)', ['four oh one k,', '401(k)']],
    ['EXACT', '10 am', '10am, 10 a.m. or ten am', ['10am,', '10 a.m.', 'ten am']],
    // signs
    [
      'EXACT',
      '$180',
      '180 dollars, one hundred eighty dollars, 180',
      ['180 dollars,', 'one hundred eighty dollars,', '180'],
    ],
    ['EXACT', 'eighty nine dollars', 'it is $89.', ['$89.']],
    ['EXACT', 'fifty percent', '50% off', ['50%']],
    ['EXACT', 'parts and labor', 'parts & labour', ['parts & labour']],
    [
      'EXACT',
      '$50',
      'fifty bucks or $50 for it. Just fifty, or 50',
      ['fifty', '$50', 'fifty,', '50'],
    ],
    ['EXACT', '$50 off', 'fifty off', ['fifty off']],
    ['EXACT', '50%', 'fifty percent of it, 50% more', ['fifty percent', '50%']],
    ['EXACT', '10%', '10 per cent off, ten per cent more', ['10 per cent', 'ten per cent']],
    ['EXACT', 'ten percent', '10 per cent', ['10 per cent']],
    ['EXACT', '3 60', 'three sixty', ['three sixty']],
    // compounds
    ['STEM', 'signup', 'sign up, sign-up, signups', ['sign up,', 'sign-up,', 'signups']],
    ['STEM', 'sign up', 'the signup', ['signup']],
    ['EXACT', 'voicemail', 'a voice mail', ['voice mail']],
    ['EXACT', 'all right', 'alright', ['alright']],
    ['EXACT', 'A/C', 'AC, A.C., the A C or A. C. is out', ['AC,', 'A.C.,', 'A C', 'A. C.']],
    ['STEM', 'AC', 'my A/C, a.c. and A C', ['A/C,', 'a.c.', 'A C']],
    ['EXACT', 'HVAC', 'H V A C, H.V.A.C., H/V/A/C', ['H V A C,', 'H.V.A.C.,', 'H/V/A/C']],
    ['STEM', 'H V A C', 'an HVAC', ['HVAC']],
    ['STEM', 'AT&T', 'AT and T, AT & T, AT&T', ['AT and T,', 'AT & T,', 'AT&T']],
    ['EXACT', 'R and R', 'R&R', ['R&R']],
    ['STEM', 'email', 'an e mail', ['e mail']],
    ['STEM', 'wifi', 'the wi fi', ['wi fi']],
    // spellings
    ['STEM', 'colour', 'colors, colored', ['colors,', 'colored']],
    ['EXACT', 'cancelled', 'canceled', ['canceled']],
    ['EXACT', 'cancellation', 'the cancelation', ['cancelation']],
    ['STEM', 'organise', 'organizing, organized', ['organizing,', 'organized']],
    ['EXACT', 'license', 'licence', ['licence']],
    ['EXACT', 'okay', 'OK', ['OK']],
    // forms
    ['STEM', 'do not call', 'please don’t call me', ['don’t call']],
    ['STEM', 'don’t call', 'do not call', ['do not call']],
    ['STEM', 'cannot', 'I can’t, I can not', ['can’t,', 'can not']],
    ['STEM', 'i am interested', 'I’m interested', ['I’m interested']],
    ['STEM', 'break', 'it broke, it is broken, breaking', ['broke,', 'broken,', 'breaking']],
    ['STEM', 'tooth', 'my teeth', ['teeth']],
    // of two words
    ['STEM', 'leave', 'when she leaves, she is leaving', ['leaves,', 'leaving']],
    ['STEM', 'leaves', 'leave, a leaf', ['leave,', 'leaf']],
  ] as const)('%s %s in "%s"', (match, text, talk, found) => {
    expect(said(text, match, talk)).toEqual(found);
  });
});

describe('a keyword does not find what only looks like it', () => {
  it.each([
    ['EXACT', 'hell', 'he’ll come'],
    ['EXACT', 'well', 'we’ll come'],
    ['EXACT', 'id', 'I’d come'],
    ['STEM', 'can', 'I can’t'],
    ['STEM', 'not', 'I don’t'],
    ['EXACT', 'do not call', 'don’t call'],
    ['STEM', 'business', 'we are busy'],
    ['STEM', 'evening', 'not even'],
    ['STEM', 'news', 'a new one'],
    ['STEM', 'use', 'call us'],
    ['STEM', 'one', 'hold on'],
    ['STEM', 'important', 'an import'],
    ['EXACT', '24', 'twenty. Four'],
    ['EXACT', '18', 'eighteen hundred? 180'],
    ['EXACT', 'signup', 'a sign. Up there'],
    ['STEM', 'sometimes', 'it takes some time'],
    ['STEM', 'useless', 'we use less'],
    ['PREFIX', 'signu*', 'sign up'],
    ['PREFIX', '24*', 'twenty four'],
    ['EXACT', 'dollars', '180'],
    ['EXACT', '$50', 'one hundred fifty dollars'],
    ['EXACT', '$50', 'fifty five dollars'],
    ['EXACT', '$50', 'fifty minutes, 50 people'],
    ['STEM', '100', 'one hundred fifty'],
    ['STEM', '50', 'a hundred, one hundred and fifty'],
    ['STEM', '20', 'twenty four seven'],
    ['STEM', '4 hours', 'twenty four hours'],
    ['STEM', '5', 'five hundred'],
    ['STEM', 'five', 'twenty five hundred'],
    ['STEM', '500', 'twenty five hundred'],
    ['STEM', '$5', 'in five minutes'],
    ['STEM', '1st', 'the twenty first'],
    ['STEM', '50%', 'fifty dollars'],
    ['STEM', '10%', '10 per hour, ten cents'],
    ['STEM', 'leave', 'a leaf'],
    ['EXACT', 'leave', 'she leaves'],
    ['PREFIX', 'leav*', 'a leaf'],
  ] as const)('%s %s in "%s"', (match, text, talk) => {
    expect(said(text, match, talk)).toEqual([]);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is a word', (word) => {
    expect(said(word, 'STEM', `a ${word} b`)).toEqual([word]);
  });
});

it('a keyword of many ways to read it is looked for at once', () => {
  const many = 'a-b c-d e-f g-h i-j k-l m-n o-p q-r s-t u-v w-x y-z';
  expect(said(many, 'EXACT', many.replaceAll('-', ''))).toHaveLength(1);
  const digits = Array.from({ length: 8 }, () => 'one').join(' ');
  expect(said(digits, 'EXACT', `${digits} ${digits}`).length).toBeGreaterThan(0);
});

describe('numbers', () => {
  it.each([
    ['seven', ['7']],
    ['seventy one', ['70', '71']],
    ['twenty four seven', ['20', '24']],
    ['three sixty five', ['3', '360', '365']],
    ['one hundred', ['1', '100']],
    ['five thousand two hundred and six', ['5', '5000', '5200', '5206', '5002']],
    ['oh one', []],
    ['and then', []],
  ])('%s', (words, figures) => {
    const found = numbersAt(words.split(' ')).map((one) => one.figures);
    expect(found.toSorted()).toEqual([...figures].toSorted());
  });
});
