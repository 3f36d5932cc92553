// Telnyx's number inventory: search, ownership, orders, and the voice application that numbers are assigned to.
import type Telnyx from 'telnyx';
import type { Carrier, OpenCarrierSettings } from './port.ts';
import { CarrierRefused } from './port.ts';

type Ask = <T>(request: () => Promise<T>) => Promise<T>;
type NumberVerbs = Pick<
  Carrier,
  | 'searchNumbers'
  | 'findOwnedNumber'
  | 'findOrder'
  | 'orderNumber'
  | 'assignNumber'
  | 'ensureVoiceApplication'
>;

const OFFERS = 20;

/** The number verbs of one account's line. */
export function telnyxNumbers(
  client: Telnyx,
  settings: OpenCarrierSettings,
  ask: Ask,
): NumberVerbs {
  return {
    async searchNumbers({ areaCode, near, tollFree }) {
      const { data } = await ask(() =>
        client.availablePhoneNumbers.list({
          filter: {
            country_code: 'US',
            limit: OFFERS,
            ...(areaCode ? { national_destination_code: areaCode } : {}),
            ...(near ? { locality: near } : {}),
            ...(tollFree ? { phone_number_type: 'toll_free' as const } : {}),
          },
        }),
      );
      return (data ?? []).flatMap((offer) => {
        if (!offer.phone_number) return [];
        const nameOf = (type: string) =>
          offer.region_information?.find((region) => region.region_type === type)?.region_name;
        return [
          {
            phoneNumber: offer.phone_number,
            locality: nameOf('rate_center') ?? nameOf('location') ?? null,
            region: nameOf('state') ?? null,
          },
        ];
      });
    },
    async findOwnedNumber(e164) {
      const page = await ask(() => client.phoneNumbers.list({ filter: { phone_number: e164 } }));
      const owned = (page.data ?? []).find((number) => number.phone_number === e164);
      return owned?.id ? { id: owned.id } : null;
    },
    async findOrder(reference) {
      const page = await ask(() =>
        client.numberOrders.list({ filter: { customer_reference: reference } }),
      );
      const [order] = page.data ?? [];
      return order?.id ? { id: order.id, state: stateOf(order.status) } : null;
    },
    async orderNumber(e164, reference) {
      const { data } = await ask(() =>
        client.numberOrders.create({
          phone_numbers: [{ phone_number: e164 }],
          customer_reference: reference,
          ...(settings.connectionId ? { connection_id: settings.connectionId } : {}),
        }),
      );
      return { id: data?.id ?? '', state: stateOf(data?.status) };
    },
    async assignNumber(carrierNumberId) {
      if (!settings.connectionId) return;
      const connectionId = settings.connectionId;
      await ask(() => client.phoneNumbers.update(carrierNumberId, { connection_id: connectionId }));
    },
    async ensureVoiceApplication(name, webhookUrl) {
      const wanted = {
        application_name: name,
        webhook_event_url: webhookUrl,
        // the carrier's default is 1, whose bodies are of another shape
        webhook_api_version: '2' as const,
        webhook_timeout_secs: 10,
        // a call must not ring for ever while we are down
        first_command_timeout: true,
        first_command_timeout_secs: 30,
        inbound: { shaken_stir_enabled: true },
      };
      const { connectionId } = settings;
      if (connectionId) {
        try {
          await ask(() => client.callControlApplications.update(connectionId, wanted));
          return connectionId;
        } catch (error) {
          // deleted at the carrier: a new one takes its place
          if (!(error instanceof CarrierRefused && error.status === 404)) throw error;
        }
      }
      const { data } = await ask(() => client.callControlApplications.create(wanted));
      if (!data?.id) throw new Error('The carrier made a voice application but named no id.');
      return data.id;
    },
  };
}

function stateOf(status: string | undefined): 'PENDING' | 'SUCCESS' | 'FAILED' {
  if (status === 'success') return 'SUCCESS';
  return status === 'failure' ? 'FAILED' : 'PENDING';
}
