// The name of a language as a BCP 47 tag: OpenAI's Whisper says "english" where others say "en".

let tags: Map<string, string> | undefined;

/** The tag for a name or tag; null for anything that is neither. */
export function tagOfLanguage(told: string | null): string | null {
  if (told === null) return null;
  const name = told.trim().toLowerCase();
  tags ??= listTags();
  const tag = tags.get(name);
  if (tag) return tag;
  try {
    const [canonical = null] = Intl.getCanonicalLocales(told.trim());
    return /^[a-z]{2,3}(-|$)/.test(name) ? canonical : null;
  } catch {
    return null;
  }
}

/** English name → tag, for every language with two letters in ISO 639-1. */
function listTags(): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(97 + n));
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(
    codes.flatMap((code): [string, string][] => {
      const name = names.of(code)?.toLowerCase();
      return name ? [[name, code]] : [];
    }),
  );
}
