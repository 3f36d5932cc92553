// 10DLC at Telnyx: brands, campaigns, and the numbers on them. These answers are not wrapped in `data`.
import type Telnyx from 'telnyx';
import type { BrandCreateParams } from 'telnyx/resources/messaging-10dlc/brand';
import type { TelnyxCampaignCsp } from 'telnyx/resources/messaging-10dlc/campaign';
import type { PhoneNumberCampaign } from 'telnyx/resources/messaging-10dlc/phone-number-campaigns';
import { nullWhenGone } from './null-when-gone.ts';
import type {
  CampaignDetails,
  CarrierAssignment,
  CarrierRegistration,
  RegistrationLine,
} from './registration-port.ts';
import type { Ask } from './telnyx-numbers.ts';

const PAGE = 100;

/**
 * The verbs on registrations of one account's line.
 * @param webhookUrl where the carrier sends this account's webhooks
 */
export function telnyxRegistrations(
  client: Telnyx,
  webhookUrl: string,
  ask: Ask,
): RegistrationLine {
  const { brand, campaign, campaignBuilder, phoneNumberCampaigns } = client.messaging10dlc;
  /** a brand takes no reference of ours, but keeps the address of its webhooks */
  const brandUrl = (reference: string) => `${webhookUrl}?brand=${reference}`;
  return {
    async findBrand(reference, displayName) {
      let page = await ask(() => brand.list({ displayName, recordsPerPage: PAGE }));
      for (;;) {
        for (const { brandId } of page.records) {
          if (!brandId) continue;
          const found = await ask(() => brand.retrieve(brandId));
          if (found.webhookURL === brandUrl(reference)) return { brandId };
        }
        if (!page.hasNextPage()) return null;
        const last = page;
        page = await ask(() => last.getNextPage());
      }
    },
    async submitBrand(reference, details) {
      const { brandId } = await ask(() =>
        brand.create({
          entityType: details.entityType,
          displayName: details.displayName,
          vertical: details.vertical as BrandCreateParams['vertical'],
          phone: details.phone,
          email: details.email,
          street: details.street,
          city: details.city,
          state: details.region,
          postalCode: details.postalCode,
          country: details.country,
          webhookURL: brandUrl(reference),
          ...given({
            companyName: details.legalName,
            ein: details.taxId,
            website: details.website,
            firstName: details.firstName,
            lastName: details.lastName,
            stockSymbol: details.stockSymbol,
            stockExchange: details.stockExchange as BrandCreateParams['stockExchange'] | null,
          }),
          ...(details.entityType === 'PUBLIC_PROFIT'
            ? { businessContactEmail: details.email }
            : {}),
          ...(details.entityType === 'SOLE_PROPRIETOR' ? { mobilePhone: details.phone } : {}),
        }),
      );
      if (!brandId) throw new Error('The carrier took a brand but named no id.');
      return { brandId };
    },
    readBrand: (brandId) =>
      nullWhenGone(async () => {
        const found = await ask(() => brand.retrieve(brandId));
        return {
          state: brandState(found.status, found.identityStatus),
          reason: wordsOf(found.failureReasons),
        };
      }),
    async findCampaign(reference, brandId) {
      let page = await ask(() => campaign.list({ brandId, recordsPerPage: PAGE }));
      for (;;) {
        const found = page.records.find(({ referenceId }) => referenceId === reference);
        if (found?.campaignId) return { campaignId: found.campaignId };
        if (!page.hasNextPage()) return null;
        const last = page;
        page = await ask(() => last.getNextPage());
      }
    },
    async submitCampaign(reference, brandId, details) {
      const { campaignId } = await ask(() =>
        campaignBuilder.submit({
          brandId,
          referenceId: reference,
          webhookURL: webhookUrl,
          ...campaignBody(details),
        }),
      );
      if (!campaignId) throw new Error('The carrier took a campaign but named no id.');
      return { campaignId };
    },
    readCampaign: (campaignId) =>
      nullWhenGone(async () => {
        const found = await ask(() => campaign.retrieve(campaignId));
        return { state: campaignState(found), reason: wordsOf(found.failureReasons) };
      }),
    readAssignment: (phoneNumber) =>
      nullWhenGone(async () =>
        assignment(await ask(() => phoneNumberCampaigns.retrieve(phoneNumber))),
      ),
    assignToCampaign: async (phoneNumber, campaignId) =>
      assignment(await ask(() => phoneNumberCampaigns.create({ phoneNumber, campaignId }))),
    async takeOffCampaign(phoneNumber) {
      await nullWhenGone(() => ask(() => phoneNumberCampaigns.delete(phoneNumber)));
    },
  };
}

