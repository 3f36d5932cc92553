// What people may put into a keyword set, field by field and all together.
import { z } from 'zod';
import { tagNameShape } from '#domains/interactions/index.ts';
import { ExpressionFault, refuseForeignSigns } from './matching/expression-tokens.ts';
import {
  hasWords,
  isPrefixLongEnough,
  KEYWORD_MATCHES,
  KEYWORD_SPEAKERS,
} from './matching/match-keywords.ts';
import { splitWords } from './matching/match-words.ts';
import { MAX_TERM_WORDS, readExpression, termsOf } from './matching/read-expression.ts';

const MAX_NAME_CHARACTERS = 100;
const MAX_KEYWORDS = 100;
const MAX_TEXT_CHARACTERS = 100;
const MAX_EXPRESSION_CHARACTERS = 500;
/** Of all expressions of a set: each is looked for in every transcript. */
const MAX_TERMS = 500;

const keyword = z
  .object({
    text: z.string().trim(),
    match: z
      .enum([...KEYWORD_MATCHES, 'EXPRESSION'])
      .nullish()
      .transform((match) => match ?? 'STEM'),
    speaker: z
      .enum(KEYWORD_SPEAKERS)
      .nullish()
      .transform((speaker) => speaker ?? 'ANY'),
    tag: tagNameShape.nullish().transform((tag) => tag ?? null),
  })
  .superRefine(({ text, match }, context) => {
    const message = match === 'EXPRESSION' ? faultOfExpression(text) : faultOfPhrase(text, match);
    if (message) context.addIssue({ code: 'custom', path: ['text'], message });
  });

function faultOfPhrase(text: string, match: (typeof KEYWORD_MATCHES)[number]): string | null {
  if (text.length > MAX_TEXT_CHARACTERS) {
    return `text takes at most ${MAX_TEXT_CHARACTERS} characters.`;
  }
  if (!hasWords(text)) {
    return 'text takes at least one letter or digit: that is what is listened for.';
  }
  if (splitWords(text).length > MAX_TERM_WORDS) {
    return `text takes at most ${MAX_TERM_WORDS} words. Give a longer phrase by its most telling words.`;
  }
  if (match !== 'PREFIX') {
    return text.includes('*')
      ? 'An asterisk stands for the rest of a word in keywords of match PREFIX or EXPRESSION only.'
      : null;
  }
  if (!/^[^*]*\*?$/.test(text)) {
    return 'A PREFIX has one asterisk, at its end, or none: plumb* or plumb.';
  }
  return isPrefixLongEnough(text)
    ? null
    : 'The last word of a PREFIX takes at least 2 letters before the asterisk.';
}

function faultOfExpression(text: string): string | null {
  if (text.length > MAX_EXPRESSION_CHARACTERS) {
    return `An EXPRESSION takes at most ${MAX_EXPRESSION_CHARACTERS} characters.`;
  }
  try {
    refuseForeignSigns(text);
    readExpression(text);
    return null;
  } catch (error) {
    if (error instanceof ExpressionFault) return error.message;
    throw error;
  }
}

/** A keyword as it is kept. */
export type StoredKeyword = z.output<typeof keyword>;

/** A set's keywords: 1 to 100, each once for a match and a speaker, and 500 terms of expressions in all. */
export const keywordsShape = z
  .array(keyword)
  .min(1, 'keywords takes at least one keyword.')
  .max(MAX_KEYWORDS, `keywords takes at most ${MAX_KEYWORDS} keywords. Make a second set for more.`)
  .superRefine((keywords, context) => {
    const seen = new Set<string>();
    for (const [n, { text, match, speaker }] of keywords.entries()) {
      const same = [text.toLowerCase(), match, speaker].join('\n');
      if (seen.has(same)) {
        context.addIssue({
          code: 'custom',
          path: [n, 'text'],
          message: 'This keyword stands in the set already, with the same match and speaker.',
        });
      }
      seen.add(same);
    }
    const terms = keywords
      .filter(({ match, text }) => match === 'EXPRESSION' && faultOfExpression(text) === null)
      .reduce((sum, { text }) => sum + termsOf(readExpression(text)).length, 0);
    if (terms > MAX_TERMS) {
      context.addIssue({
        code: 'custom',
        message: `The expressions of a set take at most ${MAX_TERMS} terms together, not ${terms}. Make a second set for more.`,
      });
    }
  });

const nameError = `name takes 1 to ${MAX_NAME_CHARACTERS} characters.`;

/** A set's name. */
export const setNameShape = z
  .string({ error: nameError })
  .trim()
  .min(1, nameError)
  .max(MAX_NAME_CHARACTERS, nameError);
