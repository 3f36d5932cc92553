// Does the job of a transcript: reads what was said until now, and sends it.
import type { JobHandler } from '#platform/jobs/index.ts';
import { handOver } from '#platform/mail/index.ts';
import type { Platform } from '#platform/platform.ts';
import { sendChatTranscriptJob } from './jobs.ts';
import { readNewest } from './read-for-visitor.ts';
import { readTranscript, settleTranscript, type TranscriptRow } from './store-transcripts.ts';
import { MOST_TOLD, transcriptLetter } from './transcript-letter.ts';

type Needs = Pick<Platform, 'db' | 'mail'>;

/** Handles `chats.send-transcript`. Outcomes: gone, settled already, sent, refused by the mail server, given up. */
export function sendChatTranscriptHandler(
  platform: Needs,
): JobHandler<{ accountId: string; transcriptId: string }> {
  const { prisma } = platform.db;
  return {
    definition: sendChatTranscriptJob,
    concurrency: 2,
    async run({ accountId, transcriptId }) {
      const row = await readTranscript(prisma, accountId, transcriptId);
      if (!row) return 'gone';
      if (row.address === null) return 'settled already';
      const outcome = await send(platform, row, row.address);
      await settleTranscript(prisma, row);
      return outcome;
    },
    async giveUp({ accountId, transcriptId: id }) {
      await settleTranscript(prisma, { accountId, id });
      return 'given up';
    },
  };
}

async function send({ db, mail }: Needs, row: TranscriptRow, to: string): Promise<string> {
  const { accountId, companyId, chatId, id: messageId } = row;
  const company = await db.prisma.company.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: companyId } },
    select: { name: true, timeZone: true },
  });
  const messages = await readNewest(db.pool, accountId, chatId, MOST_TOLD);
  const isSent = await handOver(mail, { to, ...transcriptLetter(company, messages), messageId });
  return isSent ? 'sent' : 'refused by the mail server';
}
