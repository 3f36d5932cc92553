// What a person does with a task: does it, gives it to somebody, puts a day to it, words it better.
import { z } from 'zod';
import { audit, authorize, checkMembers } from '#domains/accounts/index.ts';
import { announceChange } from '#domains/calls/index.ts';
import { TASK_OWNERS } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
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
 * Changes a task, with call.updated (insights).
 * @returns the task's id
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (task, assignee), VERSION_CONFLICT
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
    const where = { accountId_id: { accountId, id } };
    const seen = await tx.actionTask.findUnique({
      where,
      select: { callId: true, companyId: true },
    });
    if (!seen || !seesCompany(viewer, seen.companyId)) throw notFound('actionTaskId', 'ActionTask');
    const { callId, companyId } = seen;
    await events.lock(tx, accountId, [`call:${callId}`]);
    const row = await tx.actionTask.findUnique({ where });
    if (!row) throw notFound('actionTaskId', 'ActionTask');
    if (expectedVersion != null && expectedVersion !== row.version) {
      throw versionConflict(row.version);
    }
    if (patch.assigneeId) {
      await checkMembers(tx, { accountId, companyId }, [patch.assigneeId], 'assigneeId');
    }
    // what was done already keeps its moment
    const isChanged = done !== undefined && done !== (row.doneAt !== null);
    const written = await writeTask(tx, accountId, id, {
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
    const told = ({ version, owner, assigneeId, doneAt, dueOn: day }: typeof row) => ({
      ...{ version, owner, assigneeId, dueOn: day?.toISOString().slice(0, 10) ?? null },
      done: doneAt !== null,
    });
    await audit(tx, viewer, clock, {
      ...{ action: 'updateActionTask', subject: `actionTask:${id}` },
      ...{ before: told(row), after: told(written) },
    });
    await announceChange(tx, slice, { accountId, callId, companyId }, ['insights']);
    return id;
  });
}
