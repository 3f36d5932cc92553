// Which texts are nearly the same: series with names, numbers and links exchanged, and what people write by themselves.
import { expect, it } from 'vitest';
import { areAlike, wordsOf } from '#domains/messages/text-words.ts';
import { withNotice } from '#domains/messages/with-notice.ts';

const alike = (one: string, other: string) => areAlike(wordsOf(one), wordsOf(other));
const NAMES =
  'Ann Bob Cy Dee Ed Flo Gus Hal Ida Jo Kim Lee Mo Ned Oz Pam Quin Ray Sue Tom Uma Vic Wes Xi Yan Zoe';

it('letters in series are, whatever name, number or link is put in', () => {
  const series = NAMES.split(' ').map(
    (name, n) => `Hi ${name}! 20% off every new door until June ${n + 1}: https://x.example/${n}`,
  );
  for (const one of series) expect(alike(series[0] as string, one)).toBe(true);
  expect(alike('Hi Ann Smith, your door is ready', 'Hi Bob O’Hara, your door is ready!')).toBe(
    true,
  );
  expect(alike('ON MY WAY', 'on my way!!')).toBe(true);
});

it.each([
  (name: string) => `Hi ${name}, big sale today!`,
  (name: string) => `Hi ${name} big sale`,
  (name: string) => `${name} your door waits`,
  (name: string) => `Big sale today, dear ${name}`,
  (name: string) => `Good morning ${name}! Sale`,
  (name: string) => `Hey, ${name}: 20% off`,
  (name: string) => `Dear ${name}\nSale today`,
])('short ones are, too: case %#', (letterTo) => {
  for (const name of NAMES.split(' ')) expect(alike(letterTo('Ann'), letterTo(name))).toBe(true);
});

it('a greeting with nothing behind it is what the text says', () => {
  expect(wordsOf('Hi Ann!')).toEqual(['hi', 'ann']);
  expect(wordsOf('Hello')).toEqual(['hello']);
  expect(wordsOf('High five, Ann')).toEqual(['high', 'five', 'ann']);
});

it.each([
  ['Your door is ready, come by when you like', 'We close at five today because of the snow'],
  ['On my way', 'On our way'],
  ['Hi Ann, on my way', 'Hi Bob, on our way'],
  ['Come by at noon', 'We close at noon'],
  ['It is ready today, yes', 'It comes next Monday, yes'],
  ['Yes', 'No'],
  ['👍', '🎉'],
  ['', ''],
])('%j and %j are not', (one, other) => {
  expect(alike(one, other)).toBe(false);
});

it('what the service adds to first texts makes none alike', () => {
  const first = (text: string) => withNotice(text, 'Bluebird Garage Doors of Springfield');
  expect(alike(first('Yes we can do that'), first('It costs two hundred'))).toBe(false);
  expect(alike(first('On my way'), 'On my way')).toBe(true);
});

it.each([
  ['Hello', 'Hello\nGarage Doors. Reply STOP to opt out.'],
  ['Garage doors here. Hello', 'Garage doors here. Hello\nReply STOP to opt out.'],
  ['Hello, text stop to end', 'Hello, text stop to end\nGarage Doors.'],
  ['GARAGE DOORS: hello. Stop ends it', 'GARAGE DOORS: hello. Stop ends it'],
  ['The bus stopped', 'The bus stopped\nGarage Doors. Reply STOP to opt out.'],
  ['', 'Garage Doors. Reply STOP to opt out.'],
])('a first text %j goes as %j', (text, expected) => {
  expect(withNotice(text, 'Garage Doors')).toBe(expected);
});

it('reads what was written to take long in one go', () => {
  const gaps = (sign: string) => wordsOf(`hi${sign.repeat(50_000)}.`);
  for (const sign of ['\n', ' ', ' ,', '\n,', '-']) expect(gaps(sign), sign).toEqual(['hi']);
});
