// The calls of the v2 API: dial, status, every action.
import type { Carrier } from '../carrier.ts';
import { dial } from '../legs/dial.ts';
import { findLeg } from '../legs/find-leg.ts';
import { parseBody } from '../parse-body.ts';
import { refusals } from '../refusal.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { bodies } from './bodies.ts';
import { callActions } from './call-actions.ts';
import { receiveCommand } from './command-desk.ts';
import type { Request, Route } from './router.ts';

/** Routes under /v2/calls. */
export function callRoutes(carrier: Carrier): Route[] {
  const act = async (request: Request) => {
    const { id: callControlId = '', action: kind = '' } = request.params;
    const work = callActions[kind];
    if (!work) throw refusals.notFound(`action "${kind}" on the sandbox`);
    const body = asObject(request.body);
    return receiveCommand(carrier, {
      kind,
      callControlId,
      body,
      work() {
        const live = findLeg(carrier, callControlId);
        live.commandCount += 1;
        return work(carrier, live, body);
      },
    });
  };
  return [
    {
      method: 'POST',
      path: '/v2/calls',
      handle(request) {
        const body = asObject(request.body);
        return receiveCommand(carrier, {
          kind: 'dial',
          callControlId: null,
          body,
          work() {
            const { live, recordingId } = dial(carrier, parseBody(bodies.dial, body));
            // Documented: for dial `is_alive` is always false, since dialling has only begun.
            const data = { ...callOf(live.leg), is_alive: false };
            return recordingId === null ? data : { ...data, recording_id: recordingId };
          },
        });
      },
    },
    {
      method: 'GET',
      path: '/v2/calls/:id',
      handle({ params }) {
        const id = params.id ?? '';
        const leg =
          carrier.legs.get(id)?.leg ??
          carrier.store.state.legs.find((one) => one.callControlId === id);
        if (!leg) throw refusals.invalidCallControlId();
        return { status: 200, body: { data: callOf(leg, carrier.clock.now()) } };
      },
    },
    { method: 'POST', path: '/v2/calls/:id/actions/:action', handle: act },
    { method: 'PUT', path: '/v2/calls/:id/actions/:action', handle: act },
  ];
}

function callOf(
  leg: {
    callControlId: string;
    legId: string;
    sessionId: string;
    clientState: string | null;
    startMs: number;
    endedMs: number | null;
  },
  nowMs = leg.startMs,
) {
  return {
    record_type: 'call',
    call_control_id: leg.callControlId,
    call_leg_id: leg.legId,
    call_session_id: leg.sessionId,
    is_alive: leg.endedMs === null,
    start_time: isoTime(leg.startMs),
    call_duration: Math.floor(((leg.endedMs ?? nowMs) - leg.startMs) / 1000),
    ...(leg.clientState === null ? {} : { client_state: leg.clientState }),
    ...(leg.endedMs === null ? {} : { end_time: isoTime(leg.endedMs) }),
  };
}

function asObject(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw refusals.invalid('/', 'The body must be a JSON object.');
}
