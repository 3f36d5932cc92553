// Fields that a company keeps of its leads: which values each type takes. Pure.
import type { LeadFieldType } from '#generated/prisma/enums.ts';

const MAX_CHARACTERS = 1_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a field says: text, a number, yes or no, a day (2026-11-23), or one of the options. */
export type FieldValue = string | number | boolean;

/**
 * Judges a value by its field.
 * @returns the value, or the sentence that says what the field takes
 */
export function judgeFieldValue(
  { name, type, options }: { name: string; type: LeadFieldType; options: readonly string[] },
  given: unknown,
): { value: FieldValue } | { fault: string } {
  const fault = (takes: string) => ({ fault: `The field ${name} takes ${takes}.` });
  switch (type) {
    case 'TEXT': {
      const text = typeof given === 'string' ? given.trim() : '';
      const isText = text.length >= 1 && text.length <= MAX_CHARACTERS;
      return isText ? { value: text } : fault(`a text of 1 to ${MAX_CHARACTERS} characters`);
    }
    case 'NUMBER':
      return typeof given === 'number' && Number.isFinite(given)
        ? { value: given }
        : fault('a number');
    case 'BOOLEAN':
      return typeof given === 'boolean' ? { value: given } : fault('true or false');
    case 'DATE':
      return typeof given === 'string' && isDay(given)
        ? { value: given }
        : fault('a day as 2026-11-23');
    case 'CHOICE':
      return typeof given === 'string' && options.includes(given)
        ? { value: given }
        : fault(`one of: ${options.join(', ')}`);
  }
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  // 30 February reads as a day of March
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
