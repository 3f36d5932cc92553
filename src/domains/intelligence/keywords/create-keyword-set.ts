// A new set of keywords, for one company or for all of the account.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { keywordsShape, setNameShape } from './keyword-set-shape.ts';
import { countSets, findKeywordSet, insertKeywordSet, type KeywordSetRow } from './store.ts';

/** Every set is looked through in every transcript. */
const MAX_SETS = 200;
/** held while sets are counted, so that two that are made at once do not pass the limit together */
const SETS_SUBJECT = 'keyword-sets';

const shape = z.object({
  companyId: z.uuid().nullish(),
  name: setNameShape,
  keywords: keywordsShape,
  idempotencyKey: z.string().nullish(),
});

/** companyId null or absent = every company, those to come too. */
export type NewKeywordSet = z.input<typeof shape>;

/**
 * Makes a set; transcripts that come from now on are looked through for it.
 * @throws Forbidden (a viewer who is kept to some companies cannot make a set of all); Refused INVALID_INPUT, NOT_FOUND
 *   (company), LIMIT_REACHED (200 sets), IDEMPOTENCY_KEY_CONFLICT
 */
export async function createKeywordSet(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: NewKeywordSet,
): Promise<KeywordSetRow> {
  authorize(viewer, 'keywordSets.create', request.companyId ?? null);
  const input = parseInput(shape, request);
  const { accountId } = viewer;
  const { name, keywords, companyId = null } = input;
  return once(
    { db, clock },
    viewer,
    { mutation: 'createKeywordSet', key: input.idempotencyKey, request: input },
    async (tx) => {
      await events.lock(tx, accountId, [SETS_SUBJECT]);
      const where = { accountId_id: { accountId, id: companyId ?? '' } };
      if (companyId && !(await tx.company.findUnique({ where, select: { id: true } }))) {
        throw notFound('companyId', 'Company');
      }
      const current = await countSets(tx, accountId);
      if (current >= MAX_SETS) {
        throw policyRefused(
          'LIMIT_REACHED',
          `An account has at most ${MAX_SETS} keyword sets. Put keywords together, or delete a set.`,
          { figures: { limit: MAX_SETS, current } },
        );
      }
      const set = { id: newId(), companyId, name, keywords, createdAt: clock.now(accountId) };
      await insertKeywordSet(tx, accountId, set);
      await audit(tx, viewer, clock, {
        action: 'createKeywordSet',
        subject: `keywordSet:${set.id}`,
        after: { companyId, name, keywords },
      });
      return { ...set, version: 1 };
    },
    answerById('KeywordSet', (tx, id) => findKeywordSet(tx, accountId, id)),
  );
}
