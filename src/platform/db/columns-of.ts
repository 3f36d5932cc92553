// Fields of a row under the names of their columns, for a statement that reads or writes some of many.

/** The column of a field: sent_at of sentAt. */
export const columnOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * JSON for `jsonb_populate_record`: fields that are absent keep what the row has.
 * @param fields by their names in the code; of dates, texts, numbers and booleans
 */
export function columnsOf(fields: object): string {
  const columns = Object.entries(fields).map(([name, value]) => [columnOf(name), value]);
  return JSON.stringify(Object.fromEntries(columns));
}
