// What a page and the script say to each other: what its tag tells, and window.Switchboard.
import type { Consent } from './visits.ts';

/** What the tag says. */
export interface Site {
  /** publishable: sb_site_… */
  key: string;
  /** the origin of the script */
  server: string;
  /** the page's country: calling code ("44"), or ISO code of one of the countries in CALLING_CODES; US without */
  country?: string | undefined;
  /** what the visitor has decided; google and tcf: those platforms tell it */
  consent?: Consent | 'google' | 'tcf' | undefined;
  /** further attributes that hold numbers */
  attributes?: readonly string[] | undefined;
  /** names of the page's cookies that go along with a visit */
  cookies?: readonly string[] | undefined;
}

/** target → number, as E.164 or as the page has written the target. */
export type Numbers = Record<string, string>;

/** The targets that a page asks for: one or several, all without. */
export type Told = string | readonly string[] | undefined;

/** window.Switchboard */
export interface Switchboard {
  key: string;
  /** looks again at the page, a node, or what a selector finds */
  swap(place?: Node | string): void;
  /** the numbers for these targets (all without): those that are unknown or not free are missing */
  getNumbers(targets?: Told): Promise<Numbers>;
  consent(mode: Consent): void;
  /** tells of a form: the form, what is around it, a block of fields, a selector, or { field: value }. `then` runs once it is on its way */
  captureForm(form: Element | string | Record<string, unknown>, then?: () => void): void;
  /** who the visitor is: number and address alone leave the page, and only with consent */
  identify(person: { email?: string; phone?: string }): void;
  /** told now, if there is one, and at each new one */
  onAssignment(listener: (numbers: Numbers) => void): void;
  /** ['swap', …]: what pages queue before the script is there */
  push(...commands: unknown[][]): void;
}
