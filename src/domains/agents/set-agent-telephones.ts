// At which telephones an agent answers calls: who answered is told by that, since a call knows no more than where.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { agentSubject } from './events.ts';
import { type AgentRow, readAgent, readAgentRow, writeAgent } from './store.ts';
import {
  heldBy,
  holdersOf,
  saveTelephones,
  TELEPHONES_SUBJECT,
  telephonesOf,
} from './store-telephones.ts';

export const MOST_TELEPHONES = 10;

const shape = z.object({
  agentId: z.uuid(),
  telephones: z
    .array(z.string())
    .max(MOST_TELEPHONES, `telephones takes at most ${MOST_TELEPHONES} numbers.`)
    .transform((given) => [...new Set(given)]),
  expectedVersion: z.int().nullish(),
});

/** E.164, in place of all that were theirs. */
export type AgentTelephones = z.input<typeof shape>;

/**
 * Says at which telephones an agent answers from now on; one that was somebody else's is that one's no longer, whose
 * version rises too. Calls of before stay those of whoever had the telephone then.
 * @returns the agent; unchanged, with the same version, when these are theirs already
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE (no seat), VERSION_CONFLICT
 */
export async function setAgentTelephones(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: AgentTelephones,
): Promise<AgentRow> {
  authorize(viewer, 'agents.manage');
  const { agentId, telephones, expectedVersion } = parseInput(shape, request);
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [TELEPHONES_SUBJECT]);
    const holders = await holdersOf(tx, accountId, telephones);
    const losers = holders.filter((id) => id !== agentId);
    await events.lock(tx, accountId, [agentId, ...losers].map(agentSubject));
    const row = await readAgentRow(tx, accountId, agentId);
    if (!row) throw notFound('agentId', 'Agent');
    if (expectedVersion != null && expectedVersion !== row.version) {
      throw versionConflict(row.version);
    }
    if (!(await readAgent(tx, accountId, agentId))) {
      const message = 'They have no seat. Give them one first: addAgent.';
      throw policyRefused('WRONG_STATE', message, { field: 'agentId' });
    }
    const [before = []] = await telephonesOf(tx, accountId, [agentId]);
    if (String(before.toSorted()) === String(telephones.toSorted())) return row;
    const [hadBefore, at] = [await heldByEach(tx, accountId, losers), clock.now(accountId)];
    await saveTelephones(tx, { accountId, agentId }, telephones, at);
    const after = await writeAgent(tx, accountId, agentId, { version: row.version + 1 });
    await audit(tx, viewer, clock, {
      ...{ action: 'setAgentTelephones', subject: agentSubject(agentId) },
      ...{ before: { telephones: before }, after: { telephones } },
    });
    for (const [loserId, had] of hadBefore) {
      await writeAgent(tx, accountId, loserId, { version: { increment: 1 } });
      const left = had.filter((number) => !telephones.includes(number));
      await audit(tx, viewer, clock, {
        ...{ action: 'setAgentTelephones', subject: agentSubject(loserId) },
        ...{ before: { telephones: had }, after: { telephones: left } },
      });
    }
    return after;
  });
}

async function heldByEach(
  tx: Tx,
  accountId: string,
  agentIds: readonly string[],
): Promise<[string, string[]][]> {
  const all: [string, string[]][] = [];
  for (const id of agentIds) all.push([id, await heldBy(tx, accountId, id)]);
  return all;
}
