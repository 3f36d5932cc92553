// Does the job of a digest: one mail for all that came too fast for a mail each.
import type { JobHandler } from '#platform/jobs/index.ts';
import { describeAlert, type Told } from './describe-alert.ts';
import { findRecipient } from './find-recipient.ts';
import { sendDigestJob } from './jobs.ts';
import { digestLetter } from './letters.ts';
import type { SendingNeeds } from './send-alert.ts';
import { sendMail } from './send-mail.ts';
import { type AlertRow, countHeld, readHeld, settleHeld, writeAlert } from './store-alerts.ts';
import { addressSubject } from './take-place.ts';
import { unsubscribeLink } from './unsubscribe-link.ts';

/** How many get a line of their own. */
const MOST_LINES = 50;

interface Line {
  alert: AlertRow;
  to: string;
  told: Told;
}

/** Handles `notifications.send-digest`: one at a time for an address, as its job's singletonKey has it. */
export function sendDigestHandler(
  platform: SendingNeeds,
): JobHandler<{ accountId: string; addressHash: string }> {
  return {
    definition: sendDigestJob,
    async run({ accountId, addressHash: hex }, { signal }) {
      const addressHash = new Uint8Array(Buffer.from(hex, 'hex'));
      const { prisma } = platform.db;
      const held = await readHeld(prisma, accountId, addressHash, MOST_LINES);
      const { count, newest: upTo } = await countHeld(prisma, accountId, addressHash);
      if (upTo === null || held.length === 0) return 'nothing is held';
      const lines: Line[] = [];
      for (const alert of held) {
        signal.throwIfAborted();
        const line = await lineOf(platform, alert);
        if (line) lines.push(line);
      }
      const [first] = lines;
      if (!first) {
        // those beyond the lines are looked at in the next minute
        const last = held.at(-1)?.id ?? upTo;
        await settle(platform, accountId, { addressHash, upTo: last }, null);
        return 'nothing that they may be told';
      }
      const isSent = await send(platform, lines, first, Math.max(0, count - held.length));
      await settle(platform, accountId, { addressHash, upTo }, isSent ? first.alert : null);
      return isSent ? `summed up ${count}` : 'refused by the mail server';
    },
  };
}

async function lineOf(platform: SendingNeeds, alert: AlertRow): Promise<Line | null> {
  if (alert.rule.unsubscribedAt) return null;
  const recipient = await findRecipient(platform, alert.rule);
  const told = recipient && (await describeAlert(platform, recipient.viewer, alert));
  return told ? { alert, told, to: recipient.address } : null;
}

function send(platform: SendingNeeds, lines: Line[], first: Line, more: number): Promise<boolean> {
  const { secrets, clock } = platform;
  const { accountId, ruleId, id } = first.alert;
  const publicUrl = platform.publicUrl();
  const ends = { accountId, ruleId, isAll: true };
  const unsubscribeUrl = unsubscribeLink({ secrets, publicUrl }, ends, clock.now(accountId));
  const told = lines.map((line) => line.told);
  const letter = digestLetter(told, more, { publicUrl, unsubscribeUrl });
  return sendMail(platform, { ...letter, to: first.to, id: `digest-${id}`, unsubscribeUrl });
}

/** Ends what was held; a digest that was sent has its place among the mails of the hour. */
async function settle(
  { db, events, clock }: SendingNeeds,
  accountId: string,
  held: { addressHash: Uint8Array<ArrayBuffer>; upTo: string },
  sent: AlertRow | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [addressSubject(held.addressHash)]);
    await settleHeld(tx, accountId, held, sent ? 'SENT' : 'DROPPED');
    if (sent) await writeAlert(tx, sent, { mailAt: clock.now(accountId) });
  });
}
