// The visit in which a page sent something, and where its visitor had come from then.
import type { Tx } from '#platform/db/index.ts';
import { liveSession, readSession, sourceSession } from './store-sessions.ts';

/** Who sent it, as the page tells. */
export interface Sender {
  accountId: string;
  companyId: string;
  /** the browser; null without consent. A session counts only together with it */
  visitorId: string | null;
  sessionId: string | null;
  at: Date;
}

/**
 * The session that is told of, or that the visitor is in; the source that the visitor had then; and when that was: a
 * browser's clock that is slow does not put what it sends before its visit. A session that is not the visitor's own, or not
 * the company's, is left out.
 */
export async function visitOfSender(
  tx: Tx,
  { accountId, companyId, sessionId, visitorId, at: told }: Sender,
): Promise<{ sessionId: string | null; sourceId: string | null; at: Date }> {
  const named = sessionId ? await readSession(tx, accountId, sessionId) : null;
  const isOwn = named?.companyId === companyId && named.visitorId === visitorId;
  const key = visitorId ? { accountId, companyId, visitorId } : null;
  // sent before the answer to the visit came: the page did not know its session yet
  const session = isOwn ? named : key && !sessionId ? await liveSession(tx, key, told) : null;
  const at = session && session.startedAt > told ? session.startedAt : told;
  const visitor = session?.visitorId ?? visitorId;
  const source = visitor
    ? await sourceSession(
        tx,
        { accountId, companyId, visitorId: visitor },
        // what comes late belongs to its visit, whatever campaign has brought the visitor since
        session?.startedAt ?? at,
      )
    : null;
  return {
    sessionId: session?.id ?? null,
    sourceId: source?.sourceId ?? session?.sourceId ?? null,
    at,
  };
}
