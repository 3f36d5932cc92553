// A member gets a seat of the Lead Center.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { agentSubject } from './events.ts';
import { type AgentRow, findAgentOf, readAgentRow, saveSeat, seatOf } from './store.ts';
import { saveTelephones, TELEPHONES_SUBJECT } from './store-telephones.ts';

const MAX_NAME = 100;

const shape = z.object({
  userId: z.uuid(),
  namedPerson: z
    .string()
    .trim()
    .max(MAX_NAME, `namedPerson takes at most ${MAX_NAME} characters.`)
    .nullish(),
  idempotencyKey: z.string().nullish(),
});

/** Addresses that stand for a post and not for a person; several people read them (L01). */
const ROLE_ADDRESS =
  /^(?:admin|appointments?|billing|bookings?|contact|customer-?(?:care|service)|desk|enquir(?:y|ies)|frontdesk|hello|help|info|inquir(?:y|ies)|mail|marketing|office|orders?|reception|sales|service|support|team)(?:\+|@)/;

/**
 * Gives a member a seat; one that they had before goes on with its months, but not its telephones. A member who has one
 * keeps it as it is.
 * @param request.namedPerson who it is; wanted where the e-mail address is that of a post, such as info@
 * @returns the agent. Throws Forbidden; Refused INVALID_INPUT for a NOTIFICATION user, NOT_FOUND, SEAT_SHARING,
 *   IDEMPOTENCY_KEY_CONFLICT.
 */
export async function addAgent(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<AgentRow> {
  authorize(viewer, 'agents.manage');
  const { idempotencyKey, ...input } = parseInput(shape, request);
  const { accountId } = viewer;
  return once(
    platform,
    viewer,
    { mutation: 'addAgent', key: idempotencyKey, request: input },
    (tx) => addIn(tx, platform, viewer, input),
    answerById('Agent', (tx, id) => readAgentRow(tx, accountId, id)),
  );
}

async function addIn(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  viewer: Viewer,
  { userId, namedPerson }: { userId: string; namedPerson?: string | null | undefined },
): Promise<AgentRow> {
  const { accountId } = viewer;
  await events.lock(tx, accountId, [TELEPHONES_SUBJECT]);
  const before = await findAgentOf(tx, accountId, userId);
  const ofAgent = before ? [agentSubject(before.id)] : [];
  await events.lock(tx, accountId, [`seat:${userId}`, ...ofAgent]);
  const member = await tx.membership.findUnique({
    where: { accountId_userId: { accountId, userId } },
    select: { role: true, user: { select: { email: true } } },
  });
  if (!member) throw notFound('userId', 'User');
  if (member.role === 'NOTIFICATION') {
    const message = 'A NOTIFICATION user only receives mail. Give them another role first.';
    throw invalidInput('userId', message);
  }
  if (ROLE_ADDRESS.test(member.user.email) && !namedPerson) {
    const message =
      'This e-mail address stands for a post, not for a person. A seat is for one person: say who it is in namedPerson.';
    throw policyRefused('SEAT_SHARING', message, { field: 'namedPerson' });
  }
  const seated = await seatOf(tx, accountId, userId);
  const row = await findAgentOf(tx, accountId, userId);
  if (seated && row) return row;
  const now = clock.now(accountId);
  const id = row?.id ?? newId();
  // of before, where that seat ended and left them
  if (row) await saveTelephones(tx, { accountId, agentId: id }, [], now);
  const agent = await saveSeat(tx, {
    ...{ accountId, id, userId, seatedAt: now, presenceAt: now },
    namedPerson: namedPerson || null,
    version: (row?.version ?? 0) + 1,
  });
  await audit(tx, viewer, clock, {
    action: 'addAgent',
    subject: agentSubject(id),
    after: { userId },
  });
  return agent;
}
