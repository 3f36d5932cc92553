// What people change on an interaction of any channel: note, value, lead status, tags, and what is told of it. The
// channel's own verb opens the transaction.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { holdLead, leadLocks, leadSubject, rescoreLead } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { announceChanges } from './announce-changes.ts';
import { changeTags, tagChangeShape } from './change-tags.ts';
import { CHANNELS } from './channels.ts';
import {
  followingSubjects,
  type Score,
  SETTABLE_STATUSES,
  scoreInteraction,
  tooManyFollow,
} from './score-interaction.ts';
import { type InteractionRow, readInteraction, writeInteraction } from './store.ts';

const MAX_NOTE_CHARACTERS = 10_000;

const shape = z.object({
  interactionId: z.uuid(),
  kind: z.enum(['CALL', 'FORM', 'CONVERSATION', 'CHAT']),
  /** the mutation that the change is audited as: tagCall */
  verb: z.string(),
  expectedVersion: z.number().int().nullish(),
  note: z
    .string()
    .max(MAX_NOTE_CHARACTERS, `note takes at most ${MAX_NOTE_CHARACTERS} characters.`)
    .nullish(),
  valueCents: z
    .number()
    .refine(
      (cents) => Number.isSafeInteger(cents) && cents >= 0,
      `valueCents is a whole number of cents from 0 to ${Number.MAX_SAFE_INTEGER}, or null to clear it.`,
    )
    .nullish(),
  leadStatus: z
    .enum(SETTABLE_STATUSES, {
      error: `leadStatus can be set to ${SETTABLE_STATUSES.join(', ')} or null, which is NOT_SCORED.`,
    })
    .nullish(),
  tags: tagChangeShape.nullish(),
});

/** Absent = unchanged, null = cleared (`tags: null` changes nothing). */
export type InteractionChange = z.input<typeof shape>;
/** The fields that changed, in the words of the API. */
type ChangedField = 'note' | 'value' | 'leadStatus' | 'tags';

/**
 * Changes an interaction, and its lead where the change reaches it (lead.qualified, lead.updated), and tells of it and of
 * the later interactions whose status followed. Nothing is told when all was so already.
 * Must come before the transaction's first write: it locks the subject, the lead and the later interactions that a mark
 * moves, then writes.
 * @param change.valueCents 0 to 2^53 − 1
 * @param change.leadStatus GOOD_LEAD, NOT_A_LEAD, NOT_SCORED or null (= NOT_SCORED)
 * @param change.tags `set`, or `add` and `remove`; names of 1 to 60 characters, at most 50 on one interaction
 * @param refusal thrown where more than 1,000 later interactions would follow a mark
 * @returns the version that now stands and the names of the fields that changed.
 *   Throws Refused: INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, ALREADY_GOOD_LEAD; Forbidden.
 */
export async function changeInteraction(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  change: InteractionChange,
  refusal = tooManyFollow,
): Promise<{ version: number; changes: ChangedField[] }> {
  authorize(viewer, CHANNELS[change.kind].changes);
  const input = parseInput(shape, change);
  const { accountId } = viewer;
  const { interactionId, kind } = input;
  const subject = CHANNELS[kind].subject(interactionId);
  const reachesLead = input.leadStatus !== undefined || input.valueCents !== undefined;
  const wanted = input.leadStatus === null ? 'NOT_SCORED' : input.leadStatus;
  const lockAll = async (seen: InteractionRow) => {
    const leadId = reachesLead ? seen.leadId : null;
    const following = async () =>
      leadId && wanted
        ? followingSubjects(tx, accountId, { ...seen, leadId }, wanted, refusal)
        : [];
    const ofLead = (id: string) =>
      wanted ? leadLocks(tx, accountId, id) : Promise.resolve([leadSubject(id)]);
    const locks = [subject, ...(leadId ? await ofLead(leadId) : [])];
    await events.lock(tx, accountId, [...locks, ...(await following())]);
    // those that arrived during the wait; from here on none can
    await events.lock(tx, accountId, await following());
  };
  let row = await readInteraction(tx, accountId, interactionId);
  if (row?.kind !== kind || !seesCompany(viewer, row.companyId))
    throw notFound('id', 'interaction');
  // its lead may be merged while the locks are waited for
  for (let leadId: string | null | undefined; leadId !== row.leadId; ) {
    leadId = row.leadId;
    await lockAll(row);
    row = await readInteraction(tx, accountId, interactionId);
    if (!row) throw notFound('id', 'interaction');
  }
  const leadId = reachesLead ? row.leadId : null;
  if (input.expectedVersion != null && input.expectedVersion !== row.version) {
    throw versionConflict(row.version);
  }

  const at = clock.now(accountId);
  const lead = leadId ? await holdLead(tx, accountId, leadId, 'UPDATE') : null;
  const note = input.note === undefined ? row.note : input.note || null;
  const valueCents = toCents(input.valueCents, row.valueCents);
  const score: Score | null =
    wanted === undefined || wanted === row.leadStatus
      ? null
      : await scoreInteraction(tx, accountId, row, lead, wanted);
  const leadStatus = score?.leadStatus ?? row.leadStatus;
  const goodSince = score
    ? wanted === 'GOOD_LEAD'
      ? (lead?.qualifiedAt ?? at)
      : null
    : row.goodSince;
  const tagsChanged = input.tags
    ? await changeTags(tx, { accountId, companyId: row.companyId, interactionId, at }, input.tags)
    : false;

  const changes: ChangedField[] = [];
  if (note !== row.note) changes.push('note');
  if (valueCents !== row.valueCents) changes.push('value');
  // of two good ones that a merge brought together, the later may lose its mark and read as before
  if (leadStatus !== row.leadStatus || (goodSince === null) !== (row.goodSince === null))
    changes.push('leadStatus');
  if (tagsChanged) changes.push('tags');
  if (changes.length === 0) return { version: row.version, changes };

  const version = await writeInteraction(tx, accountId, interactionId, {
    note,
    valueCents,
    leadStatus,
    goodSince,
  });
  if (lead) {
    await rescoreLead(tx, { events }, accountId, lead, {
      status: score?.lead?.status ?? lead.status,
      goodInteractionId: score?.lead ? score.lead.goodInteractionId : lead.goodInteractionId,
      valueChanged: (valueCents ?? 0n) !== (row.valueCents ?? 0n),
      at,
    });
  }
  await audit(tx, viewer, clock, {
    action: input.verb,
    subject,
    before: { version: row.version, leadStatus: row.leadStatus, value: asText(row.valueCents) },
    after: { version, leadStatus, value: asText(valueCents), changes },
  });
  await announceChanges(tx, { events, clock }, { accountId, companyId: row.companyId }, [
    { id: interactionId, kind, version, changes },
    // a lead and all its interactions belong to one company
    ...(score?.moved ?? []).map((later) => ({ ...later, changes: ['leadStatus'] })),
  ]);
  return { version, changes };
}

function toCents(given: number | null | undefined, was: bigint | null): bigint | null {
  if (given === undefined) return was;
  return given === null ? null : BigInt(given);
}

const asText = (cents: bigint | null) => cents?.toString() ?? null;
