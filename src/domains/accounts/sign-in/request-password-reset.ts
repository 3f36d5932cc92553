// Asks for a reset mail. The answer and the work are the same whether anybody has the address or not: what is known of
// it is looked up by the job that writes the mail.
import { z } from 'zod';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Browser } from '#values/browser.ts';
import { parseInput } from '#values/parse-input.ts';
import { emailShape } from '../shapes.ts';
import { sendMailJob } from './jobs.ts';
import { findPerson } from './store.ts';
import { countTry, RESET_BY_ADDRESS, RESET_BY_EMAIL } from './try-limits.ts';

const RequestPasswordReset = z.object({ email: emailShape });

export type RequestPasswordResetInput = z.input<typeof RequestPasswordReset>;

/**
 * Has a link mailed to the person of an address, if there is one who can sign in.
 * @throws Refused INVALID_INPUT, RATE_LIMITED
 */
export async function requestPasswordReset(
  platform: Pick<Platform, 'db' | 'clock' | 'log' | 'limits' | 'secrets' | 'jobs'>,
  browser: Browser,
  input: RequestPasswordResetInput,
): Promise<{ requested: true }> {
  const { email } = parseInput(RequestPasswordReset, input);
  const byAddress = { limit: RESET_BY_ADDRESS, of: browser.address };
  await countTry(platform, byAddress, { limit: RESET_BY_EMAIL, of: email });
  const { db, jobs } = platform;
  const person = await findPerson(db.prisma, email);
  const userId = person?.id ?? newId();
  await db.transaction((tx) =>
    jobs.enqueue(tx, sendMailJob, { kind: 'PASSWORD_RESET', userId, accountId: null }),
  );
  return { requested: true };
}
