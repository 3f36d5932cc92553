// What a company may have coaching look at. Its keys go into answers of a model and into trends, its questions to the model.
import { z } from 'zod';

const MAX_CRITERIA = 12;
const MAX_KEY_CHARACTERS = 40;
const MAX_QUESTION_CHARACTERS = 200;

const keyError = `key takes 1 to ${MAX_KEY_CHARACTERS} letters, digits, spaces, - and _, beginning with a letter or digit.`;
const questionError = `question takes 1 to ${MAX_QUESTION_CHARACTERS} characters: a sentence of what is looked for.`;

/** One line, and each letter in the one way that Unicode prefers, so that equal keys are equal. */
const line = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();

const criterion = z.object({
  key: z
    .string({ error: keyError })
    .transform(line)
    .pipe(
      z
        .string()
        .max(MAX_KEY_CHARACTERS, keyError)
        .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]*$/u, keyError),
    ),
  question: z
    .string({ error: questionError })
    .transform(line)
    .pipe(z.string().min(1, questionError).max(MAX_QUESTION_CHARACTERS, questionError)),
});

/** 1 to 12 criteria, each key once, whatever its capitals. */
export const criteriaShape = z
  .array(criterion)
  .min(1, 'criteria takes at least one criterion; null gives back those of this product.')
  .max(MAX_CRITERIA, `criteria takes at most ${MAX_CRITERIA} criteria.`)
  .superRefine((criteria, context) => {
    const seen = new Set<string>();
    for (const [n, { key }] of criteria.entries()) {
      const small = key.toLowerCase();
      if (seen.has(small)) {
        context.addIssue({
          ...{ code: 'custom', path: [n, 'key'] },
          message: 'Another criterion has this key already; capitals make no difference.',
        });
      }
      seen.add(small);
    }
  });
