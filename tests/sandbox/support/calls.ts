// Makers for stories: a call that was answered, a dial towards the office, and what the webhooks told.
import type { Town } from './town.ts';

export const CALLER = '+13125550155';
export const OFFICE = '+14155550142';

/** A call to the town's tracking number, answered after half a second. */
export async function answeredCall(
  town: Town,
  script: { afterBeep?: string; say?: string; dtmf?: { digits: string }[] } = {},
) {
  const { sandbox, telnyx, number } = town;
  const leg = sandbox.call({ from: CALLER, to: number, ...script });
  await sandbox.clock.advance(500);
  await telnyx.calls.actions.answer(leg.callControlId, {});
  return leg;
}

/** Dials the office from the tracking number, linked to a leg; rings for 20 s unless told otherwise. */
export async function dialOffice(town: Town, linkTo: string, extra: object = {}) {
  const { data } = await town.telnyx.calls.dial({
    to: OFFICE,
    from: town.number,
    connection_id: town.connectionId,
    link_to: linkTo,
    timeout_secs: 20,
    ...extra,
  });
  return { callControlId: data?.call_control_id ?? '', legId: data?.call_leg_id ?? '' };
}

/** Payloads of all webhooks of one type so far. */
export function payloadsOf(town: Town, type: string): Record<string, unknown>[] {
  return town.receiver.hooks
    .filter((hook) => hook.body.data.event_type === type)
    .map((hook) => hook.body.data.payload);
}
