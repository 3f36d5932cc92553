// How a number stands with texts, in one word for people. Pure.
import type {
  CampaignAssignment,
  PhoneNumberStatus,
  RegistrationState,
} from '#generated/prisma/enums.ts';
import { isTollFree } from '#values/phone-number.ts';

export const MESSAGING_STATUSES = [
  'NOT_SUPPORTED',
  'OFF',
  'RECEIVES_ONLY',
  'PENDING',
  'ACTIVE',
  'FAILED',
  'SUSPENDED',
] as const;
export type MessagingStatus = (typeof MESSAGING_STATUSES)[number];

/** What a number's status is judged by. */
export interface MessagingFacts {
  /** E.164 */
  number: string;
  status: PhoneNumberStatus;
  carrierProfileId: string | null;
  carrierCampaignId: string | null;
  assignment: CampaignAssignment;
  /** the company's */
  brand: RegistrationState | null;
  campaign: { state: RegistrationState; carrierId: string | null } | null;
}

/** The word. ACTIVE is the same as a registered sender (read-sender.ts). */
export function messagingStatus(facts: MessagingFacts): MessagingStatus {
  const { number, status, carrierProfileId, assignment, brand, campaign } = facts;
  if (isTollFree(number)) return 'NOT_SUPPORTED';
  if (status !== 'ACTIVE' || carrierProfileId === null) {
    return assignment === 'FAILED' && status === 'ACTIVE' ? 'FAILED' : 'OFF';
  }
  if (brand === 'SUSPENDED' || campaign?.state === 'SUSPENDED') return 'SUSPENDED';
  if (brand !== 'APPROVED' || campaign?.state !== 'APPROVED') return 'RECEIVES_ONLY';
  if (assignment === 'FAILED') return 'FAILED';
  const isOnIt = assignment === 'ASSIGNED' && facts.carrierCampaignId === campaign.carrierId;
  return isOnIt ? 'ACTIVE' : 'PENDING';
}
