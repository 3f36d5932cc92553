// What a lead tells of merges: what was merged into it, and into which it was.
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { mergedFrom, mergedInto } from '../read-merges.ts';
import { Lead } from './refs.ts';

builder.objectFields(Lead, (t) => ({
  mergedFrom: t.loadableList({
    type: Lead,
    description:
      'The leads that turned out to be the same person and were merged into this one (mergeLeads), the first merged first. Each can be split off again (splitLead).',
    load: (ids: string[], { platform, viewer }: Context) => mergedFrom(platform, viewer, ids),
    resolve: (lead) => lead.id,
  }),
  mergedInto: t.loadable({
    type: Lead,
    nullable: true,
    description:
      'The lead that all that this one had belongs to since they were merged; null when it stands for itself.',
    load: (ids: string[], { platform, viewer }: Context) => mergedInto(platform, viewer, ids),
    resolve: (lead) => (lead.mergedIntoId === null ? null : lead.id),
  }),
}));
