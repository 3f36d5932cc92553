// Call control applications: where the webhooks of a number go.
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { newNumericId } from '../numbers/numeric-id.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import type { Application } from '../store.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { pageOf, type Route } from './router.ts';

const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const Fields = z.looseObject({
  application_name: z.string().min(1),
  webhook_event_url: HttpUrl,
  webhook_event_failover_url: z.union([HttpUrl, z.literal('')]).nullish(),
  // The default is '1' at Telnyx, and version 1 is not spoken here.
  webhook_api_version: z.literal('2', {
    error: 'must be "2": the sandbox sends version 2 webhooks only',
  }),
  webhook_timeout_secs: z.number().int().min(0).max(30).nullish(),
  first_command_timeout: z.boolean().optional(),
  first_command_timeout_secs: z.number().int().min(1).max(120).optional(),
  call_cost_in_webhooks: z.boolean().optional(),
  active: z.boolean().optional(),
  inbound: z.looseObject({ shaken_stir_enabled: z.boolean().optional() }).optional(),
  outbound: z.looseObject({ outbound_voice_profile_id: z.string().nullish() }).optional(),
});

const Changes = Fields.partial();

/** Routes under /v2/call_control_applications. */
export function applicationRoutes(carrier: Carrier): Route[] {
  const path = '/v2/call_control_applications';
  const { state } = carrier.store;
  const find = (id: string | undefined) => {
    const found = state.applications.find((one) => one.id === id);
    if (!found) throw refusals.notFound('call control application');
    return found;
  };
  return [
    {
      method: 'POST',
      path,
      handle({ body }) {
        const nowMs = carrier.clock.now();
        const application: Application = {
          id: newNumericId(),
          name: '',
          active: true,
          webhookUrl: '',
          failoverUrl: null,
          webhookTimeoutSeconds: null,
          firstCommandTimeoutSeconds: null,
          callCostInWebhooks: false,
          shakenStirEnabled: false,
          outboundVoiceProfileId: null,
          createdMs: nowMs,
          updatedMs: nowMs,
        };
        change(application, parseBody(Fields, body));
        state.applications.push(application);
        carrier.store.save();
        return { status: 201, body: { data: shown(application) } };
      },
    },
    {
      method: 'GET',
      path,
      handle({ query }) {
        const name = (query.get('filter[application_name][contains]') ?? '').toLowerCase();
        const rows = state.applications.filter((one) => one.name.toLowerCase().includes(name));
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
        const application = find(params.id);
        change(application, parseBody(Changes, body));
        application.updatedMs = carrier.clock.now();
        carrier.store.save();
        return { status: 200, body: { data: shown(application) } };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      handle({ params }) {
        const application = find(params.id);
        state.applications.splice(state.applications.indexOf(application), 1);
        carrier.store.save();
        return { status: 200, body: { data: shown(application) } };
      },
    },
  ];
}

function change(application: Application, fields: z.output<typeof Changes>): void {
  if (fields.application_name !== undefined) application.name = fields.application_name;
  if (fields.webhook_event_url !== undefined) application.webhookUrl = fields.webhook_event_url;
  if (fields.webhook_event_failover_url !== undefined) {
    application.failoverUrl = fields.webhook_event_failover_url || null;
  }
  if (fields.webhook_timeout_secs !== undefined)
    application.webhookTimeoutSeconds = fields.webhook_timeout_secs;
  if (fields.first_command_timeout !== undefined) {
    const seconds = fields.first_command_timeout_secs ?? 30;
    application.firstCommandTimeoutSeconds = fields.first_command_timeout ? seconds : null;
  }
  if (fields.call_cost_in_webhooks !== undefined)
    application.callCostInWebhooks = fields.call_cost_in_webhooks;
  if (fields.active !== undefined) application.active = fields.active;
  if (fields.inbound?.shaken_stir_enabled !== undefined) {
    application.shakenStirEnabled = fields.inbound.shaken_stir_enabled;
  }
  if (fields.outbound?.outbound_voice_profile_id !== undefined) {
    application.outboundVoiceProfileId = fields.outbound.outbound_voice_profile_id;
  }
}

function shown(application: Application) {
  return {
    record_type: 'call_control_application',
    id: application.id,
    application_name: application.name,
    active: application.active,
    webhook_event_url: application.webhookUrl,
    webhook_event_failover_url: application.failoverUrl,
    webhook_api_version: '2',
    webhook_timeout_secs: application.webhookTimeoutSeconds,
    first_command_timeout: application.firstCommandTimeoutSeconds !== null,
    first_command_timeout_secs: application.firstCommandTimeoutSeconds ?? 30,
    call_cost_in_webhooks: application.callCostInWebhooks,
    dtmf_type: 'RFC 2833',
    anchorsite_override: 'Latency',
    tags: [],
    inbound: { shaken_stir_enabled: application.shakenStirEnabled },
    outbound:
      application.outboundVoiceProfileId === null
        ? {}
        : { outbound_voice_profile_id: application.outboundVoiceProfileId },
    created_at: isoTime(application.createdMs),
    updated_at: isoTime(application.updatedMs),
  };
}
