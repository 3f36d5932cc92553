// One text for equal requests: JSON with sorted keys, so that the order in which a client wrote its fields is no matter.

/**
 * Writes a value as JSON with the keys of every object sorted. Fields that are undefined are left out, dates become ISO
 * texts, bigints become decimal texts, as do values with a toJSON.
 */
export function stableJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null';
}

function sorted(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if ('toJSON' in value && typeof value.toJSON === 'function') return sorted(value.toJSON());
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
