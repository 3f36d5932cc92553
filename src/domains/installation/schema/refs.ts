// The node of this domain.
import { defineNode } from '#graphql/node.ts';
import { findScans } from '../read-scans.ts';

export const SiteScan = defineNode('SiteScan', (ids, { platform, viewer }) =>
  findScans(platform, viewer, ids),
);
