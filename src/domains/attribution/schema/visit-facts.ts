// What an interaction shows of the visit that it was put down to, beside the attribution itself.
import { Interaction } from '#domains/interactions/index.ts';
import {
  addressFor,
  NamedValue,
  namedValues,
  UNMASKED,
  VisitorSession,
} from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { MOST_TOUCHPOINTS } from '../read-attributions.ts';
import { attributionOf } from './attribution-of.ts';
import { SESSION_SCOPE, Touchpoint } from './touchpoint.ts';

const NONE = 'Null without a visit that is known, or without the scope LEADS_READ.';

async function sessionOf(id: string, context: Context) {
  const sessionId = (await attributionOf(id, context))?.sessionId;
  return sessionId ? VisitorSession.getDataloader(context).load(sessionId) : null;
}

builder.interfaceFields(Interaction, (t) => ({
  session: t.field({
    type: VisitorSession,
    nullable: true,
    description: `The visit that it most likely came from, as in \`attribution\`; ${SESSION_SCOPE}`,
    resolve: async ({ id }, _args, context) => (await attributionOf(id, context))?.sessionId,
  }),
  touchpoints: t.field({
    type: [Touchpoint],
    description: `What had brought the lead closer by then, oldest first, at most ${MOST_TOUCHPOINTS}; as in \`attribution\`.`,
    extensions: { listSize: 5 },
    resolve: async ({ id }, _args, context) =>
      (await attributionOf(id, context))?.touchpoints ?? [],
  }),
  keyword: t.string({
    nullable: true,
    description: `What was searched for, where the search engine or the ad tells it. ${NONE}`,
    resolve: async ({ id }, _args, context) => (await sessionOf(id, context))?.term || null,
  }),
  landingPageUrl: t.string({
    nullable: true,
    description: `The first page of the visit. ${UNMASKED} ${NONE}`,
    resolve: async ({ id, companyId }, _args, context) => {
      const session = await sessionOf(id, context);
      return session && addressFor(context.viewer, companyId, session.landingUrl);
    },
  }),
  referrer: t.string({
    nullable: true,
    description: `The page before that, as the browser told. ${UNMASKED} ${NONE}`,
    resolve: async ({ id, companyId }, _args, context) => {
      const session = await sessionOf(id, context);
      return session && addressFor(context.viewer, companyId, session.referrer);
    },
  }),
  clickIds: t.field({
    type: [NamedValue],
    description:
      'What ad networks added to the link, to know the click again; empty without a visit that is known, or without the scope LEADS_READ.',
    extensions: { listSize: 2 },
    resolve: async ({ id }, _args, context) => {
      const session = await sessionOf(id, context);
      return session ? namedValues(session.clickIds) : [];
    },
  }),
}));
