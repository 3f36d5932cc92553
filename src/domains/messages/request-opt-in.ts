// Asks somebody who wrote to opt in: one text in fixed words, which YES answers within 7 days (L06, L07).
import { z } from 'zod';
import { authorize, once } from '#domains/accounts/index.ts';
import { consentSubject, readConsent, stateOfConsent } from '#domains/consent/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { holdingBulk } from './hold-bulk.ts';
import { readEnds, sendShape } from './plan-send.ts';
import { MESSAGE_ID, NO_FILES, nameOf, takeText } from './send-message.ts';
import { inSendTurn } from './send-turns.ts';

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'secrets'>;

const shape = z.object({
  conversationId: z.uuid(),
  agentId: z.uuid().nullish(),
  idempotencyKey: z.string().nullish(),
});

/** Who writes, what it is for, what it costs and how to end it (L07; CTIA Messaging Principles 5.1). */
export function optInPrompt(company: string): string {
  return `${company}: Reply YES to agree to get texts from us from now on. Message frequency varies, message and data rates may apply. Reply HELP for help, STOP to opt out.`;
}

/**
 * Sends the prompt, under every rule of sendMessage: they wrote less than 24 hours ago and have not opted out.
 * @returns the message's id. Throws Forbidden; Refused as sendMessage, and WRONG_STATE when they have opted in already.
 */
export async function requestOptIn(
  platform: Slice,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'messages.send');
  const { idempotencyKey: key, ...input } = parseInput(shape, request);
  const asked = { mutation: 'requestOptIn', key, request: input };
  const send = (tx: Tx) => sendIn(tx, platform, viewer, input);
  const judged = () => once(platform, viewer, asked, send, MESSAGE_ID);
  const { accountId } = viewer;
  return holdingBulk(platform, accountId, () => inSendTurn(accountId, judged));
}

async function sendIn(
  tx: Tx,
  platform: Slice,
  viewer: Viewer,
  input: { conversationId: string; agentId?: string | null | undefined },
): Promise<string> {
  const { accountId } = viewer;
  const bare = sendShape.parse(input);
  const { companyId, to } = await readEnds(tx, viewer, bare);
  await platform.events.lock(tx, accountId, [consentSubject(companyId, to)]);
  const consent = await readConsent(tx, platform, accountId, companyId, to);
  if (stateOfConsent(consent, platform.clock.now(accountId)) === 'OPTED_IN') {
    throw policyRefused('WRONG_STATE', 'They have opted in already.', { field: 'conversationId' });
  }
  const text = optInPrompt(await nameOf(tx, accountId, companyId));
  const prompt = { ...bare, text, verb: 'requestOptIn', asksOptIn: true };
  return takeText(tx, platform, viewer, prompt, NO_FILES);
}
