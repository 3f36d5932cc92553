// Telnyx's number inventory: search, ownership, orders, and the voice application that numbers are assigned to.
import type Telnyx from 'telnyx';
import type { Carrier, OpenCarrierSettings } from './port.ts';
import { CarrierRefused } from './port.ts';

/** Runs one request and says its failure in the port's words. */
export type Ask = <T>(request: () => Promise<T>) => Promise<T>;
type NumberVerbs = Pick<
  Carrier,
  'searchNumbers' | 'findOwnedNumber' | 'findOrder' | 'orderNumber' | 'ensureVoiceApplication'
>;

const OFFERS = 20;

/** The number verbs of one account's line. */
export function telnyxNumbers(
  client: Telnyx,
  settings: OpenCarrierSettings,
  ask: Ask,
): NumberVerbs {
  return {
    async searchNumbers({ areaCode, near, tollFree, limit = OFFERS }) {
      const { data } = await ask(() =>
        client.availablePhoneNumbers.list({
          filter: {
            country_code: 'US',
            limit,
            // what one of our reservations holds is not on offer to others of the account
            exclude_held_numbers: true,
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
      const owned = (page.data ?? []).find(
        ({ phone_number, status }) => phone_number === e164 && status !== 'deleted',
      );
      return owned?.id ? { id: owned.id } : null;
    },
    async findOrder(reference) {
      const page = await ask(() =>
        client.numberOrders.list({ filter: { customer_reference: reference } }),
      );
      const [order] = page.data ?? [];
      return order?.id ? { id: order.id, state: stateOf(order) } : null;
    },
    async orderNumber(e164, reference) {
      const { data } = await ask(() =>
        client.numberOrders.create({
          phone_numbers: [{ phone_number: e164 }],
          customer_reference: reference,
          ...(settings.connectionId ? { connection_id: settings.connectionId } : {}),
        }),
      );
      return { id: data?.id ?? '', state: stateOf(data ?? {}) };
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

/** Our orders have one line, whose word is the more exact one: an order can succeed though a line of it failed. */
function stateOf(order: {
  status?: string | undefined;
  phone_numbers?: readonly object[] | undefined;
}): 'PENDING' | 'SUCCESS' | 'FAILED' {
  const [line] = order.phone_numbers ?? [];
  const ofLine = line && 'status' in line ? line.status : undefined;
  const word = order.status === 'pending' ? 'pending' : (ofLine ?? order.status);
  if (word === 'success') return 'SUCCESS';
  return word === 'failure' ? 'FAILED' : 'PENDING';
}
