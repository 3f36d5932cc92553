// What is told long after it was asked for, or slowly: who reads a card by bad light takes more than a minute.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { findUnheard } from '#domains/transcripts/redaction/rules/redact-unheard.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);
const DIGIT = /\d|\b(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|twenty)\b/;

describe('a social security number that comes late is hidden', () => {
  it.each(['219099112', '219-099112', 'two one nine. Oh nine. Nine one one two.'])('%s', (said) => {
    const lines = ['B: And your social?', 'A: Let me get my folder.', `A 40s: Found it. ${said}`];
    expect(read(...lines)[2]).not.toMatch(DIGIT);
  });

  it.each([
    ['once one has come', ['A 5s: 219 09 9112', 'A 60s: My member id is 882133450']],
    ['once one was hidden before', ['A 5s: [SSN]', 'A 60s: My member id is 882133450']],
    ['after five minutes', ['A 310s: My member id is 882133450']],
    ['of another length', ['A 60s: I live at 2217 Elm, call 512 555 0173']],
  ])('and no other number, %s', (_when, lines) => {
    expect(read('B: And your social?', ...lines).at(-1)).toBe(
      lines.at(-1)?.replace(/^A \d+s: /, ''),
    );
  });
});

it('a card that is told slowly is hidden to its end, and what follows stays', () => {
  const slowly = [
    'B: Can I get the card number?',
    'A 20s: okay so it starts four five three two',
    'A 40s: sorry the light is terrible, then one one eight eight',
    'A 65s: now where was I, two two one oh',
    'A 92s: and then it is seven seven oh nine',
  ];
  expect(read(...slowly, 'A 115s: And I live by 2217 Elm').slice(1)).toEqual([
    expect.not.stringMatching(DIGIT),
    expect.not.stringMatching(DIGIT),
    expect.not.stringMatching(DIGIT),
    expect.not.stringMatching(DIGIT),
    'And I live by 2217 Elm',
  ]);
});

it('a window that nobody tells a card in is no longer for that', () => {
  const lines = ['B: which card?', 'A 40s: suite 2200', 'A 47s: suite 2300'];
  expect(read(...lines).at(-1)).toBe('suite 2300');
  const asked = ['B: which card?', 'B 35s: And your zip?', 'A 40s: 78745', 'A 55s: 2217 Elm'];
  expect(read(...asked).at(-1)).toBe('2217 Elm');
});

describe('what answers late goes, and what comes behind it stays', () => {
  it.each([
    ['And the expiration date?', 'It is oh eight twenty seven', 'Make it for 1020 people'],
    ['And the security code?', 'It is nine one nine', 'We are 204 people'],
  ])('%s', (question, answer, more) => {
    const said = read(`B: ${question}`, 'A: Hang on.', `A 55s: ${answer}`, `A 80s: ${more}`);
    expect(said[2]).not.toMatch(DIGIT);
    expect(said[3]).toBe(more);
  });
});

it('what nobody could write down is waited for as long', () => {
  const segments = talk(
    'B: Your social?',
    'A 90s: [unclear]',
    'B 100s: And the card number?',
    'A 130s: 4532',
    'A 155s: [unclear]',
  );
  expect(findUnheard(segments)).toEqual([segments[1], segments[4]]);
});
