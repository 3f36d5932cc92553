// The parts of a run of numbers: the words that carry its digits, what parts them, and in which groups they were told.
import type { NumberRun, TimedToken } from './redact-runs.ts';
import { isHesitation } from './redact-smooth.ts';

type Border = 'NONE' | 'COMMA' | 'WORD' | 'STOP';

/** A word of a run that carries digits, and what parts it from the next one. */
export interface Part {
  at: number;
  value: string;
  bare: string;
  after: Border;
  /** "36 by 48" */
  isMeasured?: boolean;
  /** "8 to 10" */
  isRange?: boolean;
}

/** A number of North America, with its area code. */
export const PHONE = /^1?[2-9]\d{2}[2-9]\d{6}$/;
const LOCAL_PHONE = /^[2-9]\d{6}$/;
const PHONE_GROUPS = new Set(['3-3-4', '3-7', '6-4', '10', '1-3-3-4', '1-3-7', '1-10', '11']);
const LOCAL_GROUPS = new Set(['3-4', '7']);
/** How many digits some parts have. */
export const sizeOf = (parts: readonly Part[]) =>
  parts.reduce((sum, { value }) => sum + value.length, 0);
/** Those digits. */
export const digitsOf = (parts: readonly Part[]) => parts.map(({ value }) => value).join('');
const borderOf = ({ mark }: TimedToken): Border => mark ?? 'NONE';

/** The parts of a run; null where a misheard digit is one of them, as in no list. Who hears "four to four to" hears digits. */
export function partsOf({ first, last }: NumberRun, tokens: readonly TimedToken[]): Part[] | null {
  const parts: Part[] = [];
  for (let at = first; at <= last; at++) {
    const token = tokens[at];
    const before = parts.at(-1);
    if (!token) return null;
    if (token.kind === 'NUMBER' || (token.kind === 'SOUNDALIKE' && token.value === '0')) {
      parts.push({ at, value: token.value, bare: token.bare, after: borderOf(token) });
    } else if (before && !isHesitation(token.bare)) {
      if (token.kind === 'SOUNDALIKE' && before.value.length < 2 && token.bare !== 'to')
        return null;
      before.isRange ||= token.bare === 'to' && before.after === 'NONE';
      before.after = before.after === 'STOP' ? 'STOP' : 'WORD';
      if (token.mark === 'STOP') before.after = 'STOP';
      before.isMeasured ||= token.bare === 'by' && tokens[at - 1]?.bare !== 'followed';
    }
  }
  const end = parts.at(-1);
  if (end) end.after = 'STOP';
  return parts;
}

/** The words of some parts as they were said together: "one thousand two hundred", "1200". */
export const wordsOf = (parts: readonly Part[]) =>
  parts
    .map(({ bare }) => bare.replaceAll('-', ' ').replace(/^(\d{1,3}),(\d{3})$/, '$1$2'))
    .join(' ');

/** The groups of a number: its words, where they have three figures and more, or what stands between two borders. */
export function splitInGroups(parts: readonly Part[]): string[] {
  const groups: string[] = [];
  let open = '';
  for (const { value, after } of parts) {
    if (open && value.length > 2) {
      groups.push(open);
      open = '';
    }
    open += value;
    if (after !== 'NONE' || value.length > 2) {
      groups.push(open);
      open = '';
    }
  }
  return open ? [...groups, open] : groups;
}

/** How many digits each of them has: "3-3-4". */
export const groupsOf = (parts: readonly Part[]): string =>
  splitInGroups(parts)
    .map(({ length }) => length)
    .join('-');

/** Whether they are a telephone number of ten digits, grouped as one. */
export const isPhone = (parts: readonly Part[]) =>
  PHONE.test(digitsOf(parts)) && PHONE_GROUPS.has(groupsOf(parts));
/** The same of seven. */
export const isLocalPhone = (parts: readonly Part[]) =>
  LOCAL_PHONE.test(digitsOf(parts)) && LOCAL_GROUPS.has(groupsOf(parts));
/** Whether what follows a part is parted from it; nothing is parted from what begins. */
export const isParted = (before: Part | undefined) => before?.after !== 'NONE';
