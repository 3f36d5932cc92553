// Does what is due for one brand or campaign: sends what was submitted, once, and asks how the registry has decided. What
// the registry takes costs money, so before each sending it is asked whether it has it already.
import type { CarrierRegistration } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { isFinal } from '../carrier-word.ts';
import { registrationSubject } from '../events.ts';
import type { Inventories, NumberInventory } from '../inventory.ts';
import { readBrandDetails, readCampaignDetails } from './details.ts';
import { moveRegistrationIn } from './move-registration.ts';
import { nextLook, type RegistrationFact } from './registration-machine.ts';
import {
  noteLook,
  type RegistrationKind,
  type RegistrationRow,
  readOfCompany,
  readRegistration,
} from './store-registrations.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'> & { carriers: Inventories };

/** Which registration. */
export interface RegistrationKey {
  accountId: string;
  kind: RegistrationKind;
  registrationId: string;
}

/**
 * Advances it.
 * @returns a named outcome. Throws CarrierUnreachable, or CarrierRefused for a refused key: try again
 */
export async function advanceRegistration(platform: Needs, key: RegistrationKey): Promise<string> {
  const { accountId, kind, registrationId } = key;
  const row = await readRegistration(platform.db.prisma, kind, accountId, registrationId);
  if (!row) return 'unknown registration';
  if (row.state === 'DRAFT') return 'nothing to do';
  const line = await platform.carriers.of(accountId);
  if (row.state === 'SUBMITTED') return submit(platform, line, key, row);
  return row.carrierId ? look(platform, line, key, row, row.carrierId) : 'nothing to ask for';
}

async function submit(
  platform: Needs,
  line: NumberInventory,
  key: RegistrationKey,
  row: RegistrationRow,
): Promise<string> {
  const reference = `${row.id}-${row.submissions}`;
  try {
    const carrierId =
      key.kind === 'brand'
        ? await sendBrand(line, reference, row)
        : await sendCampaign(platform, line, reference, key.accountId, row);
    if (!(await move(platform, key, row, 'TAKEN', { carrierId }))) return 'changed meanwhile';
    // the registry's word may have come before ours was written, when nobody knew its id
    const taken = await readRegistration(platform.db.prisma, key.kind, key.accountId, row.id);
    if (taken?.state === 'PENDING') await look(platform, line, key, taken, carrierId);
    return 'submitted';
  } catch (error) {
    if (!isFinal(error)) throw error;
    const isMoved = await move(platform, key, row, 'REFUSED', { reason: error.message });
    return isMoved ? 'refused' : 'changed meanwhile';
  }
}

async function sendBrand(
  line: NumberInventory,
  reference: string,
  { details }: RegistrationRow,
): Promise<string> {
  const brand = readBrandDetails(details);
  const found = await line.findBrand(reference, brand.displayName);
  return (found ?? (await line.submitBrand(reference, brand))).brandId;
}

async function sendCampaign(
  { db }: Pick<Platform, 'db'>,
  line: NumberInventory,
  reference: string,
  accountId: string,
  { details, companyId }: RegistrationRow,
): Promise<string> {
  const brand = await readOfCompany(db.prisma, 'brand', accountId, companyId);
  if (!brand?.carrierId) throw new Error('A campaign was submitted without a brand.');
  const found = await line.findCampaign(reference, brand.carrierId);
  const campaign = readCampaignDetails(details);
  return (found ?? (await line.submitCampaign(reference, brand.carrierId, campaign))).campaignId;
}

const FACTS: Record<CarrierRegistration['state'], RegistrationFact | null> = {
  PENDING: null,
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  SUSPENDED: 'SUSPENDED',
};

async function look(
  platform: Needs,
  line: NumberInventory,
  key: RegistrationKey,
  row: RegistrationRow,
  carrierId: string,
): Promise<string> {
  const found =
    key.kind === 'brand' ? await line.readBrand(carrierId) : await line.readCampaign(carrierId);
  // what the carrier no longer has was ended there by hand
  const gone = { state: 'SUSPENDED', reason: 'The carrier has it no longer.' } as const;
  const { state, reason } = found ?? gone;
  const fact = FACTS[state];
  if (fact && (await move(platform, key, row, fact, { reason }))) return state.toLowerCase();
  const { db, clock } = platform;
  const checkAt = nextLook(row.state, clock.now(key.accountId));
  await noteLook(db.prisma, key.kind, key.accountId, row.id, checkAt);
  return 'as before';
}

/** Moves it, unless it has changed since it was read. */
function move(
  platform: Needs,
  { accountId, kind, registrationId }: RegistrationKey,
  seen: RegistrationRow,
  fact: RegistrationFact,
  details: { reason?: string | null; carrierId?: string },
): Promise<boolean> {
  const { db, events } = platform;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [registrationSubject(registrationId)]);
    const row = await readRegistration(tx, kind, accountId, registrationId);
    if (row?.version !== seen.version) return false;
    return (await moveRegistrationIn(tx, platform, kind, accountId, row, fact, details)) !== null;
  });
}
