// Tags of an interaction, by name (product.md 2.3, 2.9): replaced or added to; names that are new to the company are made.
import { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import { readTagNames, writeTags } from './store.ts';

const MAX_NAME_CHARACTERS = 60;
const MAX_TAGS = 50;

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
  const before = new Set(await readTagNames(tx, row.accountId, row.interactionId));
  const after = new Set(change.set ?? before);
  for (const name of change.remove ?? []) after.delete(name);
  for (const name of change.add ?? []) after.add(name);
  if (after.size > MAX_TAGS) {
    throw invalidInput(
      'tags',
      `An interaction takes at most ${MAX_TAGS} tags; this would make ${after.size}.`,
    );
  }
  const add = [...after].filter((name) => !before.has(name));
  const remove = [...before].filter((name) => !after.has(name));
  if (add.length === 0 && remove.length === 0) return false;
  await writeTags(tx, row, { add, remove });
  return true;
}
