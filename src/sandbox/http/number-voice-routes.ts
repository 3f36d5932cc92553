// The voice settings of an owned number.
import type { VoiceUpdateResponse } from 'telnyx/resources/phone-numbers';
import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import { findNumber } from '../numbers/owned-numbers.ts';
import { parseBody } from '../parse-body.ts';
import type { OwnedNumber } from '../store.ts';
import type { Route } from './router.ts';

const Body = z.looseObject({
  caller_id_name_enabled: z.boolean().optional(),
  inbound_call_screening: z.enum(['disabled', 'reject_calls', 'flag_calls']).optional(),
  translated_number: z.string().optional(),
  call_forwarding: z
    .looseObject({
      call_forwarding_enabled: z.boolean().optional(),
      forwards_to: z.string().optional(),
    })
    .optional(),
  call_recording: z
    .looseObject({ inbound_call_recording_enabled: z.boolean().optional() })
    .optional(),
});

/** Routes under /v2/phone_numbers/{id}/voice. */
export function numberVoiceRoutes(carrier: Carrier): Route[] {
  const path = '/v2/phone_numbers/:id/voice';
  return [
    {
      method: 'GET',
      path,
      handle: ({ params }) => ({
        status: 200,
        body: { data: shown(findNumber(carrier, params.id)) },
      }),
    },
    {
      method: 'PATCH',
      path,
      handle({ params, body }) {
        const number = findNumber(carrier, params.id);
        const given = parseBody(Body, body);
        number.callerName = given.caller_id_name_enabled ?? number.callerName;
        number.screening = given.inbound_call_screening ?? number.screening;
        number.translatedNumber = given.translated_number ?? number.translatedNumber;
        number.forwarding = given.call_forwarding?.call_forwarding_enabled ?? number.forwarding;
        number.forwardsTo = given.call_forwarding?.forwards_to ?? number.forwardsTo;
        number.recording = given.call_recording?.inbound_call_recording_enabled ?? number.recording;
        number.updatedMs = carrier.clock.now();
        carrier.store.save();
        return { status: 200, body: { data: shown(number) } };
      },
    },
  ];
}

function shown(number: OwnedNumber) {
  return {
    id: number.id,
    record_type: 'voice_settings',
    phone_number: number.phoneNumber,
    tech_prefix_enabled: false,
    translated_number: number.translatedNumber,
    inbound_call_screening: number.screening,
    usage_payment_method: 'pay-per-minute',
    call_forwarding: {
      call_forwarding_enabled: number.forwarding,
      ...(number.forwardsTo === ''
        ? {}
        : { forwards_to: number.forwardsTo, forwarding_type: 'always' }),
    },
    call_recording: {
      inbound_call_recording_enabled: number.recording,
      inbound_call_recording_channels: 'single',
      inbound_call_recording_format: 'wav',
    },
    cnam_listing: { cnam_listing_enabled: false },
    ...(number.connectionId === null ? {} : { connection_id: number.connectionId }),
    ...(number.customerReference === null ? {} : { customer_reference: number.customerReference }),
  } satisfies VoiceUpdateResponse['data'];
}
