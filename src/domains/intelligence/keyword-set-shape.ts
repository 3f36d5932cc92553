// What people may put into a keyword set, field by field and all together.
import { z } from 'zod';
import { tagNameShape } from '#domains/interactions/index.ts';
import {
  hasWords,
  isPrefixLongEnough,
  KEYWORD_MATCHES,
  KEYWORD_SPEAKERS,
} from './match-keywords.ts';
import { splitWords } from './match-words.ts';

const MAX_NAME_CHARACTERS = 100;
const MAX_KEYWORDS = 100;
const MAX_TEXT_CHARACTERS = 100;
const MAX_TEXT_WORDS = 8;

const keyword = z
  .object({
    text: z
      .string()
      .trim()
      .max(MAX_TEXT_CHARACTERS, `text takes at most ${MAX_TEXT_CHARACTERS} characters.`)
      .refine(hasWords, 'text takes at least one letter or digit: that is what is listened for.')
      .refine(
        (text) => splitWords(text).length <= MAX_TEXT_WORDS,
        `text takes at most ${MAX_TEXT_WORDS} words. Give a longer phrase by its most telling words.`,
      ),
    match: z
      .enum(KEYWORD_MATCHES)
      .nullish()
      .transform((match) => match ?? 'STEM'),
    speaker: z
      .enum(KEYWORD_SPEAKERS)
      .nullish()
      .transform((speaker) => speaker ?? 'ANY'),
    tag: tagNameShape.nullish().transform((tag) => tag ?? null),
  })
  .refine(({ match, text }) => match === 'PREFIX' || !text.includes('*'), {
    path: ['text'],
    error: 'An asterisk stands for the rest of a word in keywords of match PREFIX only.',
  })
  .refine(({ match, text }) => match !== 'PREFIX' || isPrefixLongEnough(text), {
    path: ['text'],
    error: 'The last word of a PREFIX takes at least 2 letters before the asterisk.',
  })
  .refine(({ match, text }) => match !== 'PREFIX' || /^[^*]*\*?$/.test(text), {
    path: ['text'],
    error: 'A PREFIX has one asterisk, at its end, or none: plumb* or plumb.',
  });

/** A keyword as it is kept. */
export type StoredKeyword = z.output<typeof keyword>;

/** A set's keywords: 1 to 100, each once for a match and a speaker. */
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
  });

const nameError = `name takes 1 to ${MAX_NAME_CHARACTERS} characters.`;

/** A set's name. */
export const setNameShape = z
  .string({ error: nameError })
  .trim()
  .min(1, nameError)
  .max(MAX_NAME_CHARACTERS, nameError);
