// What a person does with a task: does it, gives it to somebody, puts a day to it, words it better.
import { z } from 'zod';
import { audit, authorize, checkMembers } from '#domains/accounts/index.ts';
import { announceChange } from '#domains/calls/index.ts';
import { leadSubject } from '#domains/leads/index.ts';
import { TASK_OWNERS } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { refuseReplaced } from '../insights/last-run.ts';
import { announceLeadInsights } from '../lead-insights/announce-lead-insights.ts';
import { findTasks, type TaskRow } from './read-action-tasks.ts';
import { writeTask } from './store-action-tasks.ts';

const MAX_TEXT_CHARACTERS = 500;
const textError = `text takes 1 to ${MAX_TEXT_CHARACTERS} characters.`;

const shape = z.object({
  actionTaskId: z.uuid(),
  text: z.string(textError).trim().min(1, textError).max(MAX_TEXT_CHARACTERS, textError).optional(),
  owner: z.enum(TASK_OWNERS, `owner takes one of ${TASK_OWNERS.join(', ')}.`).optional(),
  dueOn: z.iso.date('dueOn takes a day such as 2026-11-23.').nullish(),
  assigneeId: z.uuid().nullish(),
  done: z.boolean('done takes true or false; leave it out to keep it as it is.').optional(),
  expectedVersion: z.int().nullish(),
});

/** Absent = unchanged; null clears dueOn and assigneeId. */
export type ActionTaskPatch = z.input<typeof shape>;

/**
 * Changes a task, with call.updated (insights), or lead.updated (insights) where it is of a lead's plan.
 * @returns the task's id
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (task, assignee), VERSION_CONFLICT, WRONG_STATE (of a
 *   call's plan: another was drawn since)
 */
export async function updateActionTask(
  slice: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: ActionTaskPatch,
): Promise<string> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  const { actionTaskId: id, expectedVersion, done, dueOn, ...patch } = parseInput(shape, request);
  const { db, events, clock } = slice;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const [seen] = await findTasks(tx, viewer, [id]);
    if (!seen) throw notFound('actionTaskId', 'ActionTask');
    const { companyId } = seen;
    const subject = subjectOf(seen);
    await events.lock(tx, accountId, [subject]);
    const [row] = await findTasks(tx, viewer, [id]);
    if (!row) throw notFound('actionTaskId', 'ActionTask');
    // its lead was merged into another one while that was waited for
    if (subjectOf(row) !== subject) throw versionConflict(row.version);
    if (row.insightId !== null) {
      await refuseReplaced(tx, { accountId, insightId: row.insightId }, 'actionTaskId');
    }
    if (expectedVersion != null && expectedVersion !== row.version) {
      throw versionConflict(row.version);
    }
    if (patch.assigneeId) {
      await checkMembers(
        tx,
        { accountId, companyIds: [companyId] },
        [patch.assigneeId],
        'assigneeId',
      );
    }
    // what was done already keeps its moment
    const isChanged = done !== undefined && done !== (row.doneAt !== null);
    const written = await writeTask(tx, row, {
      ...(patch.text !== undefined && { text: patch.text }),
      ...(patch.owner !== undefined && { owner: patch.owner }),
      ...(patch.assigneeId !== undefined && { assigneeId: patch.assigneeId }),
      ...(dueOn !== undefined && {
        dueOn: dueOn === null ? null : new Date(`${dueOn}T00:00:00.000Z`),
      }),
      ...(isChanged && {
        doneAt: done ? clock.now(accountId) : null,
        doneBy: done ? nameActor(viewer.actor) : null,
      }),
    });
    const told = ({ version, owner, assigneeId, doneAt, dueOn: day }: typeof written) => ({
      ...{ version, owner, assigneeId, dueOn: day?.toISOString().slice(0, 10) ?? null },
      done: doneAt !== null,
    });
    await audit(tx, viewer, clock, {
      ...{ action: 'updateActionTask', subject: `actionTask:${id}` },
      ...{ before: told(row), after: told(written) },
    });
    const { leadId, callId } = row;
    if (row.leadInsightId !== null && leadId !== null) {
      await announceLeadInsights(tx, slice, { accountId, leadId, companyId });
    } else if (callId !== null) {
      await announceChange(tx, slice, { accountId, callId, companyId }, ['insights']);
    }
    return id;
  });
}

/** What is locked before it changes, and told of that it did. */
function subjectOf({ leadInsightId, leadId, callId }: TaskRow): string {
  return leadInsightId !== null && leadId !== null ? leadSubject(leadId) : `call:${callId}`;
}
