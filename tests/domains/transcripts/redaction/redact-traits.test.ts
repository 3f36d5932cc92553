// What PERSONAL takes out of what people are, their age, religion and party, and what of such words stays.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines), ['PERSONAL']).segments.map(({ text }) => text);

describe('an age', () => {
  it.each([
    ['I am 67 years old.', 'I am [AGE] years old.'],
    ['She turned forty in May', 'She turned [AGE] in May'],
    ['my son is nine', 'my son is [AGE]'],
    ['I am uh sixty sixty seven, so', 'I am uh [AGE], so'],
    ['my mother’s 84', 'my mother’s [AGE]'],
    ['my wife, who is 71, fell', 'my wife, who is [AGE], fell'],
    ['my 67 year old mother fell', 'my [AGE] year old mother fell'],
    ['my nine-year-old is sick', 'my [AGE] is sick'],
    ['she is in her late 70s', 'she is in her late [AGE]'],
    ['My daughter is six months old', 'My daughter is [AGE] months old'],
    ['my kids are four and nine', 'my kids are [AGE] and [AGE]'],
    ['they are three and five years old', 'they are [AGE] and [AGE] years old'],
    ['it is for two kids, six and eight', 'it is for two kids, [AGE] and [AGE]'],
    ['he passed away at the age of 84', 'he passed away at the age of [AGE]'],
    ['I am 30 now and I’ll be 31 in June', 'I am [AGE] now and I’ll be [AGE] in June'],
  ])('goes: %s', (said, remains) => {
    expect(read(`A: ${said}`)).toEqual([remains]);
  });

  it.each([
    ['How old is your daughter?', 'She is nine, I think.', 'She is [AGE], I think.'],
    ['And your age, sir?', 'Oh, seventy two.', 'Oh, [AGE].'],
    ['How old are the kids?', 'Four and nine.', '[AGE] and [AGE].'],
  ])('goes where it was asked for: %s %s', (question, answer, remains) => {
    expect(read(`B: ${question}`, `A: ${answer}`)).toEqual([question, remains]);
  });

  it.each([
    ['How old is the roof?', 'It is 25 years old.'],
    ['What is the age of the unit?', 'Fifteen.'],
    ['How old are you?', 'Twenty minutes is too long, you know.'],
  ])('is not what is said of a thing: %s %s', (question, answer) => {
    expect(read(`B: ${question}`, `A: ${answer}`)).toEqual([question, answer]);
  });

  it.each([
    'the building is 40 years old',
    'it has a ten year warranty',
    'I have a 20 year old roof',
    'My cat turned nine last week and the dog is six months old',
    'The company turned fifty this year',
    'He is 20 minutes out, and I am 5 miles from you',
    'I am 40 percent sure',
    'we are four and need a table',
    'she is one of our techs, number nine in line',
    'he was two blocks away, and turned 90 degrees left',
    'you must be over the age of 18',
    'for ages five to nine',
    'they are 50 dollars each',
    'my bill was 67 and now it is 80',
    'I am nine months pregnant and she is five foot two',
  ])('stays: %s', (said) => {
    expect(read(`A: ${said}`)).toEqual([said]);
  });
});

describe('a religion or a party', () => {
  it.each([
    ['I’m Catholic', 'I’m [RELIGION]'],
    [
      'we keep kosher, and only eat halal at home',
      'we keep [RELIGION], and only eat [RELIGION] at home',
    ],
    [
      'My wife is Jewish and she keeps the Sabbath',
      'My wife is [RELIGION] and she keeps [RELIGION]',
    ],
    ['I was raised Baptist but I am an atheist', 'I was raised [RELIGION] but I am an [RELIGION]'],
    ['we are a Muslim family', 'we are a [RELIGION] family'],
    ['They are Jehovah’s Witnesses.', 'They are [RELIGION].'],
    ['I converted to Islam last year', 'I converted to [RELIGION] last year'],
    ['I vote Republican', 'I vote [POLITICS]'],
    ['I’m a registered Democrat', 'I’m a registered [POLITICS]'],
    ['I voted for Trump', 'I voted for [POLITICS]'],
    ['he is a conservative', 'he is a [POLITICS]'],
    ['I joined the Libertarian Party', 'I joined the [POLITICS] Party'],
  ])('goes: %s', (said, remains) => {
    expect(read(`A: ${said}`)).toEqual([remains]);
  });

  it.each([
    ['What is your religion?', 'Oh, Buddhist.', 'Oh, [RELIGION].'],
    ['Are you registered with a party?', 'Yes, Republican.', 'Yes, [POLITICS].'],
  ])('goes where it was asked for: %s %s', (question, answer, remains) => {
    expect(read(`B: ${question}`, `A: ${answer}`)).toEqual([question, remains]);
  });

  it.each([
    'I was at the Methodist hospital on Main, by the Baptist church',
    'I am with Catholic Charities',
    'We are a Christian school on Main',
    'I read the Democrat and Chronicle',
    'I am with Republic Services',
    'We are independent contractors',
    'I am very conservative with money',
    'that is a conservative estimate',
    'I voted for the green one',
    'the Democratic Party keeps calling me',
    'we need a kosher menu for the wedding',
    'I lent him the ladder',
    'he is orthodox about wiring',
  ])('stays: %s', (said) => {
    expect(read(`A: ${said}`)).toEqual([said]);
  });
});

it('hides nothing more when it is gone through again', () => {
  const said = talk(
    'B: How old are you?',
    'A: I am 67, I am a Catholic, and my kids are four and nine.',
    'B: And are you registered with a party?',
    'A: As a Democrat, and my wife votes Republican.',
  );
  const once = redactTranscript(said, ['PERSONAL']);
  expect(once.redactions).toHaveLength(6);
  const twice = redactTranscript(once.segments, ['PERSONAL']);
  expect(twice).toEqual({ segments: once.segments, redactions: [] });
});
