// A text of a customer, read for what it says of consent, in the transaction that stores it: whatever leaves later has
// to look at what stands here.
import type { SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { appendEntry, type Entry } from './append-entry.ts';
import { consentSubject } from './locks.ts';
import { matchOptOutRequest } from './match-opt-out-request.ts';
import { type ConsentWord, isYes, matchWord } from './match-word.ts';
import { readConsent } from './store.ts';

/** What a text says of consent. */
export interface InboundConsent {
  /** the word that the whole text is; null for any other text */
  word: ConsentWord | null;
  /** it seems to ask for no more texts: somebody has to judge it */
  suggestsOptOut: boolean;
  /** whether it changed what may be sent */
  changed: boolean;
}

/** A text of the company's that asked them to opt in. */
export interface OptInPrompt {
  messageId: string;
  text: string;
  /** when it was handed to the carrier */
  at: Date;
}

/** YES counts for so long after the prompt; no more at exactly the end */
const PROMPT_MS = 7 * 24 * 3_600_000;

/**
 * Enters an inbound text in the ledger and appends consent.changed where it changed something. The same message again
 * changes nothing. YES is an opt-in within 7 days of a prompt, unless they opted out since then; both texts prove it. Lock
 * `consentSubject(companyId, number)` before the transaction's first write.
 * @param message.number the customer's, E.164
 * @param message.receivedAt by the carrier's clock; a time after our own counts as our own
 */
export async function recordInbound(
  tx: SqlTx,
  { events, clock, secrets }: Pick<Platform, 'events' | 'clock' | 'secrets'>,
  message: {
    accountId: string;
    companyId: string;
    number: string;
    text: string;
    receivedAt: Date;
    messageId: string;
    /** the latest prompt that they had by a time; asked for only where it matters */
    promptBy?: (at: Date) => Promise<OptInPrompt | null>;
  },
): Promise<InboundConsent> {
  const { accountId, companyId, number, text, receivedAt, messageId } = message;
  await events.lock(tx, accountId, [consentSubject(companyId, number)]);
  const now = clock.now(accountId);
  const at = receivedAt < now ? receivedAt : now;
  const plain = matchWord(text);
  const agrees = plain === 'OPT_IN' || isYes(text);
  const prompt = agrees ? ((await message.promptBy?.(at)) ?? null) : null;
  const optedOutAt = prompt
    ? (await readConsent(tx, { secrets }, accountId, companyId, number)).optedOutAt
    : null;
  const answers = prompt !== null && isOpen(prompt, optedOutAt, at);
  const word = plain ?? (answers ? 'OPT_IN' : null);
  const request = word === null ? matchOptOutRequest(text) : null;
  const { changed } = await appendEntry(
    tx,
    { events, clock, secrets },
    { accountId, companyId, number },
    {
      kind: kindOf(word, request !== null),
      source: 'TEXT',
      at,
      messageId,
      recordedBy: 'system:messages',
      holds: request === 'HOLDS',
      ...(answers && {
        shownText: prompt.text,
        reference: encodeGlobalId('Message', prompt.messageId),
      }),
    },
  );
  return { word, suggestsOptOut: request !== null, changed };
}

function isOpen(prompt: OptInPrompt, optedOutAt: Date | null, at: Date): boolean {
  if (at < prompt.at || at.getTime() - prompt.at.getTime() >= PROMPT_MS) return false;
  return optedOutAt === null || optedOutAt < prompt.at;
}

function kindOf(word: ConsentWord | null, isRequest: boolean): Entry['kind'] {
  if (word === 'OPT_OUT' || word === 'OPT_IN') return word;
  return isRequest ? 'OPT_OUT_REQUEST' : 'INBOUND';
}
