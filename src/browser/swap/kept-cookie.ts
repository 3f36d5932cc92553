// Keeps the assignment in one first-party cookie, named as the site's key. A cookie and not localStorage: it is the only
// store that all subdomains of a domain share, that is read at once, and that a server which renders pages sees too.
import { type Assignment, cookieOf, readAssignment, writeAssignment } from './assignment.ts';

const SECONDS_A_DAY = 86_400;

/** What this browser keeps for the site, or null. */
export function readKept(key: string): Assignment | null {
  return readAssignment(cookieOf(document.cookie, key) ?? '');
}

/** Keeps it for so many days on the widest domain that browsers allow; 0 days forget it. */
export function keep(key: string, assignment: Assignment | null, days: number): void {
  const text = assignment ? writeAssignment(assignment) : '';
  const secure = location.protocol === 'https:' ? ';Secure' : '';
  const rest = `;Path=/;SameSite=Lax;Max-Age=${days * SECONDS_A_DAY}${secure}`;
  const labels = location.hostname.split('.');
  const set = (domain: string) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store answers later, and only on https pages
    document.cookie = `${key}=${text}${domain}${rest}`;
  };
  // browsers refuse a cookie for a public suffix (co.uk), so the first that is taken is the registrable domain
  for (let from = labels.length - 2; from >= 0; from -= 1) {
    set(`;Domain=${labels.slice(from).join('.')}`);
    if (cookieOf(document.cookie, key) === text) return;
  }
  set('');
}
