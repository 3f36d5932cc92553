// The carrier's port for 10DLC: the registry's brands and campaigns, and which number stands on which campaign. A
// registration costs money each time, so it is looked up by our reference before it is sent.

/** Who a company is, as the registry wants to know it. */
export interface BrandDetails {
  entityType: 'PRIVATE_PROFIT' | 'PUBLIC_PROFIT' | 'NON_PROFIT' | 'GOVERNMENT' | 'SOLE_PROPRIETOR';
  displayName: string;
  legalName: string | null;
  /** the tax id, digits only */
  taxId: string | null;
  vertical: string;
  website: string | null;
  /** E.164 */
  phone: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  street: string;
  city: string;
  /** two letters */
  region: string;
  postalCode: string;
  /** US or CA */
  country: string;
  stockSymbol: string | null;
  stockExchange: string | null;
}

/** What a company's texts are for. */
export interface CampaignDetails {
  useCase: string;
  subUseCases: readonly string[];
  description: string;
  messageFlow: string;
  /** 1 to 5 */
  samples: readonly string[];
  optInMessage: string;
  optOutMessage: string;
  helpMessage: string;
  privacyPolicyUrl: string | null;
  termsUrl: string | null;
  hasEmbeddedLinks: boolean;
  hasEmbeddedPhones: boolean;
}

/** How a brand or a campaign stands at the registry. */
export interface CarrierRegistration {
  state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'SUSPENDED';
  /** the registry's words on it, where it is refused or suspended */
  reason: string | null;
}

/** Which campaign a number is on. */
export interface CarrierAssignment {
  campaignId: string;
  state: 'PENDING' | 'ASSIGNED' | 'FAILED';
  reason: string | null;
}

/** The registrations of one account's line. Every verb throws CarrierRefused and CarrierUnreachable. */
export interface RegistrationLine {
  /** The brand under our reference, or null: asked before every submission. */
  findBrand(reference: string, displayName: string): Promise<{ brandId: string } | null>;
  submitBrand(reference: string, brand: BrandDetails): Promise<{ brandId: string }>;
  /** Null when the carrier has it no longer. */
  readBrand(brandId: string): Promise<CarrierRegistration | null>;
  /** The campaign under our reference, or null: asked before every submission. */
  findCampaign(reference: string, brandId: string): Promise<{ campaignId: string } | null>;
  submitCampaign(
    reference: string,
    brandId: string,
    campaign: CampaignDetails,
  ): Promise<{ campaignId: string }>;
  /** Null when the carrier has it no longer. */
  readCampaign(campaignId: string): Promise<CarrierRegistration | null>;
  /** Null when the number is on none. */
  readAssignment(phoneNumber: string): Promise<CarrierAssignment | null>;
  assignToCampaign(phoneNumber: string, campaignId: string): Promise<CarrierAssignment>;
  /** A number that is on none is taken off already. */
  takeOffCampaign(phoneNumber: string): Promise<void>;
}
