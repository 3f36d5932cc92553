// The registry's word that a brand, a campaign or a number on one moved: looked up, never believed by itself.
import { readRegistrationSubject } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { checkNumber } from '../check-number.ts';
import { findLiveNumber } from '../store-numbers.ts';
import { advanceRegistration } from './advance-registration.ts';
import { findByCarrierId } from './store-registrations.ts';

/** with their pauses about a quarter of an hour; the hourly look asks for longer */
const MOST_ATTEMPTS = 12;

/**
 * Takes the registry's webhooks of one brand or campaign that wait in the inbox.
 * @param session the carrier's id of it
 * @throws when the carrier or the database cannot be asked; the events then wait on, and are kept as FAILED at last
 */
export async function receiveRegistrationEvent(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'carriers' | 'inbox' | 'jobs' | 'log'>,
  accountId: string,
  session: string,
): Promise<void> {
  const { db, inbox, clock } = platform;
  try {
    const waiting = await inbox.waiting(db.prisma, accountId, session);
    const subjects = new Map(
      waiting.map(({ body }) => {
        const subject = readRegistrationSubject(body);
        return [JSON.stringify(subject), subject] as const;
      }),
    );
    // several words on one thing are answered by one look
    for (const subject of subjects.values()) await look(platform, accountId, subject);
    await inbox.settle(
      db.prisma,
      accountId,
      waiting.map(({ id }) => id),
      'DONE',
    );
  } catch (error) {
    const failure = { error, most: MOST_ATTEMPTS, now: clock.now(accountId) };
    await inbox.countFailure(accountId, session, failure);
    throw error;
  }
}

async function look(
  platform: Parameters<typeof receiveRegistrationEvent>[0],
  accountId: string,
  subject: ReturnType<typeof readRegistrationSubject>,
): Promise<void> {
  const { prisma } = platform.db;
  const { phoneNumber, campaignId, brandId } = subject;
  if (phoneNumber) {
    const number = await findLiveNumber(prisma, accountId, phoneNumber);
    if (number) await checkNumber(platform, { accountId, phoneNumberId: number.id });
    return;
  }
  const kind = campaignId ? 'campaign' : 'brand';
  const carrierId = campaignId ?? brandId;
  const registrationId = carrierId && (await findByCarrierId(prisma, kind, accountId, carrierId));
  if (registrationId) await advanceRegistration(platform, { accountId, kind, registrationId });
}
