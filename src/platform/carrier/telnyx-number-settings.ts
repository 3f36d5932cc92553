// Numbers that the account owns at Telnyx: how they stand there, how they are to stand, and giving them back.
import type Telnyx from 'telnyx';
import { nullWhenGone } from './null-when-gone.ts';
import type { Carrier, CarrierNumberSettings, OpenCarrierSettings } from './port.ts';
import type { Ask } from './telnyx-numbers.ts';

const SCREENING = {
  DISABLED: 'disabled',
  FLAG_CALLS: 'flag_calls',
  REJECT_CALLS: 'reject_calls',
} as const;

/** The verbs on owned numbers of one account's line. */
export function telnyxNumberSettings(
  client: Telnyx,
  settings: OpenCarrierSettings,
  ask: Ask,
): Pick<Carrier, 'readNumber' | 'configureNumber' | 'releaseNumber'> {
  const { connectionId } = settings;
  return {
    readNumber: (carrierNumberId) =>
      nullWhenGone(async () => {
        const { data: number } = await ask(() => client.phoneNumbers.retrieve(carrierNumberId));
        const { data: voice } = await ask(() =>
          client.phoneNumbers.voice.retrieve(carrierNumberId),
        );
        const { call_forwarding: forwarding, call_recording: recording } = voice ?? {};
        return {
          status: number?.status ?? 'unknown',
          isConnected: connectionId !== null && number?.connection_id === connectionId,
          isRerouted:
            Boolean(forwarding?.forwards_to && forwarding.call_forwarding_enabled !== false) ||
            Boolean(voice?.translated_number),
          isRecorded: recording?.inbound_call_recording_enabled ?? false,
          // the voice settings take this one but do not show it
          callerNameLookup: number?.caller_id_name_enabled ?? false,
          callScreening: screeningOf(voice?.inbound_call_screening),
        };
      }),
    async configureNumber(carrierNumberId, wanted) {
      if (connectionId) {
        await ask(() =>
          client.phoneNumbers.update(carrierNumberId, { connection_id: connectionId }),
        );
      }
      await ask(() =>
        client.phoneNumbers.voice.update(carrierNumberId, {
          caller_id_name_enabled: wanted.callerNameLookup,
          inbound_call_screening: SCREENING[wanted.callScreening],
          call_forwarding: { call_forwarding_enabled: false, forwards_to: '' },
          translated_number: '',
          call_recording: { inbound_call_recording_enabled: false },
        }),
      );
    },
    async releaseNumber(carrierNumberId) {
      await nullWhenGone(() => ask(() => client.phoneNumbers.delete(carrierNumberId)));
    },
  };
}

function screeningOf(word: string | undefined): CarrierNumberSettings['callScreening'] {
  if (word === SCREENING.FLAG_CALLS) return 'FLAG_CALLS';
  return word === SCREENING.REJECT_CALLS ? 'REJECT_CALLS' : 'DISABLED';
}
