// The words of consent in any dress, and wishes in free words: found where they are, and not where they are not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchOptOutRequest } from '#domains/consent/match-opt-out-request.ts';
import { matchWord } from '#domains/consent/match-word.ts';

const SAID: Record<string, string | null> = {
  STOP: 'OPT_OUT',
  STOPALL: 'OPT_OUT',
  'STOP ALL': 'OPT_OUT',
  CANCEL: 'OPT_OUT',
  UNSUBSCRIBE: 'OPT_OUT',
  QUIT: 'OPT_OUT',
  END: 'OPT_OUT',
  REVOKE: 'OPT_OUT',
  'OPT OUT': 'OPT_OUT',
  OPTOUT: 'OPT_OUT',
  START: 'OPT_IN',
  UNSTOP: 'OPT_IN',
  HELP: 'HELP',
};

/** fonts that people and their telephones write capitals in, by the code of A */
const FONTS = [
  0x41, 0x61, 0xff21, 0xff41, 0x24b6, 0x24d0, 0x1d400, 0x1d41a, 0x1d5d4, 0x1d670, 0x1f130, 0x1f150,
  0x1f170, 0x1f1e6,
];
const BETWEEN = [
  '',
  '',
  ' ',
  '.',
  '-',
  '_',
  '*',
  '\u200b',
  '\u2060',
  '\ufe0f',
  '\u0301',
  '\n',
  '…',
  '🛑',
  '👍🏽',
];

const word = fc.constantFrom(...Object.keys(SAID));
const letterOf = (letter: string, font: number) =>
  String.fromCodePoint(font + letter.charCodeAt(0) - 65);
const between = fc.constantFrom(...BETWEEN);
const around = fc.array(fc.constantFrom(...BETWEEN, '!', '"', '“', '”', '(', ')', '\t', '🙏'), {
  maxLength: 4,
});
const dressed = word.chain((plain) =>
  fc
    .tuple(
      around,
      fc.array(fc.tuple(fc.constantFrom(...FONTS), between), {
        minLength: plain.length,
        maxLength: plain.length,
      }),
      around,
    )
    .map(([before, letters, after]) => {
      const inner = letters.map(([font, gap], n) => {
        const letter = plain[n] ?? '';
        return (letter === ' ' ? letter : letterOf(letter, font)) + gap;
      });
      return { plain, text: `${before.join('')}${inner.join('')}${after.join('')}` };
    }),
);

describe('a word', () => {
  it('is found in any dress', () => {
    fc.assert(
      fc.property(dressed, ({ plain, text }) => {
        expect(matchWord(text), JSON.stringify(text)).toBe(SAID[plain]);
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });

  it('is the whole message or none', () => {
    const other = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(word, other, fc.boolean(), (plain, more, first) => {
        const text = first ? `${more} ${plain}` : `${plain} ${more}`;
        const joined = text.replace(/\W/g, '').toUpperCase();
        fc.pre(!(joined in SAID));
        expect(matchWord(text)).toBeNull();
      }),
      { seed: 6 },
    );
  });

  it.each(['YES', 'Y', '', '🛑', 'STOP2', 'the end', 'cancel my order', 'help me', 'constructor'])(
    'is not %j',
    (text) => expect(matchWord(text)).toBeNull(),
  );
});

describe('a wish in free words', () => {
  it.each([
    'Please stop',
    'stop please!!',
    'STOP texting me',
    'Stop sending me these messages',
    'can you stop with the texts? stop messaging me',
    "Don't text me again",
    'do not contact me anymore',
    'never message this number again',
    'Remove me from your list',
    'take me off',
    'please delete my number',
    'Unsubscribe me',
    'I want to unsubscribe',
    'opt me out',
    'I am opting out of this',
    'I revoke my consent',
    'leave me alone',
    'No more texts',
    "I don't want any messages",
    'Stop\n\nSent from my iPhone',
    'cancel please',
    'ARRÊT',
    'ＰＬＥＡＳＥ ＳＴＯＰ',
  ])('that is clear holds: %j', (text) => {
    expect(matchWord(text)).toBeNull();
    expect(matchOptOutRequest(text)).toBe('HOLDS');
  });

  it.each(['Wrong number', "I'm not interested", 'this is spam', 'just stop it already ok man'])(
    'that may be one is shown: %j',
    (text) => expect(matchOptOutRequest(text)).not.toBeNull(),
  );

  it.each([
    'Can I stop by at 5?',
    "I'll be at the bus stop",
    "Don't stop, keep me posted",
    'Cancel my appointment tomorrow please call',
    'I would like to cancel my appointment',
    'At the end of the day',
    'I had to quit my job',
    'Text me when you are here',
    'Please send me the quote',
    'Take me from the airport to the hotel',
    'Remove the old door from the garage',
    'Call me back',
    'Yes',
    'Thanks!',
    '',
  ])('is none: %j', (text) => expect(matchOptOutRequest(text)).toBeNull());

  it('takes no longer for a long text that is made to hold it up', () => {
    const long = `${'please now '.repeat(3_000)}x ${'dont '.repeat(3_000)}`;
    expect(matchOptOutRequest(long)).toBeNull();
  });
});
