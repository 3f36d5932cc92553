// The control API of texts and registrations under /sandbox.
import type { z } from 'zod';
import { parseBody } from '../parse-body.ts';
import { type RegistrationDecision, RegistrationRuleList } from '../scripts/registration-rule.ts';
import type { TextControl } from '../scripts/text-control.ts';
import type { RecipientScript, TextScript } from '../scripts/text-script.ts';
import type { Route } from './router.ts';

/** Routes under /sandbox for texts and registrations. */
export function textControlRoutes(control: TextControl): Route[] {
  const done = { status: 200, body: { result: 'ok' } };
  return [
    {
      method: 'POST',
      path: '/sandbox/texts',
      handle: ({ body }) => ({ status: 201, body: control.text(body as TextScript) }),
    },
    {
      method: 'GET',
      path: '/sandbox/texts/:number',
      handle: ({ params }) => ({
        status: 200,
        body: { texts: control.texts(params.number ?? '') },
      }),
    },
    {
      method: 'PUT',
      path: '/sandbox/recipients/:number',
      handle({ params, body }) {
        control.recipient(params.number ?? '', body as z.input<typeof RecipientScript>);
        return done;
      },
    },
    {
      method: 'PUT',
      path: '/sandbox/registration-rules',
      handle({ body }) {
        control.registrationRules(parseBody(RegistrationRuleList, body).rules);
        return done;
      },
    },
    {
      method: 'POST',
      path: '/sandbox/registrations',
      handle({ body }) {
        control.decide(body as RegistrationDecision);
        return done;
      },
    },
  ];
}
