// Whether a language tag is of English. Pure.

/** @param language a BCP 47 tag: en, en-GB; English of whatever country, and not Enets (enf) */
export function isEnglish(language: string): boolean {
  return /^en(?:-|$)/i.test(language);
}
