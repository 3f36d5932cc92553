// Fields of a row under the names of their columns, for a statement that writes some of many.

/**
 * JSON for `jsonb_populate_record`: fields that are absent keep what the row has.
 * @param fields by their names in the code; of dates, texts, numbers and booleans
 */
export function columnsOf(fields: object): string {
  const columns = Object.entries(fields).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return JSON.stringify(Object.fromEntries(columns));
}
