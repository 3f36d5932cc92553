// What tests look through for words that are to be nowhere.
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z?/g;

/**
 * A value as JSON, or a text as it is, without the ids and times in it: they are drawn by lot or by the clock, and may
 * spell any short word or number that a test says is nowhere.
 */
export function textBesideIds(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(ID, '').replaceAll(TIME, '');
}
