// Redaction of spoken numbers: what must go, what must stay, and that text, words and times still agree.

import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const CARD = 'four five three nine one four eight eight zero three four three six four six seven';

// Each row: what is said → what remains.
const HIDDEN: [said: string, remains: string][] = [
  // Cards, with no word about cards around them
  [`A: it is ${CARD} okay`, 'it is [CARD_NUMBER] okay'],
  ['A: 4242 4242 4242 4242', '[CARD_NUMBER]'],
  ['A: 4242424242424242.', '[CARD_NUMBER].'],
  ['A: 4539-1488-0343-6467.', '[CARD_NUMBER].'],
  ['A: 4539 1488, 0343 6467, thanks', '[CARD_NUMBER], thanks'],
  [
    'A: four two four two, four two four two, four two four two, four two four two.',
    '[CARD_NUMBER].',
  ],
  ['A: double four two two, double four two two, triple one four, 4242', '[CARD_NUMBER]'],
  ['A: four oh four oh four oh four oh four oh four oh', '[CARD_NUMBER]'],
  [
    'A: forty two forty two forty two forty two forty two forty two forty two forty two',
    '[CARD_NUMBER]',
  ],
  ['A: forty-two forty-two forty-two forty-two forty-two forty-two forty-two', '[CARD_NUMBER]'],
  ['A: four-two-four-two four-two-four-two four-two-four-two', '[CARD_NUMBER]'],
  ['A: thirty seven eighty two 822463 10005', '[CARD_NUMBER]'],
  ['A: four two for two four two for two four two for two four two for two', '[CARD_NUMBER]'],
  ['A: for two four two for two four two for two four two', '[CARD_NUMBER]'],
  ['A: four to four to four to four to four to four to', '[CARD_NUMBER]'],
  [
    'A: four two uh let me see four two then um four two four two okay and four two four two',
    '[CARD_NUMBER]',
  ],
  [
    'A: 4242 banana 4242 banana 4242 banana 4242',
    '[CARD_NUMBER] banana [CARD_NUMBER] banana [CARD_NUMBER] banana [CARD_NUMBER]',
  ],
  ['A: onetwothreefour onetwothreefour onetwothreefour', '[CARD_NUMBER]'],
  ['A: 1111 1111 1111 1111 1111', '[CARD_NUMBER]'],
  ['A: four thousand two hundred forty two 4242 4242', '[CARD_NUMBER]'],
  ['A: it is 4242/4242/4242/4242', 'it is [CARD_NUMBER]'],
  ['A: ４２４２ ４２４２ ４２４２ ４２４２', '[CARD_NUMBER]'],
  ['A: four, two, four, two, four, two, four, two, four, two, four, two!', '[CARD_NUMBER]!'],
  ['A: niner niner niner niner zero zero zero zero nought one two three', '[CARD_NUMBER]'],
  // In the window of a card
  ['A: the card is 4242 4242', 'the card is [DIGITS]'],
  ['A: my visa is four two four two', 'my visa is [DIGITS]'],
  ['A: the car number is four five three nine', 'the car number is [DIGITS]'],
  ['A: credit-card 4242', 'credit-card [DIGITS]'],
  ['A: card ending in 42', 'card ending in [DIGITS]'],
  ['A: card four banana two banana five', 'card [DIGITS] banana [DIGITS] banana [DIGITS]'],
  ['A: card for two four two', 'card [DIGITS]'],
  ['A: card oh one two three oh', 'card [DIGITS]'],
  [
    'A: my card is 4242 and my number is 415-555-0198',
    'my card is [DIGITS] and my number is [DIGITS]',
  ],
  ['A: pay by card on 12 at 9:30 it is $89', 'pay by card on [DIGITS] at [DIGITS]'],
  ['A: 4242 is my card', '[DIGITS] is my card'],
  // … also what only looks like a time
  ['A: my card is at 10:30', 'my card is at [DIGITS]'],
  ['A: by card, see you tomorrow 10:30', 'by card, see you tomorrow [DIGITS]'],
  ['A: by card, tomorrow at 1030', 'by card, tomorrow at [DIGITS]'],
  ['A: by card, tomorrow at ten forty two', 'by card, tomorrow at [DIGITS]'],
  ['A: by card, tomorrow at one oh three oh', 'by card, tomorrow at [DIGITS]'],
  ['A: by card, tomorrow at forty five thirty', 'by card, tomorrow at [DIGITS]'],
  ['A: by card, tomorrow at ten thirty forty two', 'by card, tomorrow at [DIGITS]'],
  ['A: by card, tomorrow at 10:30 45', 'by card, tomorrow at [DIGITS]'],
  ['A: card 4242 and see you tomorrow at 10:30', 'card [DIGITS] and see you tomorrow at [DIGITS]'],
  [
    'A: by card, tomorrow at 10:30 because you said forty two',
    'by card, tomorrow at [DIGITS] because you said [DIGITS]',
  ],
  [
    'A: the security code please and see you tomorrow at 10:30',
    'the security code please and see you tomorrow at [DIGITS]',
  ],
  ['A: expiry date, tomorrow at ten thirty', 'expiry date, tomorrow at [EXPIRY]'],
  // … or a price
  ['A: on the card it is $423', 'on the card it is [DIGITS]'],
  ['A: on the card it is forty two dollars', 'on the card it is [DIGITS] dollars'],
  ['A: card, the fee is $4242', 'card, the fee is [DIGITS]'],
  ['A: card, the fee is four two three dollars', 'card, the fee is [DIGITS] dollars'],
  ['A: card, the fee is forty two forty two dollars', 'card, the fee is [DIGITS] dollars'],
  ['A: card, the fee is $89 4242', 'card, the fee is [DIGITS]'],
  ['A: card, the fee is 42 percent', 'card, the fee is [DIGITS] percent'],
  ['A: the cvv, the fee is $423', 'the cvv, the fee is [DIGITS]'],
  // … or a date
  ['A: the card, on March 28', 'the card, on March [DIGITS]'],
  ['A: the card, in March 2028', 'the card, in March [DIGITS]'],
  ['A: mastercard fifty five', 'mastercard [DIGITS]'],
  // Security codes
  ['A: the security code is one two three', 'the security code is [CVV]'],
  ['A: CVV 123', 'CVV [CVV]'],
  ['A: cvv is one two three four.', 'cvv is [CVV].'],
  ['A: the three digit code on the back is 123', 'the three digit code on the back is [CVV]'],
  ['A: C-V-V nine nine nine', 'C-V-V [CVV]'],
  ['A: the CVC is double one two', 'the CVC is [CVV]'],
  ['A: the security number is three one seven', 'the security number is [CVV]'],
  [
    'A: my visa expires 0927 and the code is 317.',
    'my visa expires [EXPIRY] and the code is [CVV].',
  ],
  // Expiry
  ['A: experation 0927', 'experation [EXPIRY]'],
  ['A: card 4242424242424242 expires 03/28', 'card [CARD_NUMBER] expires [EXPIRY]'],
  ['A: the card expires in March 2028.', 'the card expires in [EXPIRY].'],
  ['A: the card expires March twenty twenty eight', 'the card expires [EXPIRY]'],
  ['A: expiration date oh three twenty eight', 'expiration date [EXPIRY]'],
  ['A: expiry date is twelve twenty nine', 'expiry date is [EXPIRY]'],
  ['A: card valid through 11 2029', 'card valid through [EXPIRY]'],
  ['A: exp date zero three two eight', 'exp date [EXPIRY]'],
  ['A: it expires oh three twenty eight', 'it expires [EXPIRY]'],
  ['A: it expires in 03/28', 'it expires in [EXPIRY]'],
  ['A: it expires twelve slash twenty twenty six', 'it expires [EXPIRY]'],
  // Social security
  [
    'A: my social is 123 45 6789 and I live at 1234 Market Street',
    'my social is [SSN] and I live at 1234 Market Street',
  ],
  [
    'A: my social is 123 45 678 and my number is 415-555-0198',
    'my social is [SSN] and my number is 415-555-0198',
  ],
  ['A: my social is 123 45 6789', 'my social is [SSN]'],
  [
    'A: social security number one two three four five six seven eight nine',
    'social security number [SSN]',
  ],
  ['A: 123-45-6789', '[SSN]'],
  ['A: it is 123 45 6789 okay', 'it is [SSN] okay'],
  ['A: last four of my social 6789', 'last four of my social [SSN]'],
  ['A: S-S-N is 123 45 6789', 'S-S-N is [SSN]'],
  ['A: ssn one two three, four five, six seven eight nine.', 'ssn [SSN].'],
];

