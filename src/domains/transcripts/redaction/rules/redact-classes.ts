// What the classes beside SECURE hide in one channel, and the version of all rules. SECURE goes first: its labels stay.

import type { RedactionClass } from '#values/redaction-classes.ts';
import type { SecureKind } from './redact-labels.ts';
import { findMedical } from './redact-medical.ts';
import { findPersonal, type HeardOfPerson, type PersonalKind } from './redact-personal.ts';
import { findRuns, type TimedToken } from './redact-runs.ts';

/** What a hidden stretch was. */
export type RedactionKind = SecureKind | PersonalKind | 'MEDICAL';

/** Raised with every change of a rule that finds more: transcripts of before are then redacted again. */
export const REDACTION_VERSION = 13;

/** The first version that mutes where nobody could write down what was asked for: words may stay as they are, and sound go. */
export const UNHEARD_VERSION = 8;

/** Stands in its place where an edit has hidden more: the sound, and what was read before, follow. */
export const DUE_AGAIN = 0;

/**
 * Hides what the classes ask for, beside what is hidden already.
 * @param hidden what each hidden token is hidden as, by token index; is added to
 * @param texts the channel's words as they are written
 */
export function hideClasses(
  hidden: Map<number, RedactionKind>,
  tokens: readonly TimedToken[],
  texts: readonly string[],
  heard: HeardOfPerson,
  classes: readonly RedactionClass[],
): void {
  const hide = (at: number, kind: RedactionKind) => {
    if (!hidden.has(at)) hidden.set(at, kind);
  };
  if (classes.includes('PERSONAL')) {
    // what is hidden is read as its label will be: no number goes on over it
    const left = tokens.map((token, at): TimedToken => {
      const label = hidden.get(at);
      return label ? { ...token, kind: 'OTHER', value: '', bare: '', label } : token;
    });
    const runs = findRuns(left, false, []);
    for (const { kind, first, last } of findPersonal(left, texts, runs, heard)) {
      for (let at = first; at <= last; at++) hide(at, kind);
    }
  }
  if (classes.includes('MEDICAL')) {
    for (const at of findMedical(tokens, texts)) hide(at, 'MEDICAL');
  }
  if (classes.includes('ALL_DIGITS')) {
    for (const { first, last } of findRuns(tokens, true, [])) {
      for (let at = first; at <= last; at++) hide(at, 'DIGITS');
    }
    for (const [at, { bare }] of tokens.entries()) {
      if (/\d/.test(bare)) hide(at, 'DIGITS');
    }
  }
}
