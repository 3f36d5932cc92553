// Does the job of a digest: one mail for all that came too fast for a mail each.
import type { JobHandler } from '#platform/jobs/index.ts';
import { handOver } from '#platform/mail/index.ts';
import { describeAlert, type Told } from './describe-alert.ts';
import { findRecipient } from './find-recipient.ts';
import { sendDigestJob } from './jobs.ts';
import { digestLetter } from './letters.ts';
import type { SendingNeeds } from './send-alert.ts';
import { type AlertRow, heldIds, readHeld, settleHeld, writeAlert } from './store-alerts.ts';
import { addressSubject, hashAddress } from './take-place.ts';
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
      const waiting = await heldIds(prisma, accountId, addressHash);
      const held = await readHeld(prisma, accountId, waiting.slice(0, MOST_LINES));
      if (held.length === 0) return 'nothing is held';
      const lines: Line[] = [];
      for (const alert of held) {
        signal.throwIfAborted();
        const line = await lineOf(platform, alert);
        // whose address is another by now is not told of what others were to hear at this one
        if (line && addressSubject(hashAddress(line.to)) === addressSubject(addressHash)) {
          lines.push(line);
        }
      }
      const [first] = lines;
      if (!first) {
        // those beyond the lines are looked at in the next minute
        const looked = held.map(({ id }) => id);
        await settle(platform, accountId, { addressHash, ids: looked }, null);
        return 'nothing that they may be told';
      }
      const isSent = await send(platform, lines, first, waiting.length - held.length);
      await settle(platform, accountId, { addressHash, ids: waiting }, isSent ? first.alert : null);
      return isSent ? `summed up ${waiting.length}` : 'refused by the mail server';
    },
  };
}

async function lineOf(platform: SendingNeeds, alert: AlertRow): Promise<Line | null> {
  if (alert.rule.unsubscribedAt) return null;
  const recipient = await findRecipient(platform, alert.rule);
  const told = recipient && (await describe(platform, recipient.viewer, alert));
  return told ? { alert, told, to: recipient.address } : null;
}

/** What cannot be read for some reason of ours must not keep the others from being told. */
async function describe(
  platform: SendingNeeds,
  viewer: Parameters<typeof describeAlert>[1],
  alert: AlertRow,
): Promise<Told | null> {
  try {
    return await describeAlert(platform, viewer, alert);
  } catch (err) {
    platform.log.error({ err, alertId: alert.id }, 'an alert could not be told in a digest');
    return null;
  }
}

function send(platform: SendingNeeds, lines: Line[], first: Line, more: number): Promise<boolean> {
  const { secrets, clock } = platform;
  const { accountId, ruleId, id } = first.alert;
  const publicUrl = platform.publicUrl();
  const ends = {
    ...{ accountId, ruleId, kind: 'ALERTS' as const },
    ...{ companyId: null, address: first.to },
  };
  const unsubscribeUrl = unsubscribeLink({ secrets, publicUrl }, ends, clock.now(accountId));
  const told = lines.map((line) => line.told);
  const letter = digestLetter(told, more, { publicUrl, unsubscribeUrl });
  const mail = { ...letter, to: first.to, messageId: `digest-${id}`, unsubscribeUrl };
  return handOver(platform.mail, mail);
}

/** Ends what was held; a digest that was sent has its place among the mails of the hour. */
async function settle(
  { db, events, clock }: SendingNeeds,
  accountId: string,
  held: { addressHash: Uint8Array<ArrayBuffer>; ids: readonly string[] },
  sent: AlertRow | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [addressSubject(held.addressHash)]);
    await settleHeld(tx, accountId, held.ids, sent ? 'SENT' : 'DROPPED');
    if (sent) await writeAlert(tx, sent, { mailAt: clock.now(accountId) });
  });
}
