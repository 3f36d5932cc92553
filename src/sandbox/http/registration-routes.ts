// 10DLC: brands, campaigns, and the numbers on them. As at the carrier these answers are not wrapped in `data`.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { findNumber } from '../numbers/owned-numbers.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import { reviewAssignment, reviewBrand, reviewCampaign } from '../registrations/decide.ts';
import { shownAssignment, shownBrand, shownCampaign } from '../registrations/shown.ts';
import type { Brand, Campaign } from '../store.ts';
import type { Route } from './router.ts';

const Text = (most: number) => z.string().min(1).max(most);
const BrandBody = z.looseObject({
  entityType: z.enum([
    'PRIVATE_PROFIT',
    'PUBLIC_PROFIT',
    'NON_PROFIT',
    'GOVERNMENT',
    'SOLE_PROPRIETOR',
  ]),
  displayName: Text(100),
  vertical: Text(50),
  country: z.string().length(2),
  email: Text(100),
  webhookURL: z.url().optional(),
});
const CampaignBody = z.looseObject({
  brandId: z.string(),
  usecase: z.string(),
  description: Text(4_096),
  sample1: Text(1_024),
  referenceId: z.string().optional(),
  webhookURL: z.url().optional(),
});
const AssignmentBody = z.looseObject({ phoneNumber: z.string(), campaignId: z.string() });

/** Routes under /v2/10dlc. */
export function registrationRoutes(carrier: Carrier): Route[] {
  const { state } = carrier.store;
  const brandOf = (id: string | undefined): Brand => {
    const found = state.brands.find((one) => one.id === id);
    if (!found) throw refusals.notFound('brand');
    return found;
  };
  const campaignOf = (id: string | undefined): Campaign => {
    const found = state.campaigns.find((one) => one.id === id);
    if (!found) throw refusals.notFound('campaign');
    return found;
  };
  const begun = (body: object) => ({
    id: randomUUID(),
    state: 'pending' as const,
    reason: '',
    body: { ...body },
    createdMs: carrier.clock.now(),
    updatedMs: carrier.clock.now(),
  });
  const pageOf = <Row>(rows: Row[], query: URLSearchParams) => {
    const size = Math.min(500, Math.max(1, Number(query.get('recordsPerPage')) || 10));
    const page = Math.max(1, Number(query.get('page')) || 1);
    const records = rows.slice((page - 1) * size, page * size);
    return { status: 200, body: { records, page, totalRecords: rows.length } };
  };
  return [
    {
      method: 'POST',
      path: '/v2/10dlc/brand',
      handle({ body }) {
        const brand: Brand = begun(parseBody(BrandBody, body));
        state.brands.push(brand);
        carrier.store.save();
        reviewBrand(carrier, brand);
        return { status: 200, body: shownBrand(brand) };
      },
    },
    {
      method: 'GET',
      path: '/v2/10dlc/brand',
      handle({ query }) {
        const name = query.get('displayName');
        const rows = state.brands.filter(({ body }) => name === null || body.displayName === name);
        return pageOf(
          rows.map((brand) => {
            const { brandId, displayName, status } = shownBrand(brand);
            return { brandId, displayName, status };
          }),
          query,
        );
      },
    },
    {
      method: 'GET',
      path: '/v2/10dlc/brand/:id',
      handle: ({ params }) => ({ status: 200, body: shownBrand(brandOf(params.id)) }),
    },
    {
      method: 'POST',
      path: '/v2/10dlc/campaignBuilder',
      handle({ body }) {
        const given = parseBody(CampaignBody, body);
        if (brandOf(given.brandId).state !== 'approved') {
          throw refusals.invalid('/brandId', 'The brand is not verified.');
        }
        if (
          given.referenceId !== undefined &&
          state.campaigns.some((one) => one.body.referenceId === given.referenceId)
        ) {
          throw refusals.invalid('/referenceId', 'Another campaign has this referenceId.');
        }
        const campaign: Campaign = { ...begun(given), brandId: given.brandId };
        state.campaigns.push(campaign);
        carrier.store.save();
        reviewCampaign(carrier, campaign);
        return { status: 200, body: shownCampaign(campaign) };
      },
    },
    {
      method: 'GET',
      path: '/v2/10dlc/campaign',
      handle({ query }) {
        const rows = state.campaigns.filter(({ brandId }) => brandId === query.get('brandId'));
        return pageOf(rows.map(shownCampaign), query);
      },
    },
    {
      method: 'GET',
      path: '/v2/10dlc/campaign/:id',
      handle: ({ params }) => ({ status: 200, body: shownCampaign(campaignOf(params.id)) }),
    },
    {
      method: 'POST',
      path: '/v2/10dlc/phone_number_campaigns',
      handle({ body }) {
        const given = parseBody(AssignmentBody, body);
        const number = findNumber(carrier, given.phoneNumber);
        const campaign = campaignOf(given.campaignId);
        if (number.messagingProfileId === null) {
          throw refusals.invalid('/phoneNumber', 'The number is on no messaging profile.');
        }
        if (number.campaignId !== null && number.assignment !== 'failed') {
          throw refusals.invalid('/phoneNumber', 'The number is on a campaign already.');
        }
        number.campaignId = campaign.id;
        number.assignment = 'pending';
        number.updatedMs = carrier.clock.now();
        carrier.store.save();
        reviewAssignment(carrier, number);
        return { status: 200, body: shownAssignment(carrier, number) };
      },
    },
    {
      method: 'GET',
      path: '/v2/10dlc/phone_number_campaigns/:number',
      handle: ({ params }) => ({
        status: 200,
        body: shownAssignment(carrier, findNumber(carrier, params.number)),
      }),
    },
    {
      method: 'DELETE',
      path: '/v2/10dlc/phone_number_campaigns/:number',
      handle({ params }) {
        const number = findNumber(carrier, params.number);
        const body = shownAssignment(carrier, number);
        number.campaignId = null;
        number.assignment = 'none';
        number.updatedMs = carrier.clock.now();
        carrier.store.save();
        return { status: 200, body };
      },
    },
  ];
}
