// Tells equal messages of different people, without keeping them twice. Pure.
import { createHash } from 'node:crypto';
import type { Field } from './screen-fields.ts';

/** shorter texts are equal by chance: "yes please" */
const LEAST_CHARACTERS = 30;

/** SHA-256 of the longest value, in small letters and with single spaces; null when it is shorter than 30 characters. */
export function textHash(fields: readonly Field[]): Buffer | null {
  const texts = fields.map(({ value }) => value.toLowerCase().replaceAll(/\s+/g, ' ').trim());
  const longest = texts.reduce((one, other) => (other.length > one.length ? other : one), '');
  return longest.length < LEAST_CHARACTERS ? null : createHash('sha256').update(longest).digest();
}
