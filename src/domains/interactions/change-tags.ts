// Tags of an interaction, by name (product.md 2.3, 2.9): replaced or added to; names that are new to the company are made.
import { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import { readTagNames, writeTags } from './store-tags.ts';

const MAX_NAME_CHARACTERS = 60;
/** that stand, and that one change may add or take off */
export const MAX_TAGS = 50;

/** A tag's name. */
export const tagNameShape = z
  .string()
  .trim()
  .min(1, 'A tag needs a name.')
  .max(MAX_NAME_CHARACTERS, `A tag's name takes at most ${MAX_NAME_CHARACTERS} characters.`);

const names = z.array(tagNameShape).max(MAX_TAGS, `At most ${MAX_TAGS} tags at a time.`);

/** `set` replaces all tags; `add` and `remove` change some. */
export const tagChangeShape = z
  .object({ set: names.nullish(), add: names.nullish(), remove: names.nullish() })
  .refine(
    ({ set, add, remove }) => !set || (!add && !remove),
    'Give either set, or add and remove: set replaces all tags.',
  );

/**
 * Makes the tags what the change says.
 * @param row.at when the new tags count as given
 * @returns whether anything changed. Throws Refused INVALID_INPUT when more than 50 tags would stand.
 */
export async function changeTags(
  tx: Tx,
  row: { accountId: string; companyId: string; interactionId: string; at: Date },
  change: z.output<typeof tagChangeShape>,
): Promise<boolean> {
  const before = await readTagNames(tx, row.accountId, row.interactionId);
  const { add, remove } = weighTags('An interaction', before, change);
  if (add.length === 0 && remove.length === 0) return false;
  await writeTags(tx, row, { add, remove });
  return true;
}

/**
 * What a change adds to these tags and takes from them.
 * @param what who has them, at the start of a sentence
 * @throws Refused INVALID_INPUT when more than 50 tags would stand
 */
export function weighTags(
  what: string,
  names: readonly string[],
  change: z.output<typeof tagChangeShape>,
): { add: string[]; remove: string[] } {
  const before = new Set(names);
  const after = new Set(change.set ?? before);
  for (const name of change.remove ?? []) after.delete(name);
  for (const name of change.add ?? []) after.add(name);
  if (after.size > MAX_TAGS) {
    const message = `${what} takes at most ${MAX_TAGS} tags; this would make ${after.size}.`;
    throw invalidInput('tags', message);
  }
  return {
    add: [...after].filter((name) => !before.has(name)),
    remove: [...before].filter((name) => !after.has(name)),
  };
}
