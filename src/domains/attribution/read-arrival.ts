// An interaction as it came, whichever channel it came by: what there is to judge it by.
import { arrivalOf } from '#domains/calls/index.ts';
import { arrivalOfChat } from '#domains/chats/index.ts';
import { arrivalOfForm } from '#domains/forms/index.ts';
import { arrivalOfConversation } from '#domains/messages/index.ts';
import { readSession } from '#domains/visitors/index.ts';
import type { Tx } from '#platform/db/index.ts';

export interface Arrival {
  id: string;
  kind: 'CALL' | 'FORM' | 'CONVERSATION' | 'CHAT';
  companyId: string;
  leadId: string | null;
  /** as it stands so far */
  sourceId: string | null;
  occurredAt: Date;
  /** of a call, and of a text: the number, E.164, and how it is used; tracker null = it has none any more */
  dialled: { to: string; tracker: { type: 'SOURCE' | 'SESSION'; sourceId: string } | null } | null;
  /** of a form, and of a chat: the visit that it was sent in; null when nobody told, or it is no longer kept */
  visit: { sessionId: string; visitorId: string; startedAt: Date } | null;
  /** of a form: it was sent without consent, and its source says so */
  consentDenied: boolean;
}

/** One interaction of the account; null when it is gone, or did not come from outside. */
export async function readArrival(tx: Tx, accountId: string, id: string): Promise<Arrival | null> {
  const call = await arrivalOf(tx, accountId, id);
  const text = call ? null : await arrivalOfConversation(tx, accountId, id);
  const arrived = call ?? text;
  if (arrived) {
    const { to, tracker, ...rest } = arrived;
    const kind = call ? 'CALL' : 'CONVERSATION';
    return { ...rest, kind, dialled: { to, tracker }, visit: null, consentDenied: false };
  }
  const form = await arrivalOfForm(tx, accountId, id);
  const sent = form ?? (await arrivalOfChat(tx, accountId, id));
  if (!sent) return null;
  const { sessionId, ...rest } = sent;
  const session = sessionId ? await readSession(tx, accountId, sessionId) : null;
  const visit = session && {
    sessionId: session.id,
    visitorId: session.visitorId,
    startedAt: session.startedAt,
  };
  const consentDenied = form?.consentDenied ?? false;
  return { ...rest, kind: form ? 'FORM' : 'CHAT', dialled: null, visit, consentDenied };
}

/** The subject of its events, and the lock to take before it changes. */
export function subjectOf({ kind, id }: Pick<Arrival, 'kind' | 'id'>): string {
  return `${kind.toLowerCase()}:${id}`;
}
