// The types of this domain that others lead to, made before their fields.
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import { findSessions } from '../read-sessions.ts';
import type { SiteRow } from '../store-sites.ts';

export const Site = builder.objectRef<SiteRow>('Site');

export const VisitorSession = defineNode('VisitorSession', (ids, { platform, viewer }) =>
  findSessions(platform, viewer, ids),
);
