// How much a form looks like spam, sign by sign, and who is found in its fields.
import { describe, expect, it } from 'vitest';
import { findPerson, tellsOfPerson } from '#domains/forms/find-person.ts';
import { type SpamSigns, scoreSpam } from '#domains/forms/score-spam.ts';
import { textHash } from '#domains/forms/text-hash.ts';

const clean: SpamSigns = {
  fields: [],
  trap: null,
  filledMs: null,
  isBot: false,
  othersWithText: 0,
};
const fieldsOf = (given: Record<string, string>) =>
  Object.entries(given).map(([name, value]) => ({ name, value }));
const links = fieldsOf({ name: 'www.spam.example', message: 'see https://spam.example/x now' });

describe('the spam score', () => {
  it.each<[string, Partial<SpamSigns>, number, string[]]>([
    ['of nothing special', {}, 0, []],
    ['of an empty trap', { trap: '  ' }, 0, []],
    ['of a filled trap', { trap: 'x' }, 70, ['HONEYPOT_FILLED']],
    ['of a bot', { isBot: true }, 50, ['BOT_USER_AGENT']],
    ['of two seconds', { filledMs: 2_000 }, 0, []],
    ['of less', { filledMs: 1_999 }, 30, ['FILLED_TOO_FAST']],
    ['of a text that two others sent', { othersWithText: 2 }, 0, []],
    ['of a text that three others sent', { othersWithText: 3 }, 40, ['SAME_TEXT']],
    ['of links in two fields', { fields: links }, 30, ['MANY_LINKS']],
    ['of a link in one', { fields: links.slice(0, 1) }, 0, []],
    [
      'of a link where one is asked for',
      { fields: [...links.slice(0, 1), { name: 'website', value: 'https://mine.example' }] },
      0,
      [],
    ],
    [
      'of everything',
      { trap: 'x', isBot: true, filledMs: 0, othersWithText: 9, fields: links },
      100,
      ['HONEYPOT_FILLED', 'BOT_USER_AGENT', 'SAME_TEXT', 'FILLED_TOO_FAST', 'MANY_LINKS'],
    ],
  ])('%s', (_what, signs, score, reasons) => {
    expect(scoreSpam({ ...clean, ...signs })).toEqual({ score, reasons });
  });

  it('knows a text again by its words, and none that is short', () => {
    const message = 'Dear Sir, we sell many fine doors to garages.';
    const [one, same, other, short] = [
      { message },
      { name: 'Eve', message: ` ${message.toUpperCase()}\n` },
      { message: `${message} Really.` },
      { message: 'yes please' },
    ].map((given) => textHash(fieldsOf(given as Record<string, string>))?.toString('hex') ?? null);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(short).toBeNull();
  });
});

it('what everybody agrees to, and who they are, is no text that others sent', () => {
  const consent = 'I have read the terms and agree to be called back by this company.';
  const hashed = (given: Record<string, string>) =>
    textHash(fieldsOf({ consent, ...given }))?.toString('hex') ?? null;
  expect(hashed({ email: 'ada@example.com', 'full-name': 'Ada Caller' })).toBeNull();
  expect(hashed({ message: 'My door is stuck. Can you come today?' })).not.toBe(
    hashed({ message: 'How much is a new door, with a motor?' }),
  );
  const sold = { topic: 'Prices', message: 'We sell many fine doors.' };
  expect(hashed({ ...sold, phone: '4155550134' })).toBe(
    hashed({ ...sold, phone: '+1 415 555 0135', email: 'eve@example.com' }),
  );
});

describe('the person of a form', () => {
  it.each<[Record<string, string>, string[], string | null]>([
    [{ phone: '4155550134' }, ['+14155550134'], null],
    [{ tel: '415.555.0134', email: 'A@B.example' }, ['+14155550134', 'a@b.example'], null],
    [{ q1: '+44 20 7946 0958' }, ['+44 20 7946 0958'.replaceAll(' ', '')], null],
    [{ q1: '(415) 555-0134' }, ['+14155550134'], null],
    [{ order: '4155550134', zip: '60601-1234' }, [], null],
    [{ message: 'call 415 555 0134 or a@b.example' }, [], null],
    [{ email: 'not an address', phone: 'none' }, [], null],
    [{ mail: 'a@b.example', again: 'A@b.example' }, ['a@b.example'], null],
    [{ 'your-name': ' Ada  Caller ' }, [], 'Ada Caller'],
    [{ first_name: 'Ada', lastName: 'Caller' }, [], 'Ada Caller'],
    [{ company_name: 'Doors', fname: 'Ada' }, [], 'Ada'],
  ])('of %o', (given, values, name) => {
    const found = findPerson(fieldsOf(given));
    expect(found.knownBy.map(({ value }) => value)).toEqual(values);
    expect(found.name).toBe(name);
  });

  it('has the numbers of the page’s country, which tell of them in any', () => {
    const fields = fieldsOf({ phone: '020 7946 0958' });
    expect(findPerson(fields, 'GB').knownBy.map(({ value }) => value.slice(1))).toEqual([
      '442079460958',
    ]);
    expect(fields.map(tellsOfPerson)).toEqual([true]);
  });

  it('has no number in a date, though it would be one in the page’s country', () => {
    const dates = {
      ...{ when: '2026-12-24', wunschtermin: '24.12.2026', born: '24.12.1990' },
      ...{ callback_date: '2026-12-24', 'rueckruf am': '24. 12. 2026' },
    };
    expect(findPerson(fieldsOf(dates), 'DE').knownBy).toEqual([]);
    expect(findPerson(fieldsOf(dates), 'BE').knownBy).toEqual([]);
  });

  it.each(['telefon', 'Téléphone', 'telefono', 'rueckruf', 'handy', 'movil'])(
    'has a number in %s',
    (name) => {
      const fields = fieldsOf({ [name]: '4155550134' });
      expect(findPerson(fields).knownBy).toEqual([{ kind: 'PHONE', value: '+14155550134' }]);
      expect(fields.map(tellsOfPerson)).toEqual([true]);
    },
  );

  it('has at most five numbers', () => {
    const many = Array.from({ length: 9 }, (_, n) => [`phone${n}`, `+1415555012${n}`]);
    expect(findPerson(fieldsOf(Object.fromEntries(many))).knownBy).toHaveLength(5);
  });
});
