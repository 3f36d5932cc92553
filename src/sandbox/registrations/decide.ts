// The registry decides, in its own time: brands and campaigns are approved, refused or suspended, numbers are put on
// campaigns; each is told by webhook unless a rule says otherwise.
import type { Carrier } from '../carrier.ts';
import { refusals } from '../refusal.ts';
import { RegistrationDecision, type RegistrationRule } from '../scripts/registration-rule.ts';
import type { Brand, Campaign, OwnedNumber } from '../store.ts';
import { CALM } from '../webhooks/chaos.ts';

const AFTER_SECONDS = { brand: 2, campaign: 3, assignment: 1 } as const;

/** Has a brand decided upon after a while. */
export function reviewBrand(carrier: Carrier, brand: Brand): void {
  review(carrier, 'brand', (rule) => settle(carrier, brand, stateOf(rule), rule));
}

/** Has a campaign decided upon after a while. */
export function reviewCampaign(carrier: Carrier, campaign: Campaign): void {
  review(carrier, 'campaign', (rule) => settle(carrier, campaign, stateOf(rule), rule));
}

/** Puts a number on its campaign after a while; on one that is not approved it fails. */
export function reviewAssignment(carrier: Carrier, number: OwnedNumber): void {
  const { campaignId } = number;
  review(carrier, 'assignment', (rule) => {
    const campaign = carrier.store.state.campaigns.find(({ id }) => id === campaignId);
    if (!campaign || number.campaignId !== campaignId || number.assignment !== 'pending') return;
    const isGood = campaign.state === 'approved' && rule?.outcome !== 'rejected';
    number.assignment = isGood ? 'assigned' : 'failed';
    number.assignmentReason = isGood ? '' : (rule?.reason ?? 'The campaign is not active.');
    carrier.store.save();
    tell(carrier, '10dlc.phone_number.update', campaign, rule?.silent ?? false, {
      campaignId: campaign.id,
      phoneNumber: number.phoneNumber,
      status: isGood ? 'success' : 'failed',
      type: 'ASSIGNMENT',
      ...(isGood ? {} : { reasons: [number.assignmentReason] }),
    });
  });
}

/** The registry's later word. Throws 404. */
export function decideRegistration(carrier: Carrier, given: RegistrationDecision): void {
  const { id, state, reason, silent } = RegistrationDecision.parse(given);
  const { brands, campaigns } = carrier.store.state;
  const found = brands.find((one) => one.id === id) ?? campaigns.find((one) => one.id === id);
  if (!found) throw refusals.notFound('brand or campaign');
  settle(carrier, found, state, { reason: reason ?? '', silent });
}

function review(
  carrier: Carrier,
  on: RegistrationRule['on'],
  decide: (rule: RegistrationRule | undefined) => void,
): void {
  const rule = carrier.registrationRules.find((one) => one.on === on);
  if (rule?.outcome === 'pending') return;
  const afterMs = (rule?.afterSeconds ?? AFTER_SECONDS[on]) * 1000;
  carrier.clock.after(afterMs, () => decide(rule));
}

function stateOf(rule: RegistrationRule | undefined): 'approved' | 'rejected' {
  return rule?.outcome === 'rejected' ? 'rejected' : 'approved';
}

function settle(
  carrier: Carrier,
  thing: Brand | Campaign,
  state: Brand['state'] | Campaign['state'],
  word: { reason: string; silent: boolean } | undefined,
): void {
  Object.assign(thing, { state, updatedMs: carrier.clock.now() });
  thing.reason = state === 'approved' ? '' : (word?.reason ?? '');
  carrier.store.save();
  const silent = word?.silent ?? false;
  if ('brandId' in thing) {
    tell(carrier, '10dlc.campaign.update', thing, silent, {
      campaignId: thing.id,
      brandId: thing.brandId,
      type: state === 'suspended' ? 'TELNYX_EVENT' : 'MNO_REVIEW',
      status: { approved: 'ACCEPTED', rejected: 'REJECTED', suspended: 'DORMANT', pending: '' }[
        state
      ],
      ...(thing.reason === '' ? {} : { description: thing.reason }),
    });
    return;
  }
  tell(carrier, '10dlc.brand.update', thing, silent, {
    brandId: thing.id,
    brandName: String(thing.body.displayName),
    type: 'TCR_BRAND_UPDATE',
    eventType: 'BRAND_IDENTITY_STATUS_UPDATE',
    status: state === 'approved' ? 'success' : 'failed',
    ...(thing.reason === '' ? {} : { description: thing.reason }),
  });
}

function tell(
  carrier: Carrier,
  eventType: string,
  about: Brand | Campaign,
  silent: boolean,
  payload: object,
): void {
  const { webhookURL, webhookFailoverURL } = about.body;
  if (silent || typeof webhookURL !== 'string' || webhookURL === '') return;
  carrier.outbox.send({
    eventType,
    payload,
    occurredMs: carrier.clock.now(),
    lane: about.id,
    key: `registration:${about.id}`,
    url: webhookURL,
    failoverUrl: typeof webhookFailoverURL === 'string' ? webhookFailoverURL : null,
    timeoutMs: 10_000,
    chaos: carrier.chaos.get('*') ?? CALM,
  });
}
