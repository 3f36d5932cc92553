// Which fields of forms are never kept, by their names: passwords, cards, tokens. Pure.

/** userPassword, new-password → "newpassword" */
const joined = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** "cardNumber[0]" → card, number, 0 */
const wordsOf = (name: string) =>
  name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Parts of names in any spelling. */
const PARTS: readonly string[] = [
  ...['password', 'passwd', 'passphrase', 'passcode', 'passwort', 'kennwort', 'motdepasse'],
  ...['contrasena', 'contraseña', 'pincode'],
  ...['cardnumber', 'cardno', 'cardnum', 'creditcard', 'debitcard', 'ccnumber', 'ccnum', 'ccno'],
  ...['securitycode', 'cardcode', 'cardcvc', 'cardcvv', 'cardholder', 'nameoncard', 'cardexp'],
  ...['csrf', 'xsrf', 'verificationtoken', 'authenticitytoken', 'recaptcha', 'hcaptcha'],
  ...['captcharesponse', 'turnstileresponse', 'viewstate', 'eventvalidation', 'wpnonce'],
  ...['sessionid', 'sessid', 'accesstoken', 'apikey'],
];

/** Whole words: parts of others, such as "exp" of "experience", mean nothing. */
const WORDS = new Set([
  ...['pass', 'pwd', 'pin', 'cvv', 'cvv2', 'cvc', 'cvc2', 'cvn', 'csc'],
  ...['csrf', 'xsrf', 'token', 'nonce', 'captcha'],
]);

const EXPIRY = /^(?:cc|card)?exp(?:iry|iration|ires)?(?:date|month|year|mm|yy|yyyy)?$/;

/**
 * Whether a field of this name holds what must not be kept: a password, a card's number, code or expiry, or a token that
 * the page hides in its forms.
 * @param name of the field, or its autocomplete word (cc-number)
 */
export function isSecretName(name: string): boolean {
  const text = joined(name);
  const words = wordsOf(name);
  if (words[0] === 'cc' && words.length > 1) return true;
  if (words.some((word) => WORDS.has(word)) || EXPIRY.test(text)) return true;
  return PARTS.some((part) => text.includes(part));
}