const KEPT: string[] = [
  'A: the service call is eighty nine dollars',
  'A: the service call is $89 and the part is $1,249.99',
  'A: that is eighty nine dollars. May I take a credit card?',
  'A: $89 by card please',
  'A: nine thirty is perfect, or 10:15',
  'A: we open at 9am and close at 5pm',
  'A: it is four one five five five five zero one nine eight',
  'A: it is 415-555-0198 or 415 555 0142',
  'A: one four one five five five five zero one nine eight',
  'A: +1 415 555 0198',
  'A: 415 555 0198 yes that is 415 555 0198',
  'A: four one five five five five zero one nine eight, four one five five five five oh one nine eight',
  'A: (415) 555-0198 and my zip code is 94110',
  'A: 1234 Market Street apartment 56 San Francisco 94103',
  'A: we built it in 2018 and again in 2020',
  'A: on the 21st of March 2027 at two thirty',
  'A: I have two dogs, three cats and four children',
  'A: one of the two is for you to keep, I ate too much',
  'A: call me at 415 555 0198 at 9:30',
  'A: your quote number is 48213',
  'A: it costs one thousand two hundred and fifty dollars',
  'A: twenty to thirty minutes, four to five at most',
  'A: I saw you on social media, I have 250 questions',
  'A: here is my business card, suite 2200',
  'A: the coupon expires on March 31',
  'A: the gate code is 4821',
  'A: the warranty expires in 2028',
  'A: the filter expires in 3 months, order 12345 6789',
  'A: double sink and a triple pane window',
  'A: unit R-410A with 10% off',
  'A: about 75 or 80 percent of 3,000 square feet',
  'A: my card is here, one moment, or maybe two',
  // Near a card
  'A: thank you for the card, we will see you tomorrow at 10.',
  'A: thank you for the card, see you at ten thirty',
  'A: thank you for the card, we come on Monday at eleven fifteen.',
  'A: I have your card, and we will see you at 10:30 on the 4th',
  'A: I have your card, and we are there tomorrow at 10:30am, bye',
  'A: I have your card, and your appointment is at twelve forty five.',
  'A: your card is fine, we come at eleven o’clock',
  'A: your card is fine, tomorrow at 9 30 then',
  'A: we take a card, the service call is eighty nine dollars',
  'A: we take a card, and the total comes to $189.50 with tax',
  'A: we take a card for the deposit of one hundred and fifty dollars',
  'A: I have your card, and we are there on the 21st of March',
];

