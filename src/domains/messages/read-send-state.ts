// Reads all that the rules of sending look at, in one transaction, for a text that is to be sent, waits, or is only asked for.
import {
  type Agent,
  readAgentUsage,
  readMessageLimits,
  readSendingHold,
  type VersionedLimits,
} from '#domains/agents/index.ts';
import { readConsent } from '#domains/consent/index.ts';
import { readSender } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { isUsTerritory } from '#values/phone-number.ts';
import type { SendState } from './judge-send.ts';
import { readBegun } from './read-begun.ts';
import { type Planned, readTraffic } from './store-traffic.ts';

/** A text, and between whom it is. */
export interface PlannedSend extends Planned {
  companyId: string;
  /** E.164 */
  to: string;
  /** E.164; null when the company has no number that texts */
  from: string | null;
  kind: SendState['kind'];
  /** who sends it; null when nobody with a seat does */
  agent: Agent | null;
  /** whether the agent's usage holds this text already */
  isCounted: boolean;
  textFault?: SendState['textFault'];
  mediaFault: string | null;
  mediaField?: SendState['mediaField'];
  /** when it is counted among others; `at` when left out */
  countedAt?: Date;
}

/** The lock under which texts of an account are counted and added. Take it with the others, before the first write. */
export const SENDING = 'sending';

/** The state that `judgeSend` judges, and the carrier's profile that the number stands on. */
export async function readSendState(
  tx: Tx,
  platform: { secrets: Secrets },
  planned: PlannedSend,
): Promise<SendState & { profileId: string | null; limits: VersionedLimits }> {
  const { accountId, companyId, to, from, kind, at, isCounted, mediaFault } = planned;
  const { mediaField = 'mediaUrls', textFault = null } = planned;
  const agent = servesCompany(planned.agent, companyId) ? planned.agent : null;
  const sender = from ? await readSender(tx, accountId, companyId, from) : null;
  const limits = await readMessageLimits(tx, accountId);
  const usage = agent ? await readAgentUsage(tx, { accountId, agentId: agent.id, at }) : null;
  const hold = await readSendingHold(tx, accountId);
  const counted = { ...planned, at: planned.countedAt ?? at };
  const traffic = await readTraffic(tx, platform, counted, limits);
  const { inDay } = traffic.pace;
  // asked seldom: hardly any number is of a territory
  const isOfTerritory = [to, from ?? to].some(isUsTerritory);
  const account = isOfTerritory && (await tx.account.findUniqueOrThrow(settingsOf(accountId)));
  return {
    ...{ at, kind, to, from: sender ? from : null, mediaFault, mediaField, textFault },
    textsToTerritories: account ? account.textsToTerritories : false,
    limits,
    agent: usage && { usage: { ...usage, messages: usage.messages - (isCounted ? 1 : 0) } },
    isRegistered: sender?.registered ?? false,
    profileId: sender?.profileId ?? null,
    consent: await readConsent(tx, platform, accountId, companyId, to),
    ...traffic,
    begun: await readBegun(tx, counted, { inDay, releasedAt: hold.releasedAt }, limits),
    heldSince: isHeld(hold.heldAt, counted) ? hold.heldAt : null,
  };
}

const settingsOf = (id: string) => ({ where: { id }, select: { textsToTerritories: true } });

/** What had been taken before it was tried is not held by it, unless its time is later. */
function isHeld(heldAt: Date | null, { messageId, at }: Planned): boolean {
  return heldAt !== null && (messageId === null || at > heldAt);
}

function servesCompany(agent: Agent | null, companyId: string): boolean {
  return agent !== null && (agent.companyIds === null || agent.companyIds.includes(companyId));
}
