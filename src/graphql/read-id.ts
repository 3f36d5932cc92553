// Reading the opaque ids of an input: what a client sends is a global id of the wanted type, what a verb takes is a UUID.
import { decodeGlobalId } from '#values/global-id.ts';
import { invalidInput } from '#values/refusals.ts';

/**
 * The UUID inside a global id.
 * @param globalId what the client sent; null and undefined stay what they are, since a patch tells them apart
 * @param typename the type it has to be an id of
 * @param field the input field's name or path, for the refusal
 * @returns the UUID. Throws Refused INVALID_INPUT: a userError in mutations, a BAD_INPUT error in queries.
 */
export function readId<Given extends string | null | undefined>(
  globalId: Given,
  typename: string,
  field: string | readonly string[],
): string | Exclude<Given, string> {
  if (globalId == null) return globalId as Exclude<Given, string>;
  const decoded = decodeGlobalId(globalId);
  if (decoded?.typename === typename) return decoded.id;
  const name = typeof field === 'string' ? field : field.join('.');
  const article = /^([AEIO]|Up)/.test(typename) ? 'an' : 'a';
  const message = `${name} takes the id of ${article} ${typename}, as this API returned it.`;
  throw invalidInput(field, message);
}

/** The UUIDs inside many global ids; null and undefined stay undefined (no restriction). */
export function readIds(
  globalIds: readonly string[] | null | undefined,
  typename: string,
  field: string,
): string[] | undefined {
  return globalIds?.map((globalId) => readId(globalId, typename, field));
}