describe('what is hidden', () => {
  it.each(HIDDEN)('%s', (said, remains) => {
    expect(redactTranscript(talk(said)).segments[0]?.text).toBe(remains);
  });
});

describe('what stays', () => {
  it.each(KEPT)('%s', (said) => {
    const segments = talk(said);
    expect(redactTranscript(segments)).toEqual({ segments, redactions: [] });
  });
});

describe('the window after a card is mentioned', () => {
  it('does not take the hour before the question for a part of the number after it', () => {
    const { segments } = redactTranscript(
      talk(
        'A: please book it for tomorrow at 10.',
        'B: great, what is the number of the credit card?',
        `A: ${CARD}`,
      ),
    );
    expect(segments.map((segment) => segment.text)).toEqual([
      'please book it for tomorrow at 10.',
      'great, what is the number of the credit card?',
      '[CARD_NUMBER]',
    ]);
  });

  it('joins the halves of a card that were asked for one after the other', () => {
    const { segments } = redactTranscript(
      talk('A: 4242 4242', 'B: and the rest of the card?', 'A: 4242 4242'),
    );
    expect(segments.map((segment) => segment.text).join(' ')).not.toMatch(/\d/);
  });

  it('is opened by the other side', () => {
    const { segments } = redactTranscript(talk('B: can I take a credit card?', 'A: sure, 45 39'));
    expect(segments[1]?.text).toBe('sure, [DIGITS]');
  });

  it('lasts 45 seconds and no longer', () => {
    const said = talk('B: which card?', 'A 40s: suite 2200', 'A 47s: suite 2300');
    const { segments } = redactTranscript(said);
    expect(segments.map((segment) => segment.text)).toEqual([
      'which card?',
      'suite [DIGITS]',
      'suite 2300',
    ]);
  });

  it('is opened by a card number that nobody announced', () => {
    const { segments } = redactTranscript(talk(`A: ${CARD}`, 'B: thank you, 03 28 right?'));
    expect(segments[1]?.text).toBe('thank you, [DIGITS] right?');
  });

  it('leaves the appointment that is named after the number was told', () => {
    const { segments } = redactTranscript(
      talk(
        'B: great, what is the number of the credit card?',
        `A: ${CARD}`,
        'B: thank you, we will see you tomorrow at ten thirty.',
        'A: thanks, good-bye.',
      ),
    );
    expect(segments.map((segment) => segment.text)).toEqual([
      'great, what is the number of the credit card?',
      '[CARD_NUMBER]',
      'thank you, we will see you tomorrow at ten thirty.',
      'thanks, good-bye.',
    ]);
  });

  it('leaves the appointment that was named just before the number was asked for', () => {
    const said = (between: string) =>
      talk('B: we take a card', 'A: please book it for tomorrow at ten.', between, `A: ${CARD}`);
    const remains = (between: string) => redactTranscript(said(between)).segments[1]?.text;
    expect(remains('B: and the card number?')).toBe('please book it for tomorrow at ten.');
    expect(remains('B: go on')).not.toContain('ten');
  });

  it('hides the appointment beside which the number is said again', () => {
    const { segments } = redactTranscript(
      talk(
        'B: the card please, and then I see you tomorrow at ten thirty.',
        'A: was it forty five?',
        'B: no, it was forty five thirty nine.',
      ),
    );
    expect(segments.map((segment) => segment.text)).toEqual([
      'the card please, and then I see you tomorrow at [DIGITS].',
      'was it [DIGITS]?',
      'no, it was [DIGITS].',
    ]);
  });

  it('hides a phone number inside it and keeps it before and after', () => {
    const phone = '415-555-0198';
    const said = talk(
      `A: ${phone}`,
      'B 10s: the card please',
      `A 20s: ${phone}`,
      `A 60s: ${phone}`,
    );
    const { segments } = redactTranscript(said);
    expect(segments.map((segment) => segment.text)).toEqual([
      phone,
      'the card please',
      '[DIGITS]',
      phone,
    ]);
  });
});

