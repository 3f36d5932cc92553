// What the registry would refuse of a brand, before it is asked: a refusal there takes days, and costs. Pure.
import { isTollFree, isUsOrCanada, parsePhoneNumber } from '#values/phone-number.ts';
import type { BrandDraft } from './details.ts';

/** One field and what it takes. */
export interface RegistrationProblem {
  /** as in the input */
  field: string;
  message: string;
}

/** The registry's own lengths. */
const MOST = {
  displayName: 100,
  legalName: 100,
  website: 100,
  email: 100,
  firstName: 100,
  lastName: 100,
  street: 100,
  city: 100,
  stockSymbol: 10,
} as const;

const STATES = new Set(
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  ),
);
const PROVINCES = new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' '));
const EXCHANGES =
  'NASDAQ NYSE AMEX AMX ASX B3 BME BSE FRA ICEX JPX JSE KRX LON NSE OMX SEHK SSE STO SWX SZSE TSX TWSE VSE'.split(
    ' ',
  );
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/**
 * @param brand as far as it is filled in
 * @returns every field that the registry would refuse, in the order of the input; [] when it can be submitted
 */
export function brandProblems(brand: BrandDraft): RegistrationProblem[] {
  const found: RegistrationProblem[] = [];
  const tell = (field: keyof BrandDraft, message: string) => found.push({ field, message });
  const need = (field: keyof BrandDraft, what: string): boolean => {
    if (brand[field]) return true;
    tell(field, `${field} is missing: ${what}.`);
    return false;
  };
  const isSole = brand.entityType === 'SOLE_PROPRIETOR';
  const isPublic = brand.entityType === 'PUBLIC_PROFIT';
  const country = brand.country?.toUpperCase();

  need('entityType', 'the form of the business');
  need('displayName', 'the name that customers know');
  if (!isSole && need('legalName', 'the name of the business as its tax papers have it')) {
    if (brand.legalName && !/\p{L}/u.test(brand.legalName))
      tell('legalName', 'legalName takes a name.');
  }
  if (!isSole && need('taxId', 'the EIN, or the Canadian business number')) {
    const digits = brand.taxId?.replace(/[\s-]/g, '') ?? '';
    if (!/^\d{9}$/.test(digits)) tell('taxId', 'taxId takes nine digits, such as 12-3456789.');
    else if (/^(\d)\1{8}$/.test(digits)) tell('taxId', 'taxId takes the business’s own number.');
  }
  if (isSole) {
    need('firstName', 'of the sole proprietor');
    need('lastName', 'of the sole proprietor');
  }
  need('vertical', 'the trade of the business');
  if (
    (isSole ? brand.website : need('website', 'where the registry sees what the business does')) &&
    brand.website
  )
    if (!isWebAddress(brand.website))
      tell('website', 'website takes an address such as https://bluebird.example.');
  if (need('phone', 'where the registry reaches the business')) {
    const phone = parsePhoneNumber(brand.phone ?? '');
    if (!phone || !isUsOrCanada(phone)) tell('phone', 'phone takes a number of the US or Canada.');
    else if (isSole && isTollFree(phone)) tell('phone', 'A sole proprietor needs a mobile phone.');
  }
  if (need('email', 'where the registry writes to') && !EMAIL.test(brand.email ?? '')) {
    tell('email', 'email takes an address such as office@bluebird.example.');
  }
  need('street', 'street and number of the business');
  need('city', 'the town of the business');
  if (need('country', 'US or CA') && country !== 'US' && country !== 'CA') {
    tell('country', 'country takes US or CA.');
  }
  if (need('region', 'the state or province, two letters')) {
    const known = country === 'CA' ? PROVINCES : STATES;
    if (!known.has(brand.region?.toUpperCase() ?? '')) {
      tell('region', 'region takes the two letters of a state or province, such as NY.');
    }
  }
  if (need('postalCode', 'of the business')) {
    const code = brand.postalCode?.toUpperCase() ?? '';
    const isGood = country === 'CA' ? /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/ : /^\d{5}(-\d{4})?$/;
    if (!isGood.test(code)) tell('postalCode', 'postalCode takes five digits, in Canada A1A 1A1.');
  }
  if (isPublic) {
    need('stockSymbol', 'of a business that is traded');
    if (
      need('stockExchange', 'where it is traded') &&
      !EXCHANGES.includes(brand.stockExchange ?? '')
    ) {
      tell('stockExchange', `stockExchange takes one of ${EXCHANGES.join(', ')}.`);
    }
  } else {
    for (const field of ['stockSymbol', 'stockExchange'] as const) {
      if (brand[field]) tell(field, `${field} is of PUBLIC_PROFIT businesses alone.`);
    }
  }
  for (const [field, most] of Object.entries(MOST)) {
    const length = brand[field as keyof typeof MOST]?.length ?? 0;
    if (length > most) found.push({ field, message: `${field} takes at most ${most} characters.` });
  }
  return found;
}

/** An address of a page that anybody can open. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.');
}
