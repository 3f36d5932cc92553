// The company's messaging profile at the carrier, made once: whoever makes it claims the row for a while, so that two who
// need it at once do not make two.
import { setTimeout as pause } from 'node:timers/promises';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { NumberInventory } from '../inventory.ts';
import { claimProfile, keepProfile, readProfile } from './store-profiles.ts';

/** longer than the three requests that it takes may hang */
const CLAIM_MS = 30_000;
const LOOK_EVERY_MS = 100;
const MOST_LOOKS = 30;

/**
 * @returns the carrier's id of the company's profile
 * @throws CarrierUnreachable, CarrierRefused; NotYet while another makes it
 */
export async function ensureProfile(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  line: NumberInventory,
  accountId: string,
  companyId: string,
): Promise<string> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const found = await readProfile(db.prisma, accountId, companyId);
    if (found?.carrierProfileId) return found.carrierProfileId;
    const now = clock.now(accountId);
    const until = new Date(now.getTime() + CLAIM_MS);
    const name = await db.transaction((tx) => claimProfile(tx, accountId, companyId, now, until));
    if (name !== null) return make({ db }, line, accountId, companyId, name);
    await pause(LOOK_EVERY_MS);
  }
  throw new NotYet('the company’s messaging profile is being made');
}

async function make(
  { db }: Pick<Platform, 'db'>,
  line: NumberInventory,
  accountId: string,
  companyId: string,
  name: string,
): Promise<string> {
  try {
    // found by its reference when an answer was lost before
    const { profileId } = await line.ensureMessagingProfile({ reference: companyId, name });
    await keepProfile(db.prisma, accountId, companyId, profileId);
    return profileId;
  } catch (error) {
    await keepProfile(db.prisma, accountId, companyId, null);
    throw error;
  }
}
