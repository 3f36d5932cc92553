// The dial command: a new leg towards a destination, ringing until somebody (or nobody) takes it.
import type { Carrier } from '../carrier.ts';
import type { Body } from '../http/bodies.ts';
import { Refusal, refusals } from '../refusal.ts';
import { destinationPerson, ringDestination } from '../scripts/destination.ts';
import { UNSCRIPTED } from '../scripts/destination-script.ts';
import { hangUpLeg, stepLiveLeg } from './exchange.ts';
import { findLeg } from './find-leg.ts';
import type { LiveLeg } from './live-leg.ts';
import { addLeg } from './new-leg.ts';
import { playFile } from './play-file.ts';
import { recordFromAnswer } from './record-from-answer.ts';
import { schedule } from './schedule.ts';

/**
 * Dials. Throws 90015/90018 for a bad link_to, 422 for what link_to is missing for, 403 for a caller id that is not owned.
 * @returns the new leg and the id of the recording that starts at its answer, if one was asked for
 */
export function dial(
  carrier: Carrier,
  body: Body<'dial'>,
): { live: LiveLeg; recordingId: string | null } {
  const application = carrier.store.state.applications.find(
    (one) => one.id === body.connection_id && one.active,
  );
  if (!application)
    throw refusals.invalid('/connection_id', 'No active application has this connection_id.');
  for (const field of ['bridge_intent', 'bridge_on_answer', 'park_after_unbridge'] as const) {
    if (body[field] && body.link_to === undefined) {
      throw refusals.invalid(
        '/link_to',
        `link_to is required when ${field} is set.`,
        '10004',
        'Missing required parameter',
      );
    }
  }
  const linked = body.link_to === undefined ? null : findLeg(carrier, body.link_to);
  const from = body.bridge_intent && linked ? linked.leg.from : body.from;
  if (!mayCallFrom(carrier, from, linked)) {
    throw new Refusal({
      status: 403,
      code: 'D35',
      title: 'Caller origination number is invalid',
      detail: 'The from number is not owned by this account. Buy it first or set bridge_intent.',
      pointer: '/from',
    });
  }
  const script = linked?.destination ?? carrier.destinations.get(body.to) ?? UNSCRIPTED;
  const live = addLeg(carrier, {
    direction: 'outgoing',
    connectionId: application.id,
    from,
    to: body.to,
    sessionId: linked?.leg.sessionId ?? null,
    clientState: body.client_state ?? null,
    parkAfterUnbridge: body.park_after_unbridge === 'self',
    timeLimitSeconds: body.time_limit_secs,
    webhookUrl: body.webhook_url ?? null,
    callerName: null,
    stirShaken: null,
    destination: null,
    timeoutCause: body.retry_on_timeout ? 'timeout' : 'no_answer',
    person: (self) => destinationPerson(carrier, script, self),
  });
  const recordingId = recordFromAnswer(carrier, live, body);
  if (body.bridge_on_answer && linked) {
    live.bridgeOnAnswer = {
      callControlId: linked.leg.callControlId,
      preventDouble: body.prevent_double_bridge,
    };
  }
  if (body.audio_url !== undefined) playWhenAnswered(carrier, live, body.audio_url);
  stepLiveLeg(carrier, live, { type: 'ring' });
  ringDestination(carrier, live, script);
  schedule(carrier, live, body.timeout_secs, () => {
    if (live.leg.phase === 'ringing') hangUpLeg(carrier, live, live.timeoutCause, 'unknown');
  });
  return { live, recordingId };
}

function mayCallFrom(carrier: Carrier, from: string, linked: LiveLeg | null): boolean {
  const owned = carrier.store.state.numbers.some((number) => number.phoneNumber === from);
  return owned || (linked !== null && linked.leg.from === from);
}

function playWhenAnswered(carrier: Carrier, live: LiveLeg, url: string): void {
  live.onAnswered.push(() => {
    void playFile(carrier, live, {
      url,
      name: null,
      contentBase64: null,
      loop: 1,
      clientState: null,
    });
  });
}
