// The classes beside SECURE: what each takes out, what it leaves, and that SECURE's labels stay whatever is asked for.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { REDACTION_CLASSES } from '#values/redaction-classes.ts';
import { talk } from './redact-support.ts';

const read = (lines: string[], ...classes: Parameters<typeof redactTranscript>[1] & object) =>
  redactTranscript(talk(...lines), classes).segments.map(({ text }) => text);

describe('PERSONAL', () => {
  it.each([
    ['A: My name is Robert Hill and I have a leak', 'My name is [NAME] and I have a leak'],
    ['A: my last name is Hill.', 'my last name is [NAME].'],
    ['A: I live at 42 Oak Street apartment 5.', 'I live at [ADDRESS].'],
    ['A: it is forty two eleven Oak Street in Boston', 'it is [ADDRESS] in Boston'],
    ['A: my zip code is 94110', 'my zip code is [ADDRESS]'],
    ['A: it is 415 555 0198 or +1 212 555 0142', 'it is [PHONE_NUMBER] or [PHONE_NUMBER]'],
    ['A: call me at five five five oh one nine eight', 'call me at [PHONE_NUMBER]'],
    ['A: my email is jane dot hill at gmail dot com okay', 'my email is [EMAIL] okay'],
    ['A: mail jane.hill@example.com or jane at gmail.com', 'mail [EMAIL] or [EMAIL]'],
    ['A: I was born on May fifth nineteen eighty two', 'I was born on [BIRTH_DATE]'],
    ['A: born on the eleventh of May uh eighty two', 'born on the [BIRTH_DATE]'],
    ['A: to jane uh hill at mail mail dot com', 'to [EMAIL]'],
    ['A: j hill 42 at harbor dot org please', '[EMAIL] please'],
    ['A: my name is Mrs. Anna uh Hill', 'my name is [NAME]'],
    ['A: my name is anna hill and i have a leak', 'my name is [NAME] and i have a leak'],
    [
      'A: Hi, this is Anna Hill calling about the roof.',
      'Hi, this is [NAME] calling about the roof.',
    ],
    ['A: It is under Hill, for Monday.', 'It is under [NAME], for Monday.'],
    ['A: Please ask for Mr. Hill.', 'Please ask for [NAME].'],
  ])('%s', (said, remains) => {
    expect(read([said], 'PERSONAL')).toEqual([remains]);
  });

  it('finds the date of birth that the other side asked for', () => {
    const lines = ['B: And your date of birth?', 'A: March 4th, 1982.'];
    expect(read(lines, 'PERSONAL')).toEqual(['And your date of birth?', '[BIRTH_DATE].']);
  });

  it.each([
    ['B: Can I get your name?', 'A: Sure, it is Anna Hill.', 'Sure, it is [NAME].'],
    ['B: Who am I speaking with?', 'A: Anna.', '[NAME].'],
    ['B: what is your name', 'A: anna hill', '[NAME]'],
    ['B: What is your zip?', 'A: nine four one oh two.', '[ADDRESS].'],
  ])('finds what was asked for: %s', (question, answer, remains) => {
    expect(read([question, answer], 'PERSONAL')).toEqual([question.slice(3), remains]);
  });

  it.each([
    ['B: Can I get your name?', 'A: Why do you need that?'],
    ['B: Can I get your name?', 'A: Sure, one moment.'],
    ['B: Your name is in the list.', 'A: Great, thank you.'],
    ['B: What is your zip?', 'A: Do you charge $1,500 for that?'],
  ])('leaves what is no answer: %s %s', (question, answer) => {
    expect(read([question, answer], 'PERSONAL')).toEqual([question.slice(3), answer.slice(3)]);
  });

  it.each([
    'A: we come at nine thirty and it is $89',
    'A: This is Harbor Plumbing, can I help you?',
    'A: this is about the roof, my name is on the list',
    'A: You find us at harbor dot com, it is on the site at harbor dot com',
    'A: This is Monday again, and it is under the sink',
    'A: the name of the street is not on the map',
    'A: I was there on May 5, two of us',
    'A: look at the dot on the map',
    'A: it takes 20 minutes on the highway',
  ])('leaves: %s', (said) => {
    expect(read([said], 'PERSONAL')).toEqual([said.slice(3)]);
  });
});

describe('MEDICAL', () => {
  it('takes out what its list names, by one word or several', () => {
    const said = ["A: I have diabetes, high blood pressure and Alzheimer's, and take Metformin."];
    expect(read(said, 'MEDICAL')).toEqual(['I have [MEDICAL] and [MEDICAL], and take [MEDICAL].']);
  });

  it.each([
    ['A: I take tramedol and lysinopril', 'I take [MEDICAL] and [MEDICAL]'],
    ['A: it is lung uh cancer they say', 'it is [MEDICAL] they say'],
    [
      'A: since my knee surgery and the M.R.I. or MRI',
      'since my [MEDICAL] and the M.R.I. or [MEDICAL]',
    ],
    ['A: I was diagnosed with Wilson spots, last May', 'I was diagnosed with [MEDICAL], last May'],
    ['A: he is allergic to something', 'he is allergic to something'],
  ])('also where it is misheard or told as such: %s', (said, remains) => {
    expect(read([said], 'MEDICAL')).toEqual([remains]);
  });

  it.each([
    'A: it is cold, take a shot, my heart is set on the blue one',
    'A: there is a depression in the driveway, and the back door replacement is at the heart of it',
  ])('leaves what also means something else: %s', (said) => {
    expect(read([said], 'MEDICAL')).toEqual([said.slice(3)]);
  });
});

describe('ALL_DIGITS', () => {
  it('leaves no number, said or written, a price or a time', () => {
    const said = ['A: at 9:30 it is $89, on the 21st, two rooms, apartment 4B'];
    expect(read(said, 'ALL_DIGITS')[0]).not.toMatch(/\d|two/);
  });
});

describe('all of them together', () => {
  const lines = [
    'B: your card number?',
    'A: four two four two four two four two four two four two',
  ];

  it('leave the label of what is secret', () => {
    expect(read(lines, ...REDACTION_CLASSES)).toEqual(['your card number?', '[CARD_NUMBER]']);
  });

  it('hide nothing more when they are gone through again', () => {
    const said = talk('A: My name is Ann Hill, 415 555 0198, I have asthma and $20', ...lines);
    const once = redactTranscript(said, REDACTION_CLASSES);
    const twice = redactTranscript(once.segments, REDACTION_CLASSES);
    expect(twice).toEqual({ segments: once.segments, redactions: [] });
  });
});
