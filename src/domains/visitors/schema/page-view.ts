// PageView, and pages of them.
import { builder } from '#graphql/builder.ts';
import { defineConnection, type PageArgs, readPage } from '#graphql/connection.ts';
import type { Db } from '#platform/db/index.ts';
import { countPageViews, pageViewsOf } from '../read-sessions.ts';
import type { SessionRow } from '../store-sessions.ts';
import { addressFor, UNMASKED } from './shown.ts';

/** A page that was opened, as it is shown. */
export interface PageViewRow {
  id: string;
  companyId: string;
  at: Date;
  url: string;
  referrer: string;
  title: string;
}

export const PageView = builder.objectRef<PageViewRow>('PageView').implement({
  description: 'A page that a visitor opened.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was opened.' }),
    url: t.string({
      nullable: true,
      description: `The address of the page. ${UNMASKED}`,
      resolve: (view, _args, { viewer }) => addressFor(viewer, view.companyId, view.url),
    }),
    referrer: t.string({
      nullable: true,
      description: `The page before it, as the browser told; null for none. ${UNMASKED}`,
      resolve: (view, _args, { viewer }) => addressFor(viewer, view.companyId, view.referrer),
    }),
    title: t.exposeString('title', { description: 'Its title; empty for none.' }),
  }),
});

export const PageViewConnection = defineConnection(PageView, 'PageView');

/**
 * One page of a session's page views, the latest first. The session is one that the viewer was shown.
 * @param before only those earlier than this; null = all
 * @throws BAD_INPUT; MalformedCursor
 */
export function readPageViews(
  platform: { db: Db },
  session: Pick<SessionRow, 'accountId' | 'id'>,
  args: PageArgs,
  before: Date | null = null,
) {
  return readPage(args, {
    rows: (page) => pageViewsOf(platform, session, { ...page, before }),
    count: (cap) => countPageViews(platform, session, { cap, before }),
    sortValue: (view) => view.at.toISOString(),
  });
}
