// Reads what a browser tells of a visit: the landing URL with its parameters, and the referrer. Nothing in here throws:
// a URL that cannot be read tells what of it can be.
import { parse } from 'tldts';
import { strip } from './read-text.ts';

/** Of a longer URL the first characters are read. */
const MAX_URL_CHARACTERS = 8_192;
const MAX_PARAMETERS = 200;
/** as DNS has it */
const MAX_HOST_CHARACTERS = 253;

/** Where something is on the web. */
export interface Place {
  /** small letters, in Punycode, without port and trailing dot; of an app, its package */
  readonly host: string;
  /** the domain that its owner registered (example.co.uk, name.github.io); the host where there is none */
  readonly domain: string;
  /** the domain without its country, `google.*`; null for what is not one word and a country, com or net */
  readonly brand: string | null;
  /** the first folder of the path, in small letters; '' for none */
  readonly folder: string;
  readonly path: string;
  readonly isApp: boolean;
  /** by name in small letters: the first value that is not blank, decoded once; '' when it has none, as in ?promo */
  readonly parameters: ReadonlyMap<string, string>;
  /** as it came, cut and without control characters */
  readonly url: string;
}

/** The landing URL and the referrer; null where there is none, or none that can be read. */
export interface Visit {
  readonly landing: Place | null;
  readonly referrer: Place | null;
}

/** Reads both; the landing URL may lack its scheme, a referrer may not. */
export function readVisit(landingUrl: string, referrer: string | null | undefined): Visit {
  return { landing: readLanding(landingUrl), referrer: readReferrer(referrer ?? '') };
}

function readLanding(raw: string): Place | null {
  const text = cut(raw);
  if (!text) return null;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `https://${text.replace(/^\/\//, '')}`;
  const url = URL.parse(full);
  if (url && /^https?:$/.test(url.protocol)) return placeOf(url, text);
  // nothing but its parameters can be read
  const query = /[?#](.*)$/s.exec(text)?.[1];
  return query === undefined ? null : { ...NOWHERE, parameters: readParameters(query), url: text };
}

const NOWHERE = { host: '', domain: '', brand: null, folder: '', path: '', isApp: false } as const;

function readReferrer(raw: string): Place | null {
  const text = cut(raw);
  const url = text ? URL.parse(text) : null;
  const host = hostOf(url);
  if (!url || !host || host.length > MAX_HOST_CHARACTERS) return null;
  if (/^https?:$/.test(url.protocol)) return placeOf(url, text);
  if (!/^(?:android|ios)-app:$/.test(url.protocol)) return null;
  return { ...NOWHERE, host, domain: host, isApp: true, parameters: new Map(), url: text };
}

/** A place by its host alone, as the AMP cache and the company's settings name it. */
export function placeOfHost(host: string): Place | null {
  return readReferrer(`https://${host}/`);
}

/** The registrable domain of a text that is a domain's name; null for any other text. */
export function domainOfText(text: string): string | null {
  return DOMAIN.test(text) ? (placeOfHost(text)?.domain ?? null) : null;
}

const DOMAIN = /^[^\s/:@?#]+\.[a-z]{2,}$/i;

function placeOf(url: URL, text: string): Place {
  const host = hostOf(url);
  // whose site it is: name.github.io belongs to somebody else than github.io
  const { domain, domainWithoutSuffix, publicSuffix, isIcann } = parse(host, {
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
  });
  const isBrand = isIcann && COUNTRY.test(publicSuffix ?? '');
  return {
    host,
    domain: domain ?? host,
    brand: isBrand && domainWithoutSuffix ? `${domainWithoutSuffix}.*` : null,
    folder: url.pathname.split('/', 2)[1]?.toLowerCase() ?? '',
    path: url.pathname,
    isApp: false,
    parameters: readParameters(`${url.search.slice(1)}&${fragmentQuery(url.hash)}`),
    url: text,
  };
}

/** In small letters, without dots around it. */
function hostOf(url: URL | null): string {
  return (url?.hostname ?? '').toLowerCase().replace(/^\.+|\.+$/g, '');
}

/** com, net, de, co.uk, com.au: what one company registers in all countries. cat is Catalonia's. */
const COUNTRY = /^(?:(?:com?|net|org|ne|or)\.)?[a-z]{2}$|^(?:com|net|cat)$/;

/** Parameters may stand behind the hash, where pages of one piece keep their own address. */
function fragmentQuery(hash: string): string {
  const text = hash.slice(1);
  const at = text.indexOf('?');
  if (at >= 0) return text.slice(at + 1);
  // #prices is a place on the page
  return text.includes('=') ? text : '';
}

function readParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  let seen = 0;
  for (const [name, raw] of new URLSearchParams(query)) {
    seen += 1;
    if (seen > MAX_PARAMETERS) break;
    // pages that encode their links twice for HTML say &amp;utm_source
    const plain = name
      .toLowerCase()
      .trim()
      .replace(/^(?:amp;)+/, '');
    if (plain && !parameters.get(plain)) parameters.set(plain, raw.trim() && raw);
  }
  return parameters;
}

function cut(raw: string): string {
  return strip(raw.slice(0, MAX_URL_CHARACTERS)).trim();
}
