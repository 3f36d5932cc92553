// Makes one number text at the carrier as it is to: on its company's profile, so that texts to it arrive, and, once the
// company's campaign is approved, on that campaign, so that texts from it may leave.
import type { CarrierAssignment } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { isTollFree } from '#values/phone-number.ts';
import { isFinal } from '../carrier-word.ts';
import type { NumberInventory } from '../inventory.ts';
import type { MessagingFields, PhoneNumberRow } from '../store-numbers.ts';
import { ensureProfile } from './ensure-profile.ts';
import { readOfCompany } from './store-registrations.ts';

/**
 * Asks the carrier for what is missing. What it refuses for good leaves the number without texts, never without calls.
 * @returns how the number then stands; the caller writes it down
 * @throws CarrierUnreachable, CarrierRefused for a refused key; NotYet
 */
export async function setUpMessaging(
  platform: Pick<Platform, 'db' | 'clock'>,
  line: NumberInventory,
  accountId: string,
  row: PhoneNumberRow,
  carrierNumberId: string,
): Promise<MessagingFields> {
  let stands = pickMessaging(row);
  try {
    const carrierProfileId = await ensureProfile(platform, line, accountId, row.companyId);
    // by hand it may have been put on another, whose texts go elsewhere
    await line.setMessagingProfile(carrierNumberId, carrierProfileId);
    stands = { ...stands, carrierProfileId };
    // toll-free numbers are verified in another way, which the service does not offer (rules.md, L10)
    if (isTollFree(row.number)) return stands;
    const campaign = await readOfCompany(platform.db.prisma, 'campaign', accountId, row.companyId);
    if (campaign?.state !== 'APPROVED' || !campaign.carrierId) return stands;
    const found = await assign(line, row.number, campaign.carrierId);
    return {
      ...stands,
      carrierCampaignId: found.campaignId,
      assignment: found.state,
      assignmentFailure: found.state === 'FAILED' ? (found.reason ?? 'No reason was given.') : null,
    };
  } catch (error) {
    if (!isFinal(error)) throw error;
    // one that stands on its campaign goes on
    if (stands.assignment === 'ASSIGNED') return stands;
    return { ...stands, assignment: 'FAILED', assignmentFailure: error.message };
  }
}

/** A number stands on one campaign: off another one first, and put anew where it failed. */
async function assign(
  line: NumberInventory,
  number: string,
  campaignId: string,
): Promise<CarrierAssignment> {
  const found = await line.readAssignment(number);
  if (found?.campaignId === campaignId && found.state !== 'FAILED') return found;
  if (found) await line.takeOffCampaign(number);
  return line.assignToCampaign(number, campaignId);
}

/** What a number's row says of its texts. */
export function pickMessaging(row: MessagingFields): MessagingFields {
  const { carrierProfileId, carrierCampaignId, assignment, assignmentFailure } = row;
  return { carrierProfileId, carrierCampaignId, assignment, assignmentFailure };
}
