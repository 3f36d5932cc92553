// A text of a customer, read for what it says of consent, in the transaction that stores it: whatever leaves later has
// to look at what stands here.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { appendEntry, type Entry } from './append-entry.ts';
import { consentSubject } from './locks.ts';
import { matchOptOutRequest } from './match-opt-out-request.ts';
import { type ConsentWord, matchWord } from './match-word.ts';

/** What a text says of consent. */
export interface InboundConsent {
  /** the word that the whole text is; null for any other text */
  word: ConsentWord | null;
  /** it seems to ask for no more texts: somebody has to judge it */
  suggestsOptOut: boolean;
  /** whether it changed what may be sent */
  changed: boolean;
}

/**
 * Enters an inbound text in the ledger and appends consent.changed where it changed something. The same message again
 * changes nothing. Lock `consentSubject(companyId, number)` before the transaction's first write.
 * @param message.number the customer's, E.164
 * @param message.receivedAt by the carrier's clock; a time after our own counts as our own
 */
export async function recordInbound(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  message: {
    accountId: string;
    companyId: string;
    number: string;
    text: string;
    receivedAt: Date;
    messageId: string;
  },
): Promise<InboundConsent> {
  const { accountId, companyId, number, text, receivedAt, messageId } = message;
  await events.lock(tx, accountId, [consentSubject(companyId, number)]);
  const now = clock.now(accountId);
  const at = receivedAt < now ? receivedAt : now;
  const word = matchWord(text);
  const request = word === null ? matchOptOutRequest(text) : null;
  const { changed } = await appendEntry(
    tx,
    { events, clock },
    { accountId, companyId, number },
    {
      kind: kindOf(word, request !== null),
      source: 'TEXT',
      at,
      messageId,
      recordedBy: 'system:messages',
      holds: request === 'HOLDS',
    },
  );
  return { word, suggestsOptOut: request !== null, changed };
}

function kindOf(word: ConsentWord | null, isRequest: boolean): Entry['kind'] {
  if (word === 'OPT_OUT' || word === 'OPT_IN') return word;
  return isRequest ? 'OPT_OUT_REQUEST' : 'INBOUND';
}
