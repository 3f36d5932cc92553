// Which forms may be no person's, as a piece of SQL for those who count people.
import { type SqlPart, sqlPart, type TenantSql } from '#platform/db/index.ts';
import { SPAM_SCORE } from './score-spam.ts';

/**
 * Interactions of a lead that are looked through for one that is no spam: a bot that sends one address for days must not make
 * each look longer than the one before.
 */
export const MOST_LOOKED_THROUGH = 1_000;

/**
 * Whether the interaction `e` is a form that may be no person's, and nobody has called it a good lead: it makes nobody a lead,
 * and who then calls is counted as one by the call.
 */
export const isSpamForm = (
  sql: TenantSql,
  // no exists: that may be answered by reading all of the account's forms once
): SqlPart => sqlPart`(e.kind = 'FORM' and e.lead_status <> 'GOOD_LEAD' and coalesce((
  select spam.spam_score from form_submission spam
   where spam.account_id = ${sql.account} and spam.id = e.id), 0) >= ${SPAM_SCORE})`;
