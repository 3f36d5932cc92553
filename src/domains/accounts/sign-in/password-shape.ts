// What a password may be. Length is what counts (NIST SP 800-63B section 3.1.1.2): no classes of characters, no expiry.
import { z } from 'zod';
import { invalidInput } from '#values/refusals.ts';

const SHORTEST = 12;
/** Longer ones would only cost work. */
const LONGEST = 200;
const FEWEST_DIFFERENT = 5;

/** A password that somebody types to prove who they are: anything, written in one way. */
export const givenPasswordShape = z
  .string()
  .max(LONGEST, `A password has at most ${LONGEST} characters.`)
  .transform((text) => text.normalize('NFKC'));

/** A new password. `field` is the input's name for it. */
export function newPasswordShape(field: string) {
  return z
    .string()
    .min(SHORTEST, `${field} takes ${SHORTEST} to ${LONGEST} characters; make it longer.`)
    .max(LONGEST, `${field} takes ${SHORTEST} to ${LONGEST} characters; make it shorter.`)
    .refine(
      (text) => new Set(text).size >= FEWEST_DIFFERENT,
      `${field} takes at least ${FEWEST_DIFFERENT} different characters; a few words do well.`,
    )
    .transform((text) => text.normalize('NFKC'));
}

/** Refuses a new password that holds the person's own address, or the part of it before the @. */
export function checkNotAddress(password: string, email: string, field: string): void {
  const [name = ''] = email.split('@');
  const typed = password.toLowerCase();
  if (!typed.includes(email) && !(name.length >= 4 && typed.includes(name))) return;
  throw invalidInput(field, `${field} must not hold your e-mail address; take other words.`);
}
