// A word that goes into an HTTP header as it is, such as a provider's key: what cannot stand there is refused where it is
// given, not at each request that would send it.

/** Printable ASCII without spaces. */
export const HEADER_WORD = /^[\x21-\x7e]+$/;

/** What such a word takes, behind its name. */
export const HEADER_WORD_RULE = 'takes printable ASCII without spaces: copy it whole';
