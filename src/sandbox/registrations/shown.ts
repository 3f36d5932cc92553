// Brands, campaigns and assignments as the carrier's API shows them.
import type { TelnyxBrand } from 'telnyx/resources/messaging-10dlc/brand';
import type { TelnyxCampaignCsp } from 'telnyx/resources/messaging-10dlc/campaign';
import type { PhoneNumberCampaign } from 'telnyx/resources/messaging-10dlc/phone-number-campaigns';
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import type { Brand, Campaign, OwnedNumber } from '../store.ts';
import { isoTime } from '../webhooks/payloads.ts';

const BRAND_STATUS = {
  pending: 'REGISTRATION_PENDING',
  approved: 'OK',
  rejected: 'REGISTRATION_FAILED',
  suspended: 'REGISTRATION_FAILED',
} as const;

export function shownBrand(brand: Brand) {
  return {
    ...(brand.body as unknown as Omit<TelnyxBrand, 'brandRelationship'>),
    brandId: brand.id,
    brandRelationship: 'BASIC_ACCOUNT',
    status: BRAND_STATUS[brand.state],
    identityStatus: brand.state === 'approved' ? 'VERIFIED' : 'UNVERIFIED',
    ...(brand.reason === '' ? {} : { failureReasons: brand.reason }),
    createdAt: isoTime(brand.createdMs),
    updatedAt: isoTime(brand.updatedMs),
  } satisfies TelnyxBrand;
}

const CAMPAIGN_STATUS = {
  pending: 'TCR_ACCEPTED',
  approved: 'MNO_PROVISIONED',
  rejected: 'MNO_REJECTED',
  suspended: 'TCR_SUSPENDED',
} as const;

export function shownCampaign(campaign: Campaign) {
  return {
    ...(campaign.body as unknown as Pick<TelnyxCampaignCsp, 'description' | 'usecase'>),
    campaignId: campaign.id,
    brandId: campaign.brandId,
    cspId: 'SANDBOX',
    mock: false,
    subUsecases: (campaign.body.subUsecases as string[] | undefined) ?? [],
    termsAndConditions: true,
    status: 'ACTIVE',
    submissionStatus: 'CREATED',
    campaignStatus: CAMPAIGN_STATUS[campaign.state],
    ...(campaign.reason === '' ? {} : { failureReasons: campaign.reason }),
    createDate: isoTime(campaign.createdMs),
  } satisfies TelnyxCampaignCsp;
}

const ASSIGNMENT_STATUS = {
  pending: 'PENDING_ASSIGNMENT',
  assigned: 'ASSIGNED',
  failed: 'FAILED_ASSIGNMENT',
} as const;

/** Throws 404 for a number that is on no campaign. */
export function shownAssignment(carrier: Carrier, number: OwnedNumber) {
  const campaign = carrier.store.state.campaigns.find(({ id }) => id === number.campaignId);
  if (!campaign || number.assignment === 'none') throw refusals.notFound('assignment');
  return {
    phoneNumber: number.phoneNumber,
    campaignId: campaign.id,
    brandId: campaign.brandId,
    assignmentStatus: ASSIGNMENT_STATUS[number.assignment],
    ...(number.assignment === 'failed' ? { failureReasons: number.assignmentReason } : {}),
    createdAt: isoTime(number.updatedMs),
    updatedAt: isoTime(number.updatedMs),
  } satisfies PhoneNumberCampaign;
}
