// What an interaction shows of the visit that it was put down to, beside the attribution itself.
import { may } from '#domains/accounts/index.ts';
import { Interaction } from '#domains/interactions/index.ts';
import {
  addressFor,
  NamedValue,
  namedValues,
  UNMASKED,
  VisitorSession,
} from '#domains/visitors/index.ts';
import type { VisitorSession as VisitorSessionRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { MOST_TOUCHPOINTS } from '../read-attributions.ts';
import { attributionOf } from './attribution-of.ts';
import { SESSION_SCOPE, Touchpoint } from './touchpoint.ts';

const NONE =
  'Null without a visit that is known or was told with a form, or without the scope LEADS_READ.';

/** The visit that an interaction was put down to; else what was told of it with a form. */
async function visitOf(
  { id, companyId }: { id: string; companyId: string },
  context: Context,
): Promise<Pick<VisitorSessionRow, 'landingUrl' | 'referrer' | 'term' | 'clickIds'> | null> {
  const row = await attributionOf(id, context);
  if (row?.sessionId) return VisitorSession.getDataloader(context).load(row.sessionId);
  return row?.told && may(context.viewer, 'visitors.read', companyId) ? row.told : null;
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
    resolve: async (one, _args, context) => (await visitOf(one, context))?.term || null,
  }),
  landingPageUrl: t.string({
    nullable: true,
    description: `The first page of the visit. ${UNMASKED} ${NONE}`,
    resolve: async (one, _args, context) => {
      const visit = await visitOf(one, context);
      return visit && addressFor(context.viewer, one.companyId, visit.landingUrl);
    },
  }),
  referrer: t.string({
    nullable: true,
    description: `The page before that, as the browser told. ${UNMASKED} ${NONE}`,
    resolve: async (one, _args, context) => {
      const visit = await visitOf(one, context);
      return visit && addressFor(context.viewer, one.companyId, visit.referrer);
    },
  }),
  clickIds: t.field({
    type: [NamedValue],
    description:
      'What ad networks added to the link, to know the click again; empty without a visit that is known or was told with a form, or without the scope LEADS_READ.',
    extensions: { listSize: 2 },
    resolve: async (one, _args, context) => {
      const visit = await visitOf(one, context);
      return visit ? namedValues(visit.clickIds) : [];
    },
  }),
}));
