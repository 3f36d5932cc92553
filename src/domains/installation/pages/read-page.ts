// Reads one page: its links, the numbers that it prints, its tags of the script, its policies. In one pass and without a
// tree, since pages are made by strangers: neither time nor memory grows faster than the page. Pure.
import { Parser } from 'htmlparser2';
import { INLINE, LINK, SKIPPED } from '#values/page-parts.ts';
import { callingCodeOfCountry } from '#values/phone-number.ts';
import { listPageNumbers, type PageNumber, type PagePiece } from './list-numbers.ts';
import { readJsonLd } from './read-json-ld.ts';

/** A tag of the script. */
export interface ScriptTag {
  /** its address in full */
  src: string;
  /** as it stands in the tag; empty for none */
  key: string;
  nonce: string;
}

/** What stands on a page. */
export interface PageReading {
  /** addresses as they stand there, each once, and what they are relative to; null: the page's own */
  links: ReadonlySet<string>;
  base: string | null;
  numbers: PageNumber[];
  scripts: ScriptTag[];
  /** Content-Security-Policies in meta tags */
  policies: string[];
  /** nested so deep that the rest was left */
  isCut: boolean;
  /** it has more numbers than are taken of a page */
  isFull: boolean;
}

/** An open element, and what holds for all that stands in it. */
interface Frame {
  isSkipped: boolean;
  isHidden: boolean;
  isOptedOut: boolean;
}
type Attributes = Readonly<Record<string, string>>;

const SKIPPED_NAMES: ReadonlySet<string> = new Set(SKIPPED.split(','));
const UNSEEN = /display\s*:\s*none|visibility\s*:\s*hidden/i;
const READ_ALOUD = ['aria-label', 'title', 'alt'];
const CALLRAIL = /\/companies\/[^/]+\/([\w-]+)\/\d+\/swap\.js$/;

const MOST_DEPTH = 1_000;
const MOST_SCRIPTS = 5;
const MOST_POLICIES = 10;
const CHUNK = 8_192;

/** Reads a page. @param url where it is from */
export function readPage(html: string, url: string): PageReading {
  const links = new Set<string>();
  const reading: Omit<PageReading, 'numbers' | 'isFull'> = {
    links,
    base: null,
    scripts: [],
    policies: [],
    isCut: false,
  };
  const pieces: PagePiece[] = [];
  /** further attributes, judged at the end: the tag that names those which hold numbers may come late */
  const data: { name: string; piece: PagePiece }[] = [];
  const named = { attributes: '', country: '' };
  const open: Frame[] = [{ isSkipped: false, isHidden: false, isOptedOut: false }];
  let line: PagePiece | null = null;
  let structured: string[] | null = null;

  const within = (): Frame => open.at(-1) as Frame;
  const endLine = () => {
    if (line && /\d/.test(line.text)) pieces.push(line);
    line = null;
  };
  const piece = (text: string, printedIn: PagePiece['printedIn']): PagePiece => {
    const { isHidden, isOptedOut } = within();
    return { text, printedIn, isHidden, isOptedOut };
  };

  function readAttributes(name: string, attributes: Attributes): void {
    const href = attributes.href ?? '';
    const [, scheme, number] = LINK.exec(href.trim()) ?? [];
    if (scheme && number) {
      const isSms = /^sms/i.test(scheme);
      pieces.push(piece(unescaped(number), isSms ? 'SMS_LINK' : 'TEL_LINK'));
    } else if (href && (name === 'a' || name === 'area') && attributes.download === undefined) {
      links.add(href);
    }
    for (const [key, value] of Object.entries(attributes)) {
      if (!/\d/.test(value)) continue;
      const isRead =
        READ_ALOUD.includes(key) || (key === 'content' && attributes.itemprop === 'telephone');
      if (isRead) pieces.push(piece(value, 'ATTRIBUTE'));
      else if (key.startsWith('data-') && name !== 'script') {
        data.push({ name: key, piece: piece(value, 'ATTRIBUTE') });
      }
    }
  }

  function readScript({ src, nonce, ...attributes }: Attributes): void {
    const address = src === undefined ? null : URL.parse(src.trim(), reading.base ?? url);
    if (!address || !/\/swap\.js$/.test(address.pathname)) return;
    const read = (name: string) =>
      attributes[`data-${name}`] ?? address.searchParams.get(name) ?? undefined;
    const key = read('key') ?? CALLRAIL.exec(address.pathname)?.[1] ?? '';
    named.attributes += ` ${read('attributes') ?? ''}`;
    named.country ||= read('country') ?? '';
    if (reading.scripts.length < MOST_SCRIPTS) {
      reading.scripts.push({ src: address.href, key: key.slice(0, 60), nonce: nonce ?? '' });
    }
  }

  function readMeta(attributes: Attributes): void {
    const isPolicy = attributes['http-equiv']?.toLowerCase() === 'content-security-policy';
    if (isPolicy && attributes.content && reading.policies.length < MOST_POLICIES) {
      reading.policies.push(attributes.content);
    }
  }

  const parser = new Parser({
    onopentag(name, attributes) {
      if (!INLINE.test(name)) endLine();
      const outer = within();
      const style = attributes.style ?? '';
      open.push({
        isSkipped: outer.isSkipped || SKIPPED_NAMES.has(name),
        isHidden: outer.isHidden || attributes.hidden !== undefined || UNSEEN.test(style),
        isOptedOut: outer.isOptedOut || isOptedOut(attributes),
      });
      if (open.length > MOST_DEPTH) reading.isCut = true;
      if (name === 'base' && reading.base === null && attributes.href !== undefined) {
        reading.base = URL.parse(attributes.href, url)?.href ?? null;
      }
      if (name === 'meta') readMeta(attributes);
      if (name === 'script' && /^application\/ld\+json$/i.test(attributes.type?.trim() ?? '')) {
        structured = [];
      } else if (name === 'script' && !outer.isSkipped) readScript(attributes);
      if (!within().isSkipped) readAttributes(name, attributes);
    },
    onclosetag(name) {
      if (!INLINE.test(name)) endLine();
      if (name === 'script' && structured) {
        for (const text of readJsonLd(structured.join(''))) pieces.push(piece(text, 'JSON_LD'));
        structured = null;
      }
      if (open.length > 1) open.pop();
    },
    ontext(text) {
      structured?.push(text);
      const { isSkipped, isHidden, isOptedOut } = within();
      if (isSkipped) return;
      line ??= piece('', 'TEXT');
      line.text += text;
      line.isHidden ||= isHidden;
      line.isOptedOut ||= isOptedOut;
    },
  });
  for (let at = 0; at < html.length && !reading.isCut; at += CHUNK) {
    parser.write(html.slice(at, at + CHUNK));
  }
  // what is nested too deep is not closed one by one
  if (!reading.isCut) parser.end();
  endLine();
  const asked = new Set(named.attributes.split(/[\s,]+/));
  for (const { name, piece: held } of data) if (asked.has(name)) pieces.push(held);
  const callingCode = codeOf(named.country);
  return { ...reading, ...listPageNumbers(pieces, callingCode) };
}

/** A page's `data-country`: an ISO code or a calling code; US when left out. */
function codeOf(country: string): string {
  return /^\+?(\d{1,3})$/.exec(country)?.[1] ?? callingCodeOfCountry(country) ?? '1';
}

function isOptedOut(attributes: Attributes): boolean {
  const { contenteditable: editable } = attributes;
  return (
    attributes['data-switchboard-noswap'] !== undefined ||
    attributes['data-calltrk-noswap'] !== undefined ||
    (editable !== undefined && editable !== 'false')
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
