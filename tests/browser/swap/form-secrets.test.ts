// What the script leaves out of forms: never less than what the server would not keep, of fields that people fill in.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSecret, withoutCards } from '#browser/swap/form-secrets.ts';
import { isSecretName, withoutCards as keptOf } from '#values/form-secrets.ts';

/** What pages put into hidden fields alone, which are not read. */
const HIDDEN = /viewstate|eventvalidation|sess(?:ion)?id|apikey|[cx]srf|nonce/i;

it('no name that the server refuses is sent', () => {
  const word = fc.constantFrom(
    ...[
      'user',
      'new',
      'pass',
      'word',
      'passwd',
      'phrase',
      'code',
      'wort',
      'kennwort',
      'pwd',
      'pin',
    ],
    ...['contraseña', 'motdepasse', 'card', 'number', 'num', 'no', 'credit', 'debit', 'cc', 'cvv'],
    ...['cvc2', 'cvn', 'csc', 'security', 'holder', 'name', 'on', 'exp', 'expiry', 'expiration'],
    ...['date', 'month', 'year', 'mm', 'yy', 'csrf', 'xsrf', 'token', 'nonce', 'captcha', 'access'],
    ...['recaptcha', 'response', 'wpnonce', 'verification', 'email', '2', 'shipping', 'of'],
  );
  const parts = fc.array(fc.tuple(word, fc.constantFrom('', '-', '_', ' ', '['), fc.boolean()), {
    minLength: 1,
    maxLength: 4,
  });
  const name = parts.map((all) =>
    all
      .map(([text, gap, big]) => (big ? text[0]?.toUpperCase() + text.slice(1) : text) + gap)
      .join(''),
  );
  fc.assert(
    fc.property(name, (one) => {
      if (isSecretName(one) && !HIDDEN.test(one)) expect(isSecret(one), one).toBe(true);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});

it.each([
  ...['name', 'first_name', 'email', 'phone', 'message', 'passengers', 'compass', 'passion'],
  ...['experience', 'expertise', 'explanation', 'shipping', 'opinion', 'account', 'address', 'cc'],
  ...['vaccine', 'vaccination', 'cappuccino', 'city_code', 'capacity code', 'account_name'],
  ...['discard', 'postcard', 'zip_code', 'company', 'success', 'access_needs', 'passport'],
])('%s is sent', (name) => {
  expect(isSecret(name)).toBe(false);
});

it.each(['cc-number', 'section-a cc-exp', 'current-password', 'new-password', 'cc-csc'])(
  'nor is a field with the autocomplete word %s',
  (word) => {
    expect(isSecret(word)).toBe(true);
  },
);

it('no card that the server would take out is sent, and telephone numbers are', () => {
  const digits = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('', '', '', ' ', '-')),
    {
      minLength: 8,
      maxLength: 22,
    },
  );
  fc.assert(
    fc.property(digits, (all) => {
      const text = all
        .map(([digit, gap]) => `${digit}${gap}`)
        .join('')
        .trim();
      const isLongInGroups = /\D/.test(text) && text.replace(/\D/g, '').length > 16;
      if (keptOf(text) !== text && !isLongInGroups) expect(withoutCards(text), text).not.toBe(text);
    }),
    { numRuns: 20_000, seed: 1 },
  );
  expect(withoutCards('4111 1111 1111 1111 12/27')).toBe(' 12/27');
  for (const text of ['+49 151 12345674', '(415) 555-0134', 'order 12345678']) {
    expect(withoutCards(text)).toBe(text);
  }
});
