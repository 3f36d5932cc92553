// The control API under /sandbox: scripts, faults, chaos, clock, and what reached the carrier.
import { z } from 'zod';
import { assumptions } from '../assumptions.ts';
import { speechCatalogue } from '../audio/speech.ts';
import type { Carrier } from '../carrier.ts';
import { parseBody } from '../parse-body.ts';
import type { CallerScript } from '../scripts/caller.ts';
import { ChaosSetting, type Control, FaultList, NumberGrant } from '../scripts/control.ts';
import type { DestinationScript } from '../scripts/destination-script.ts';
import { NumberRuleList } from '../scripts/number-rule.ts';
import { isoTime } from '../webhooks/payloads.ts';
import type { Route } from './router.ts';

const ClockBody = z.strictObject({ speed: z.number().gt(0).max(1000) });

/** Routes under /sandbox. */
export function controlRoutes(carrier: Carrier, control: Control): Route[] {
  const done = { status: 200, body: { result: 'ok' } };
  return [
    {
      method: 'POST',
      path: '/sandbox/calls',
      handle: ({ body }) => ({ status: 201, body: { leg: control.call(body as CallerScript) } }),
    },
    {
      method: 'GET',
      path: '/sandbox/calls',
      handle: () => ({ status: 200, body: control.calls() }),
    },
    {
      method: 'POST',
      path: '/sandbox/calls/:id/hangup',
      handle({ params }) {
        control.hangUp(params.id ?? '');
        return done;
      },
    },
    {
      method: 'PUT',
      path: '/sandbox/destinations/:to',
      handle({ params, body }) {
        control.destination(params.to ?? '', body as z.input<typeof DestinationScript>);
        return done;
      },
    },
    {
      method: 'GET',
      path: '/sandbox/destinations',
      handle: () => ({
        status: 200,
        body: { destinations: Object.fromEntries(carrier.destinations) },
      }),
    },
    {
      method: 'PUT',
      path: '/sandbox/faults',
      handle({ body }) {
        control.faults(parseBody(FaultList, body).faults);
        return done;
      },
    },
    {
      method: 'GET',
      path: '/sandbox/faults',
      handle: () => ({ status: 200, body: { faults: carrier.faults } }),
    },
    {
      method: 'PUT',
      path: '/sandbox/chaos',
      handle({ body }) {
        control.chaos(parseBody(ChaosSetting, body));
        return done;
      },
    },
    {
      method: 'PUT',
      path: '/sandbox/number-rules',
      handle({ body }) {
        control.numberRules(parseBody(NumberRuleList, body).rules);
        return done;
      },
    },
    {
      method: 'POST',
      path: '/sandbox/numbers',
      handle({ body }) {
        control.own(parseBody(NumberGrant, body));
        return done;
      },
    },
    {
      method: 'POST',
      path: '/sandbox/clock',
      handle({ body }) {
        carrier.clock.setSpeed(parseBody(ClockBody, body).speed);
        return { status: 200, body: clockOf(carrier) };
      },
    },
    {
      method: 'GET',
      path: '/sandbox/clock',
      handle: () => ({ status: 200, body: clockOf(carrier) }),
    },
    {
      method: 'GET',
      path: '/sandbox/speech',
      handle: () => ({ status: 200, body: speechCatalogue() }),
    },
    {
      method: 'GET',
      path: '/sandbox/assumptions',
      handle: () => ({ status: 200, body: { assumptions } }),
    },
  ];
}

function clockOf(carrier: Carrier) {
  return { speed: carrier.clock.speed(), now: isoTime(carrier.clock.now()) };
}
