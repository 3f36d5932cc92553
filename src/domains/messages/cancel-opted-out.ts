// An opt-out that came by another way than a text, by telephone, mail or the API, ends what waits to be sent, too.
import { consentSubject, judgeConsent, readConsent } from '#domains/consent/index.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { cancelWaiting } from './cancel-message.ts';
import { conversationSubject } from './events.ts';
import { cancelOptedOutJob } from './jobs.ts';

/** The worker's side of `messages.cancel-opted-out`. Outcomes: none, agreed, cancelled. */
export function cancelOptedOutHandler(
  slice: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
): JobHandler<{ accountId: string; consentId: string }> {
  const { db, events, clock } = slice;
  return {
    definition: cancelOptedOutJob,
    run: ({ accountId, consentId }) =>
      db.transaction(async (tx) => {
        const found = await conversationOf(tx, accountId, consentId);
        if (!found) return 'none';
        const { conversationId, companyId, number } = found;
        await events.lock(tx, accountId, [consentSubject(companyId, number)]);
        await events.lock(tx, accountId, [conversationSubject(conversationId)]);
        const at = clock.now(accountId);
        const consent = await readConsent(tx, slice, accountId, companyId, number);
        // they may have agreed again meanwhile
        if (judgeConsent(consent, at) !== 'OPTED_OUT') return 'agreed';
        await cancelWaiting(tx, slice, { accountId, companyId, conversationId, at });
        return 'cancelled';
      }),
  };
}

async function conversationOf(
  tx: Tx,
  accountId: string,
  consentId: string,
): Promise<{ conversationId: string; companyId: string; number: string } | null> {
  const sql = tenantSql(accountId);
  const [found] = await sql`
    select c.id as "conversationId", c.company_id as "companyId", c.customer_number as number
      from consent k
      join conversation c on c.account_id = k.account_id and c.company_id = k.company_id
       and c.customer_number = k.number
     where k.account_id = ${sql.account} and k.id = ${consentId}::uuid`.rows<{
    conversationId: string;
    companyId: string;
    number: string;
  }>(tx);
  return found ?? null;
}
