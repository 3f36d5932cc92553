// What of a form is never kept, whatever a browser sent.
import { describe, expect, it } from 'vitest';
import { withoutCards as ofPage } from '#browser/swap/form-secrets.ts';
import { screenFields, wantedFields } from '#domains/forms/screen-fields.ts';
import { isCardNumber, isSecretName, withoutCards } from '#values/form-secrets.ts';

const kept = (name: string, value = 'something', ignored: string[] = []) =>
  wantedFields(screenFields([{ name, value }]), ignored);

describe('a field', () => {
  it.each([
    ...['password', 'user_password', 'newPassword', 'passwd', 'pwd', 'Passwort', 'pass', 'pin'],
    ...['cc-name', 'cc-number', 'cc-exp', 'cc_csc', 'cardnumber', 'card_number', 'cardNumber[0]'],
    ...['creditCard', 'cvv', 'cvc', 'card-cvc', 'CVV2', 'security_code', 'exp-month', 'expiry'],
    ...['expirationDate', 'cc_exp_year', 'csrf_token', 'csrfmiddlewaretoken', '_token', 'token'],
    ...['__RequestVerificationToken', 'authenticity_token', 'g-recaptcha-response'],
    ...['h-captcha-response', 'cf-turnstile-response', '__VIEWSTATE', '_wpnonce', 'PHPSESSID'],
  ])('named %s is not kept', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(kept(name)).toEqual([]);
  });

  it.each([
    ...['name', 'passengers', 'compass', 'experience', 'expertise', 'explanation', 'cc', 'account'],
    ...['business_card_wanted', 'shopping', 'opinion', 'spinach', 'message', 'tokens-of-love'],
  ])('named %s is kept', (name) => {
    expect(kept(name)).toEqual([{ name, value: 'something' }]);
  });

  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '5555-5555-5555-4444',
    '378282246310005',
    ' 6011.1111.1111.1117 ',
    '6304000000000000',
    '4000000000000000006',
  ])('that holds the card %s is not kept', (value) => {
    expect(kept('reference', value)).toEqual([]);
  });

  it.each([
    ...[
      '4111111111111112',
      '411111111111',
      '+49 151 12345674',
      '+1 415 555 0134',
      '0000000000000000',
    ],
    ...['2026-11-26 10:15', 'order 12345678', '20 digits: 41111111111111111111'],
  ])('that holds %s is kept as it is', (value) => {
    expect(kept('reference', value)).toEqual([{ name: 'reference', value }]);
  });

  it('with a card inside its words keeps the words', () => {
    expect(kept('message', '4111 1111 1111 1111 12/27')[0]?.value).toBe(
      '[card number removed] 12/27',
    );
    const value = 'Charge 4111 1111 1111 1111 please, then call +44 20 7946 0958';
    expect(kept('message', value)).toEqual([
      {
        name: 'message',
        value: 'Charge [card number removed] please, then call +44 20 7946 0958',
      },
    ]);
  });

  it('that the company ignores is not kept, in whatever case it comes', () => {
    expect(kept(' Birthday ', '1 May', ['birthday'])).toEqual([]);
    expect(kept('birthdays', '1 May', ['Birthday'])).toHaveLength(1);
  });

  it('that is screened twice stays as it was after the first time', () => {
    const once = kept('message', 'Card 4111111111111111 and [card number removed]');
    expect(screenFields(once)).toEqual(once);
  });
});

// by a rule that looks back over what stands before each letter the first would take minutes
it.each(['1  ', '+1 ', '4111 1111 1111 1112 ', '4.', '-1', '41111111111111111111'])(
  'much of "%s" is read once, in the page and here',
  (part) => {
    const text = part.repeat(200_000 / part.length);
    expect(withoutCards(text)).toBe(text);
    expect(ofPage(text)).toBe(text);
  },
);

describe('a card number', () => {
  it('has 13 to 19 digits, begins with 2 to 6 and holds Luhn’s check', () => {
    expect(isCardNumber('4222222222222')).toBe(true);
    expect(isCardNumber('79927398713')).toBe(false);
    expect(isCardNumber('1111111111111117')).toBe(false);
  });
});
