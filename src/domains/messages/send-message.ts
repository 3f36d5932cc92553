// Sending a text, and asking whether one may be sent: both read the same state and are judged by the same rules.

import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once, wasDone } from '#domains/accounts/index.ts';
import { agentUsageSubject, type VersionedLimits } from '#domains/agents/index.ts';
import { consentSubject } from '#domains/consent/index.ts';
import { seeInInbox } from '#domains/interactions/index.ts';
import { leadLock } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, Refused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { conversationSubject } from './events.ts';
import { fetchFiles } from './fetch-files.ts';
import { holdingBulk } from './hold-bulk.ts';
import { judgeSend } from './judge-send.ts';
import { DAY_MS } from './limits.ts';
import {
  agentToSend,
  type Ends,
  numberToSendFrom,
  readEnds,
  type SendRequest,
  sendShape,
} from './plan-send.ts';
import { faultOfLength } from './preview-text.ts';
import { type PlannedSend, readSendState, SENDING } from './read-send-state.ts';
import { inSendTurn } from './send-turns.ts';
import { hasSent } from './store.ts';
import { findConversation } from './store-conversations.ts';
import { beginConversation, storeOutbound } from './store-outbound.ts';
import { faultOfUploads, storeFetchedFiles, takeUploadedFiles } from './uploaded-files.ts';
import { withNotice } from './with-notice.ts';

type Slice = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'jobs' | 'outbound' | 'storage' | 'secrets'
>;
/** Files that were fetched for a text: the ids that they are stored under, or what is wrong with them. */
type Files = { ids: string[]; fault: string | null };

const shape = sendShape.extend({ idempotencyKey: z.string().nullish() });
const MOST_AHEAD_MS = 90 * DAY_MS;

export const MESSAGE_ID: AnswerCodec<string> = {
  store: (messageId) => ({ messageId }),
  restore: async (_tx, stored) => String(stored.messageId),
};

/**
 * Takes a text to be sent, now or at its time. The first text to a number says who writes and how to opt out, whether or
 * not it was written so.
 * @param request conversationId, or companyId and to; agentId for whom a key acts; sendAt within 90 days
 * @returns the message's id
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, IDEMPOTENCY_KEY_CONFLICT, and the first rule that says no (rules.md):
 *   bulk that time alone does not mend holds the account's conversations too
 */
export async function sendMessage(
  platform: Slice,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'messages.send');
  const { idempotencyKey: key, ...input } = parseInput(shape, request);
  const asked = { mutation: 'sendMessage', key, request: input };
  return holdingBulk(platform, viewer.accountId, async () => {
    const isDone = await wasDone(platform, viewer, key);
    const given = isDone ? NO_FILES : await filesFor(platform, viewer, input);
    const send = (tx: Tx) => takeText(tx, platform, viewer, input, given);
    const judged = () => once(platform, viewer, asked, send, MESSAGE_ID);
    return inSendTurn(viewer.accountId, judged);
  });
}

export const NO_FILES: Files = { ids: [], fault: null };

/**
 * Fetches and stores the files of a text that nothing else stands against: who may not send has us ask no address. The text
 * takes them in its transaction; what it does not take is purged as any upload is.
 */
async function filesFor(
  platform: Pick<Slice, 'db' | 'clock' | 'outbound' | 'secrets' | 'storage'>,
  viewer: Viewer,
  input: SendRequest,
): Promise<Files> {
  if (input.mediaUrls.length === 0) return NO_FILES;
  const { refusals } = await judgeAsked(platform, viewer, input, NO_FILES);
  const [refusal] = refusals;
  if (refusal) throw refusal;
  const { accountId } = viewer;
  const now = platform.clock.now(accountId);
  const { files, fault } = await fetchFiles(platform.outbound, input.mediaUrls, { accountId, now });
  return { ids: await storeFetchedFiles(platform, viewer, files), fault };
}

function judgeAsked(
  platform: Pick<Slice, 'db' | 'clock' | 'secrets'>,
  viewer: Viewer,
  input: SendRequest,
  given: Files,
): Promise<SendCheck> {
  return platform.db.transaction(async (tx) => {
    const ends = await readEnds(tx, viewer, input);
    const planned = await plan(tx, platform, viewer, ends, input, given);
    const state = await readSendState(tx, platform, planned);
    return { refusals: judgeSend(state), limits: state.limits };
  });
}

/** What is asked for, and the mutation that it is audited as. */
type Asked = SendRequest & { verb?: string; asksOptIn?: boolean };

