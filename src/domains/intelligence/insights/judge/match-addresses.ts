// The addresses of a claim, and what may be told of a business without being said: its website and its telephone numbers.

/** Links, mail addresses, and hosts of any kind: "evil.example", "bit.ly/x". */
const ADDRESS =
  /\b(?:https?:\/\/|www\.)[^\s<>"”]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b(?:\/[^\s<>"”]*)?/gi;
/** A telephone number of North America. */
export const TELEPHONE =
  /(?<![\d+])(?:\+?1[\s.-]?)?(?:\(\d{3}\)|\d{3})[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)/g;

/** The links, hosts and mail addresses of a text, in small letters. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(ADDRESS)].map(([found]) => hostOf(found));
}

const hostOf = (address: string) =>
  address
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/.,;:!?)'"]+$/, '');

/** What may be said of a business besides: host names of its website, and its telephone numbers (E.164). */
export interface Profile {
  hosts: readonly string[];
  numbers: readonly string[];
}

/** A claim without what is known of the business: what is left has to have been said. Paths of links are not known. */
export function withoutProfile(claim: string, { hosts, numbers }: Profile): string {
  const known = new Set(numbers.map(digitsOf));
  return claim
    .replace(TELEPHONE, (found) => (known.has(digitsOf(found)) ? '' : found))
    .replace(ADDRESS, (found) => (hosts.includes(hostOf(found)) ? '' : found));
}

/** The ten digits of a number of North America. */
export function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
}
