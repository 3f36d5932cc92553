// What a robots.txt (RFC 9309) says to this scanner, in a length that can be judged: the library copies each rule for each
// agent that it is for, and tries each star at each place of an address. Pure.

/** of one rule, and of all that hold a star: a page is judged by them within milliseconds */
const MOST_OF_RULE = 2_000;
const MOST_OF_STARS = 20_000;
const RULES = new Set(['allow', 'disallow', 'crawl-delay']);

/**
 * Leaves out what is for others.
 * @param agent our name, without a version
 * @returns the groups for us and for everybody; null when they are longer than any honest file's
 */
export function robotsForUs(text: string, agent: string): string | null {
  const ours = new Set(['*', agent.toLowerCase()]);
  const kept: string[] = [];
  let stars = 0;
  // of the group at hand those agents that concern us; it ends where agents follow upon rules
  let named = new Set<string>();
  let hasRules = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [word = '', ...rest] = (line.split('#', 1)[0] ?? '').split(':');
    const [key, value] = [word.trim().toLowerCase(), rest.join(':').trim()];
    if (key === 'user-agent') {
      if (hasRules) named = new Set();
      hasRules = false;
      const name = value.toLowerCase().split('/', 1)[0]?.trim() ?? '';
      if (ours.has(name)) named.add(name);
    } else if (RULES.has(key)) {
      if (!hasRules) kept.push(...[...named].map((name) => `user-agent: ${name}`));
      hasRules = true;
      if (named.size === 0) continue;
      if (value.includes('*')) stars += value.length;
      if (value.length > MOST_OF_RULE || stars > MOST_OF_STARS) return null;
      kept.push(`${key}: ${value}`);
    }
  }
  return kept.join('\n');
}
