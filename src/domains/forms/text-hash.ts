// Tells equal messages of different people, without keeping them twice. Pure.
import { createHash } from 'node:crypto';
import { tellsOfPerson } from './find-person.ts';
import type { Field } from './screen-fields.ts';

/** shorter texts are equal by chance: "yes please" */
const LEAST_CHARACTERS = 30;
/** boxes whose text is the page's own, and the same of everybody */
const CONSENT_NAME = /consent|agree|accept|terms|privacy|gdpr|opt[^a-z]?in|subscri|newsletter/i;

/**
 * SHA-256 of all values in their order, in small letters and with single spaces, but for what tells of the person and what
 * they agree to; null when those are shorter than 30 characters together.
 */
export function textHash(fields: readonly Field[]): Buffer | null {
  const text = fields
    .filter((field) => !CONSENT_NAME.test(field.name) && !tellsOfPerson(field))
    .map(({ value }) => value.toLowerCase().replaceAll(/\s+/g, ' ').trim())
    .filter((value) => value !== '')
    .join('\n');
  return text.length < LEAST_CHARACTERS ? null : createHash('sha256').update(text).digest();
}
