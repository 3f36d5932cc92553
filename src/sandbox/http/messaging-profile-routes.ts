// Messaging profiles, and which number is on which.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { findNumber } from '../numbers/owned-numbers.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import type { MessagingProfile, OwnedNumber } from '../store.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { pageOf, type Route } from './router.ts';

const Changes = z.looseObject({
  name: z.string().min(1).optional(),
  enabled: z.boolean().optional(),
  webhook_url: z.url().nullish(),
  webhook_failover_url: z.url().nullish(),
  webhook_api_version: z
    .literal('2', { error: 'must be "2": the sandbox sends version 2 webhooks only' })
    .optional(),
});
const Body = Changes.extend({
  name: z.string().min(1),
  whitelisted_destinations: z.array(z.string()).min(1),
});
const NumberBody = z.looseObject({ messaging_profile_id: z.string().nullish() });

/** Routes under /v2/messaging_profiles, and /v2/phone_numbers/{id}/messaging. */
export function messagingProfileRoutes(carrier: Carrier): Route[] {
  const { state } = carrier.store;
  const path = '/v2/messaging_profiles';
  const find = (id: string | undefined) => {
    const found = state.messagingProfiles.find((one) => one.id === id);
    if (!found) throw refusals.notFound('messaging profile');
    return found;
  };
  return [
    {
      method: 'POST',
      path,
      handle({ body }) {
        const given = parseBody(Body, body);
        const nowMs = carrier.clock.now();
        const profile: MessagingProfile = {
          id: randomUUID(),
          name: given.name,
          enabled: true,
          webhookUrl: null,
          failoverUrl: null,
          destinations: given.whitelisted_destinations,
          createdMs: nowMs,
          updatedMs: nowMs,
        };
        change(profile, given);
        state.messagingProfiles.push(profile);
        carrier.store.save();
        return { status: 200, body: { data: shown(profile) } };
      },
    },
    {
      method: 'GET',
      path,
      handle({ query }) {
        const contains = query.get('filter[name][contains]') ?? '';
        const name = query.get('filter[name][eq]') ?? query.get('filter[name]');
        const rows = state.messagingProfiles.filter(
          (one) => one.name.includes(contains) && (name === null || one.name === name),
        );
        return { status: 200, body: pageOf(rows.map(shown), query) };
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      handle: ({ params }) => ({ status: 200, body: { data: shown(find(params.id)) } }),
    },
    {
      method: 'PATCH',
      path: `${path}/:id`,
      handle({ params, body }) {
        const profile = find(params.id);
        change(profile, parseBody(Changes, body));
        profile.updatedMs = carrier.clock.now();
        carrier.store.save();
        return { status: 200, body: { data: shown(profile) } };
      },
    },
    {
      method: 'GET',
      path: '/v2/phone_numbers/:id/messaging',
      handle: ({ params }) => ({
        status: 200,
        body: { data: shownNumber(findNumber(carrier, params.id)) },
      }),
    },
    {
      method: 'PATCH',
      path: '/v2/phone_numbers/:id/messaging',
      handle({ params, body }) {
        const number = findNumber(carrier, params.id);
        const { messaging_profile_id: id } = parseBody(NumberBody, body);
        // null and nothing leave it as it is, an empty word takes it off
        if (typeof id === 'string') number.messagingProfileId = id === '' ? null : find(id).id;
        number.updatedMs = carrier.clock.now();
        carrier.store.save();
        return { status: 200, body: { data: shownNumber(number) } };
      },
    },
  ];
}

function change(profile: MessagingProfile, given: z.output<typeof Changes>): void {
  profile.name = given.name ?? profile.name;
  profile.enabled = given.enabled ?? profile.enabled;
  if (given.webhook_url !== undefined) profile.webhookUrl = given.webhook_url;
  if (given.webhook_failover_url !== undefined) profile.failoverUrl = given.webhook_failover_url;
}

function shown(profile: MessagingProfile) {
  return {
    record_type: 'messaging_profile',
    id: profile.id,
    name: profile.name,
    enabled: profile.enabled,
    webhook_url: profile.webhookUrl,
    webhook_failover_url: profile.failoverUrl,
    webhook_api_version: '2',
    whitelisted_destinations: profile.destinations,
    created_at: isoTime(profile.createdMs),
    updated_at: isoTime(profile.updatedMs),
  };
}

function shownNumber(number: OwnedNumber) {
  return {
    record_type: 'messaging_settings',
    id: number.id,
    phone_number: number.phoneNumber,
    messaging_profile_id: number.messagingProfileId,
    country_code: 'US',
    type: number.type === 'toll_free' ? 'toll-free' : 'long-code',
    created_at: isoTime(number.purchasedMs),
    updated_at: isoTime(number.updatedMs),
  };
}