/** Judges a text and takes it, in one transaction. Returns its id. Throws Refused as sendMessage does. */
export async function takeText(
  tx: Tx,
  platform: Omit<Slice, 'outbound' | 'storage'>,
  viewer: Viewer,
  request: Asked,
  given: Files,
): Promise<string> {
  const { events, clock } = platform;
  const { accountId } = viewer;
  const ends = await readEnds(tx, viewer, request);
  const { companyId, to } = ends;
  await events.lock(tx, accountId, [consentSubject(companyId, to)]);
  // it may have begun while the lock was waited for
  const key = { accountId, companyId, customerNumber: to };
  const conversation = await findConversation(tx, key);
  const conversationId = conversation?.id ?? newId();
  const planned = await plan(tx, platform, viewer, { ...ends, conversation }, request, given);
  const { agent, from } = planned;
  await events.lock(tx, accountId, [
    ...[SENDING, conversationSubject(conversationId), leadLock(companyId, to)],
    ...(agent ? [agentUsageSubject(agent.id)] : []),
  ]);
  const [refusal] = judgeSend(await readSendState(tx, platform, planned));
  if (refusal) throw refusal;
  if (from === null) throw new Error('A text without a number to go from was let through.');
  const files = await takeUploadedFiles(tx, viewer, [...given.ids, ...request.mediaIds]);
  const row = {
    ...{ accountId, companyId, conversationId, kind: 'PERSONAL' as const, from, to },
    ...{ text: planned.whole, at: planned.at },
    agentId: agent?.id ?? null,
    sentBy: nameActor(viewer.actor),
    files,
    asksOptIn: request.asksOptIn ?? false,
  };
  const now = clock.now(accountId);
  if (conversation === null) await beginConversation(tx, platform, { ...row, at: now });
  const messageId = await storeOutbound(tx, platform, row, conversation === null);
  if (agent) await seeInInbox(tx, { accountId, userId: agent.userId }, conversationId, now);
  await audit(tx, viewer, clock, {
    action: request.verb ?? 'sendMessage',
    subject: conversationSubject(conversationId),
    after: { messageId, agentId: row.agentId },
  });
  return messageId;
}

/** Whether a text would go, and by which limits. */
export interface SendCheck {
  refusals: Refused[];
  limits: VersionedLimits;
}

/**
 * Every reason for which this text would not be sent as things stand, the one that sendMessage answers first; none when it
 * would. Changes nothing.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND
 */
export async function checkSend(
  platform: Pick<Slice, 'db' | 'clock' | 'outbound' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof sendShape>,
): Promise<SendCheck> {
  authorize(viewer, 'messages.send');
  const input = parseInput(sendShape, request);
  const check = await judgeAsked(platform, viewer, input, NO_FILES);
  if (check.refusals.length > 0 || input.mediaUrls.length === 0) return check;
  try {
    const { accountId } = viewer;
    const now = platform.clock.now(accountId);
    const { fault } = await fetchFiles(platform.outbound, input.mediaUrls, { accountId, now });
    return await judgeAsked(platform, viewer, input, { ids: [], fault });
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.code === 'RATE_LIMITED') {
      return { ...check, refusals: [thrown] };
    }
    throw thrown;
  }
}

/** `whole` is the text with what the first one to somebody must say. */
async function plan(
  tx: Tx,
  { clock }: Pick<Slice, 'clock'>,
  viewer: Viewer,
  ends: Ends,
  { text, sendAt, agentId, mediaUrls, mediaIds }: SendRequest,
  { fault }: Files,
): Promise<PlannedSend & { whole: string }> {
  const { accountId } = viewer;
  const now = clock.now(accountId);
  const isUploaded = mediaIds.length > 0;
  if (isUploaded && mediaUrls.length > 0) {
    throw invalidInput('mediaIds', 'Give mediaUrls or mediaIds, not both.');
  }
  if (text.trim() === '' && mediaUrls.length === 0 && !isUploaded) {
    throw invalidInput('text', 'Give text, files, or both.');
  }
  if (sendAt && (sendAt <= now || sendAt.getTime() > now.getTime() + MOST_AHEAD_MS)) {
    throw invalidInput('sendAt', 'sendAt takes a time within the next 90 days.');
  }
  const { companyId, conversation } = ends;
  const isFirst = conversation === null || !(await hasSent(tx, accountId, conversation.id, now));
  const whole = isFirst ? withNotice(text, await nameOf(tx, accountId, companyId)) : text;
  const agent = await agentToSend(tx, viewer, agentId);
  return {
    ...{ accountId, companyId, to: ends.to, kind: 'PERSONAL', text, whole },
    ...{ agent, agentId: agent?.id ?? null, isCounted: false },
    textFault: faultOfLength(whole),
    mediaFault: isUploaded ? await faultOfUploads(tx, viewer, mediaIds) : fault,
    mediaField: isUploaded ? 'mediaIds' : 'mediaUrls',
    conversationId: conversation?.id ?? null,
    from: await numberToSendFrom(tx, accountId, ends),
    at: sendAt ?? now,
    messageId: null,
  };
}

/** The name of a company. */
export async function nameOf(tx: Tx, accountId: string, id: string): Promise<string> {
  const where = { accountId_id: { accountId, id } };
  return (await tx.company.findUniqueOrThrow({ where, select: { name: true } })).name;
}
