// Mails a member that an automation rule has fired. The mail says which rule and for what, and nothing of whom or what was
// said: that is read in the API, with the member's own rights. So it takes none of the care that alerts take.
import { seersOf } from '#domains/accounts/index.ts';
import { firedRun } from '#domains/automation/index.ts';
import { typenameOf } from '#domains/interactions/index.ts';
import { stableId } from '#platform/ids/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import { handOver } from '#platform/mail/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { sendRuleNoticeJob } from './jobs.ts';
import { ruleNoticeLetter } from './letters.ts';

type Needs = Pick<Platform, 'db' | 'mail' | 'publicUrl'>;

/** Handles `notifications.send-rule-notice`. One that comes twice is one mail twice, by the same Message-ID. */
export function sendRuleNoticeHandler({
  db,
  mail,
  publicUrl,
}: Needs): JobHandler<{ accountId: string; runId: string; userId: string }> {
  return {
    definition: sendRuleNoticeJob,
    concurrency: 2,
    async run({ accountId, runId, userId }) {
      const run = await firedRun(db.pool, accountId, runId);
      if (!run) return 'what it fired for is gone';
      const { companyId } = run;
      const member = await db.prisma.membership.findFirst({
        where: { ...seersOf({ accountId, companyIds: [companyId] }), userId },
        select: { user: { select: { email: true } } },
      });
      if (!member) return 'nobody to write to';
      const where = { accountId_id: { accountId, id: companyId } };
      const company = await db.prisma.company.findUniqueOrThrow({
        where,
        select: { name: true, timeZone: true },
      });
      const typename = typenameOf(run.kind);
      const letter = ruleNoticeLetter(
        { ...run, company, typename, interactionId: encodeGlobalId(typename, run.interactionId) },
        publicUrl(),
      );
      const messageId = stableId('rule-notice', runId, userId);
      const isTaken = await handOver(mail, { ...letter, to: member.user.email, messageId });
      return isTaken ? 'sent' : 'refused by the mail server';
    },
  };
}
