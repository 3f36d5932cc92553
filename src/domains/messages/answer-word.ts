// What the service itself answers to a word: one confirmation of an opt-out, and HELP. What the carrier answers is not
// said twice.
import type { InboundConsent } from '#domains/consent/index.ts';
import { preparedSql, type SqlTx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { hasAnswered } from './store.ts';
import { storeOutbound } from './store-outbound.ts';

/** HELP is answered once in so long: two machines must not go on helping each other */
const HELP_PAUSE_MS = 10 * 60_000;

/**
 * Queues the answer, if the word takes one. The caller holds the conversation's lock.
 * @param said.isAnswered the carrier has answered by itself
 */
export async function answerWord(
  tx: SqlTx,
  slice: Pick<Platform, 'events' | 'clock' | 'jobs'>,
  to: { accountId: string; companyId: string; conversationId: string; from: string; at: Date },
  said: Pick<InboundConsent, 'word' | 'changed'> & { isAnswered: boolean },
): Promise<void> {
  const { accountId, companyId, conversationId, at } = to;
  if (said.isAnswered) return;
  if (said.word === 'OPT_OUT' && said.changed) {
    const name = await nameOf(tx, accountId, companyId);
    await storeOutbound(tx, slice, {
      ...{ ...to, kind: 'OPT_OUT_CONFIRMATION', agentId: null, sentBy: 'system:messages' },
      text: `${name}: you have opted out and will get no more texts. Reply START to opt in again.`,
    });
  }
  const since = new Date(at.getTime() - HELP_PAUSE_MS);
  if (said.word === 'HELP' && !(await hasAnswered(tx, accountId, conversationId, since))) {
    const name = await nameOf(tx, accountId, companyId);
    await storeOutbound(tx, slice, {
      ...{ ...to, kind: 'HELP_ANSWER', agentId: null, sentBy: 'system:messages' },
      text: `${name}: call us at ${to.from} for help. Message and data rates may apply. Reply STOP to opt out.`,
    });
  }
}

async function nameOf(tx: SqlTx, accountId: string, companyId: string): Promise<string> {
  const sql = preparedSql(accountId);
  const [company] = await sql`
    select name from company where account_id = ${sql.account} and id = ${companyId}::uuid`.rows<{
    name: string;
  }>(tx);
  if (!company) throw new Error('A conversation’s company is gone.');
  return company.name;
}
