// What an interaction shows of the visit that it was put down to, beside the attribution itself.
import { may } from '#domains/accounts/index.ts';
import { Interaction } from '#domains/interactions/index.ts';
import {
  addressFor,
  NamedValue,
  namedValues,
  PageViewConnection,
  readPageViews,
  UNMASKED,
  VisitorSession,
} from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import { pageArgs } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { type AttributionRow, MOST_TOUCHPOINTS } from '../read-attributions.ts';
import { attributionOf } from './attribution-of.ts';
import { SESSION_SCOPE, Touchpoint } from './touchpoint.ts';

const NONE =
  'Null without a visit that is known or was told with a form, or without the scope LEADS_READ.';
const OF_SOURCE =
  'of the visit that `source` was taken from, which for who comes back is an earlier one than `session`';

/** How its person came, as far as the viewer may read of visits. */
async function visitOf(
  { id, companyId }: { id: string; companyId: string },
  context: Context,
): Promise<AttributionRow['visit']> {
  const row = await attributionOf(id, context);
  return row?.visit && may(context.viewer, 'visitors.read', companyId) ? row.visit : null;
}

builder.interfaceFields(Interaction, (t) => ({
  session: t.field({
    type: VisitorSession,
    nullable: true,
    description: `The visit that it most likely came from, as in \`attribution\`; ${SESSION_SCOPE}`,
    resolve: async ({ id }, _args, context) => (await attributionOf(id, context))?.sessionId,
  }),
  pageViews: t.field({
    type: PageViewConnection,
    nullable: true,
    description: `The pages that were opened in \`session\` before it, the latest first: what led to it, not what was read afterwards. Null without a session; ${SESSION_SCOPE}`,
    args: pageArgs(t),
    resolve: async ({ id, occurredAt }, args, context) => {
      const sessionId = (await attributionOf(id, context))?.sessionId;
      if (!sessionId) return null;
      const session = await VisitorSession.getDataloader(context).load(sessionId);
      return session && readPageViews(context.platform, session, args, occurredAt);
    },
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
    description: `What was searched for, where the search engine or the ad tells it: ${OF_SOURCE}. ${NONE}`,
    resolve: async (one, _args, context) => (await visitOf(one, context))?.term || null,
  }),
  landingPageUrl: t.string({
    nullable: true,
    description: `The first page ${OF_SOURCE}. ${UNMASKED} ${NONE}`,
    resolve: async (one, _args, context) => {
      const visit = await visitOf(one, context);
      return addressFor(context.viewer, one.companyId, visit?.landingUrl ?? '');
    },
  }),
  referrer: t.string({
    nullable: true,
    description: `The page before \`landingPageUrl\`, as the browser told. ${UNMASKED} ${NONE}`,
    resolve: async (one, _args, context) => {
      const visit = await visitOf(one, context);
      return addressFor(context.viewer, one.companyId, visit?.referrer ?? '');
    },
  }),
  clickIds: t.field({
    type: [NamedValue],
    description:
      'What ad networks added to the links by which the person came until then, to know the click again: of each name the newest, also where another source came first. Empty without a visit that is known or was told with a form, or without the scope LEADS_READ.',
    extensions: { listSize: 2 },
    resolve: async (one, _args, context) => {
      const visit = await visitOf(one, context);
      return visit ? namedValues(visit.clickIds) : [];
    },
  }),
}));