function campaignBody(details: CampaignDetails) {
  const [sample1 = '', ...more] = details.samples;
  const samples = more.map((sample, n) => [`sample${n + 2}`, sample] as const);
  return {
    usecase: details.useCase,
    ...(details.subUseCases.length > 0 ? { subUsecases: [...details.subUseCases] } : {}),
    description: details.description,
    messageFlow: details.messageFlow,
    sample1,
    ...Object.fromEntries(samples),
    subscriberOptin: true,
    subscriberOptout: true,
    subscriberHelp: true,
    optinKeywords: 'START,UNSTOP',
    // the carrier blocks on these by itself
    optoutKeywords: 'STOP,STOPALL,UNSUBSCRIBE,CANCEL,END,QUIT',
    helpKeywords: 'HELP',
    optinMessage: details.optInMessage,
    optoutMessage: details.optOutMessage,
    helpMessage: details.helpMessage,
    embeddedLink: details.hasEmbeddedLinks,
    embeddedPhone: details.hasEmbeddedPhones,
    termsAndConditions: true,
    ...given({
      privacyPolicyLink: details.privacyPolicyUrl,
      termsAndConditionsLink: details.termsUrl,
    }),
  };
}

/** Only what is there: the registry takes no null. */
function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  const there = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(there) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}

function brandState(
  status: string | undefined,
  identity: string | undefined,
): CarrierRegistration['state'] {
  if (status === 'REGISTRATION_FAILED') return 'REJECTED';
  // a registered brand may send once the registry knows who it is
  if (status !== 'OK' || identity === undefined) return 'PENDING';
  return identity === 'UNVERIFIED' ? 'REJECTED' : 'APPROVED';
}

/** A campaign passes the registry, then the carrier, then the mobile operators; only the last word opens it. */
function campaignState(found: TelnyxCampaignCsp): CarrierRegistration['state'] {
  if (found.status === 'EXPIRED' || found.isTMobileSuspended) return 'SUSPENDED';
  if (found.submissionStatus === 'FAILED') return 'REJECTED';
  switch (found.campaignStatus) {
    case 'MNO_ACCEPTED':
    case 'MNO_PROVISIONED':
      return 'APPROVED';
    case 'TCR_FAILED':
    case 'TELNYX_FAILED':
    case 'MNO_REJECTED':
    case 'MNO_PROVISIONING_FAILED':
      return 'REJECTED';
    case 'TCR_SUSPENDED':
    case 'TCR_EXPIRED':
      return 'SUSPENDED';
    default:
      return 'PENDING';
  }
}

function assignment(found: PhoneNumberCampaign): CarrierAssignment {
  const state =
    found.assignmentStatus === 'ASSIGNED'
      ? 'ASSIGNED'
      : found.assignmentStatus === 'FAILED_ASSIGNMENT'
        ? 'FAILED'
        : 'PENDING';
  return { campaignId: found.campaignId, state, reason: wordsOf(found.failureReasons) };
}

function wordsOf(reasons: unknown): string | null {
  if (typeof reasons === 'string') return reasons || null;
  return reasons ? JSON.stringify(reasons) : null;
}
