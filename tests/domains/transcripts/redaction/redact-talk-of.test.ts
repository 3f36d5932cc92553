// Talk that names a card or social security and asks for neither: addresses, telephone numbers and prices behind it stay.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);
const AFTER = 'A: I live at 2217 Elm, zip 78745, and it was 412 dollars';

describe('talk of cards', () => {
  it.each([
    'Do you take credit cards?',
    "We don't take American Express but everything else.",
    'We take Visa and Mastercard.',
    "We don't need a card to book.",
    'You can pay by check or card when he comes.',
    'Card or cash is fine.',
    'I had my card stolen.',
    'I lost my credit card yesterday.',
    'I have bad credit.',
    'It is a debit from your checking.',
    'I lost my key card.',
    'My green card number has not come.',
    'What insurance card do you have?',
    'The video card is in stock.',
  ])('%s', (said) => {
    expect(read(`B: ${said}`, AFTER)).toEqual([said, AFTER.slice(3)]);
  });

  it.each([
    ['Do you take cards? Which card number?'],
    ['Credit or debit?'],
    ["I'll pay with debit"],
    ['Is it Visa or Mastercard?'],
    ['Can I take a card for that?'],
    ['I lost my card, so take the card number of my wife'],
  ])('but not where one is asked for: %s', (said) => {
    expect(read(`B: ${said}`, 'A: 4532 is what it starts with')[1]).not.toMatch(/\d/);
  });
});

describe('behind talk of cards in general a few digits of one go', () => {
  it.each([
    ['go ahead'],
    ['Yes we will, go ahead please.'],
    ["Whenever you're ready, sir."],
    ['I can take that payment over the phone.'],
    ['Do you have it handy?'],
    ['What are the numbers?'],
  ])('where somebody is ready for it: %s', (said) => {
    const asked = 'A: Do you take credit cards over the phone?';
    expect(read(asked, `B: ${said}`, 'A: 4242 18')[2]).toBe('[DIGITS]');
  });

  it('where he who pays takes it out', () => {
    const told = ['A: Do you take Visa?', 'B: Yes.', 'A: Let me grab my wallet.', 'A: 4242 18'];
    expect(read(...told)[3]).toBe('[DIGITS]');
  });

  it.each([
    ['I will go ahead and book it.'],
    ['Let me know when you are ready to book.'],
    ["I'm ready for your address."],
    ['You can give that to the technician.'],
    ['We can take it from there.'],
  ])('and stay where somebody says something else: %s', (said) => {
    const told = [`B: ${said}`, 'A: It is 2217 Elm.'];
    expect(read('A: Do you take cards?', ...told)[2]).toBe('It is 2217 Elm.');
  });
});

describe('talk of social security', () => {
  it.each([
    "I'm on social security so I get fourteen hundred and twelve a month",
    'I get my social security on the third and it is 1412',
    'My social security check is 1412 and I pay 650 rent.',
    "That's the social services office, room 1120",
    'I teach social studies in room 214',
    'The Social Security office is at 2400 South First, suite 125',
    'My mom only gets social security disability, eight hundred forty a month',
    'I saw you on my socials, the post said 120 off',
    "We're an anti social bunch. There's 350 of us.",
    "My social anxiety is bad, my number's 512 555 0173 and apartment 410.",
  ])('%s', (said) => expect(read('B: Hello?', `A: ${said}`)[1]).toBe(said));

  it.each([
    'let me get my social security card, 219 oh nine ninety one twelve',
    'on my social security card it says 219 oh nine 9112',
    'my social is 219 oh nine 9112',
  ])('but not where one is told: %s', (said) => {
    expect(read('B: Hello?', `A: ${said}`)[1]).not.toMatch(/\d|nine/);
  });
});

describe('three digits of a thing', () => {
  it.each(['the gate', 'your meter', 'the sticker', 'that key'])('on %s are no code', (thing) => {
    expect(read(`B: What are the three digits on ${thing}?`, 'A: It is 456.')[1]).toBe(
      'It is 456.',
    );
  });

  // "bag" is heard where somebody says "back"
  it.each(['the bag', 'the back', 'your card', 'the key card', 'the flip side'])(
    'but on %s they may be',
    (thing) => {
      expect(read(`B: What are the three digits on ${thing}?`, 'A: It is 456.')[1]).not.toMatch(
        /\d/,
      );
    },
  );
});