describe('numbers told over several segments', () => {
  const said = talk(
    'A: okay four two four two',
    'B: mhm',
    'A: um',
    'A: and four two four two',
    'B: go on',
    'A: four two four two four two four two okay',
  );
  const { segments, redactions } = redactTranscript(said);

  it('are one card, and the talk at the borders stays', () => {
    expect(segments.map((segment) => segment.text)).toEqual([
      'okay [CARD_NUMBER]',
      'mhm',
      'um',
      'and [CARD_NUMBER]',
      'go on',
      '[CARD_NUMBER] okay',
    ]);
  });

  it('are reported once per segment with the times of what was hidden', () => {
    expect(redactions).toEqual([
      { kind: 'CARD', channel: 0, startMs: 400, endMs: 2_000 },
      { kind: 'CARD', channel: 0, startMs: 3_200, endMs: 4_800 },
      { kind: 'CARD', channel: 0, startMs: 5_600, endMs: 8_800 },
    ]);
  });
});

describe('words and text', () => {
  it('agree, and the label carries the times of the words it replaced', () => {
    const [segment] = redactTranscript(talk('A: the CVV is one two three, right')).segments;
    expect(segment?.words.map((word) => word.text).join(' ')).toBe(segment?.text);
    expect(segment?.words[3]).toEqual({ text: '[CVV],', startMs: 1_200, endMs: 2_400 });
  });

  it('agree when the engine gave no words', () => {
    const segment = { channel: 0, startMs: 0, endMs: 3_000, text: 'card 4242 ok', words: [] };
    const [redacted] = redactTranscript([segment]).segments;
    expect(redacted?.text).toBe('card [DIGITS] ok');
    expect(redacted?.words[1]).toEqual({ text: '[DIGITS]', startMs: 1_000, endMs: 2_000 });
  });

  it('lose the number even when only the word list spells it', () => {
    const words = [
      { text: 'card', startMs: 0, endMs: 500 },
      { text: 'four', startMs: 500, endMs: 700 },
      { text: 'two', startMs: 700, endMs: 1_000 },
    ];
    const segment = { channel: 0, startMs: 0, endMs: 1_000, text: 'card 42', words };
    expect(redactTranscript([segment]).segments[0]?.words.map((word) => word.text)).toEqual([
      'card',
      '[DIGITS]',
    ]);
  });

  it('keep every other field of the segment and leave the input as it was', () => {
    const input = [{ ...talk('A: cvv 123')[0], uncertain: true, id: 7 }] as const;
    const before = structuredClone(input);
    const [segment] = redactTranscript(input as never).segments as unknown as typeof input;
    expect(segment).toMatchObject({ uncertain: true, id: 7, text: 'cvv [CVV]' });
    expect(input).toEqual(before);
  });

  it('are empty for an empty call', () => {
    expect(redactTranscript([])).toEqual({ segments: [], redactions: [] });
  });
});
