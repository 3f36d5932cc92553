// Which interactions of the inbox: what a list is asked with, and what a saved view keeps.
import { z } from 'zod';
import { type SqlPart, sqlPart } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { channelsOf } from './channels.ts';
import { interactionsThatFit } from './interactions-that-fit.ts';
import { ofTrackers } from './of-trackers.ts';

const MOST = 100;
const MOST_CHARACTERS = 60;

const list = <Item extends z.ZodType>(name: string, item: Item) =>
  z.array(item).max(MOST, `${name} takes at most ${MOST}.`).nullish();

/** Absent and null fields leave all; of a list any one fits, and all fields must. */
export const inboxFilterShape = z.object({
  kinds: list('kinds', z.enum(['CALL', 'FORM', 'CONVERSATION', 'CHAT'])),
  companyIds: list('companyIds', z.uuid()),
  /** of calls and texts: those of others have none */
  trackerIds: list('trackerIds', z.uuid()),
  /** names */
  tags: list('tags', z.string().max(MOST_CHARACTERS, `tags takes names of tags.`)),
  leadStatuses: list(
    'leadStatuses',
    z.enum(['GOOD_LEAD', 'NOT_A_LEAD', 'PREVIOUSLY_MARKED_GOOD_LEAD', 'NOT_SCORED']),
  ),
  states: list('states', z.enum(['ACTIVE', 'REVIEWED', 'SNOOZED'])),
  assigneeIds: list('assigneeIds', z.uuid()),
  /** the asking person takes care of it */
  isMine: z.boolean().nullish(),
  /** true = handed to nobody */
  isUnassigned: z.boolean().nullish(),
  /** by the asking person */
  isUnread: z.boolean().nullish(),
  /** nobody answered in time */
  isOverdue: z.boolean().nullish(),
});
export type InboxFilter = z.output<typeof inboxFilterShape>;

/** The condition of several filters that must all hold, over interactions i, kept to what the viewer may see. */
export function inboxThatFits(viewer: Viewer, filters: readonly InboxFilter[], now: Date): SqlPart {
  const { actor } = viewer;
  const asking = actor.kind === 'user' ? actor.id : null;
  const late = sqlPart`(i.answered_at is null and i.answer_due_at <= ${now}::timestamptz)`;
  const read = sqlPart`exists (select 1 from interaction_read r
    where r.account_id = i.account_id and r.interaction_id = i.id and r.user_id = ${asking}::uuid)`;
  const is = (flag: boolean | null | undefined, part: SqlPart) =>
    flag != null && (flag ? part : sqlPart`${part} is not true`);
  const own = filters.map((filter) => {
    const { states, assigneeIds, trackerIds } = filter;
    const kinds = channelsOf(viewer).filter((kind) => filter.kinds?.includes(kind) ?? true);
    return interactionsThatFit(viewer, filter, [
      sqlPart`i.kind = any(${kinds}::interaction_kind[])`,
      // spelt out, so that the index of those still to be done serves
      states && !states.includes('REVIEWED') && sqlPart`i.inbox_state <> 'REVIEWED'`,
      states && sqlPart`i.inbox_state = any(${states}::inbox_state[])`,
      assigneeIds && sqlPart`i.assignee_id = any(${assigneeIds}::uuid[])`,
      trackerIds && ofTrackers(trackerIds),
      is(filter.isMine, sqlPart`(i.assignee_id = ${asking}::uuid)`),
      is(filter.isUnassigned, sqlPart`(i.assignee_id is null)`),
      is(filter.isOverdue, late),
      is(filter.isUnread, sqlPart`(not ${read})`),
    ]);
  });
  return own.reduce((all, one) => sqlPart`${all} and ${one}`);
}
