// The telephone numbers of a page's structured data (schema.org's `telephone` in JSON-LD), which search engines show. Pure.

/** values that are looked at in one piece of structured data */
const MOST_VALUES = 20_000;

/** Every text under the name `telephone`, however deep; [] for what is no JSON. */
export function readJsonLd(json: string): string[] {
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch {
    return [];
  }
  const texts: string[] = [];
  // a list of what is to be done and no recursion: strangers nest as deep as they like
  const waiting: [name: string, value: unknown][] = [['', root]];
  for (let seen = 0; seen < MOST_VALUES; seen += 1) {
    const next = waiting.pop();
    if (!next) break;
    const [name, value] = next;
    if (typeof value === 'string') {
      if (name === 'telephone') texts.push(value);
    } else if (Array.isArray(value)) {
      for (const one of value) waiting.push([name, one]);
    } else if (value !== null && typeof value === 'object') {
      for (const [inner, one] of Object.entries(value)) waiting.push([inner, one]);
    }
  }
  return texts.reverse();
}
