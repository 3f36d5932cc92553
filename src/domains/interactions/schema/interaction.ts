// The interface Interaction, which each channel's own type implements, and Tag.
import { brandWithType } from '@pothos/core';
import { Company } from '#domains/accounts/index.ts';
import { Lead, LeadStatus } from '#domains/leads/index.ts';
import { Source } from '#domains/numbers/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { invalidInput } from '#values/refusals.ts';
import { CHANNELS } from '../channels.ts';
import { findTags, tagsOf } from '../read-interactions.ts';
import type { SETTABLE_STATUSES } from '../score-interaction.ts';
import type { InteractionRow } from '../store.ts';
import { Money } from './money.ts';

export const Tag = defineNode('Tag', (ids, { platform, viewer }) =>
  findTags(platform, viewer, ids),
);
Tag.implement({
  description: 'A word that people put on interactions.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The word, unique in its company.' }),
    company: t.field({
      type: Company,
      description: 'The company that uses it.',
      resolve: (tag) => tag.companyId,
    }),
  }),
});

export const SettableLeadStatus = builder.enumType('SettableLeadStatus', {
  description: 'What an interaction can be scored as.',
  values: {
    GOOD_LEAD: {
      description: 'A good lead; refused when an earlier interaction of the lead is the good one.',
    },
    NOT_A_LEAD: { description: 'Not a lead.' },
    NOT_SCORED: { description: 'Takes the score back.' },
  } as const satisfies Record<(typeof SETTABLE_STATUSES)[number], object>,
});

/** The columns that every channel's row has. */
export type SharedRow = Omit<InteractionRow, 'kind' | 'goodSince'>;

export const Interaction = builder.interfaceRef<SharedRow>('Interaction').implement({
  description: 'A call, text conversation, form or chat: what they all have.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company that was reached.',
      resolve: (row) => row.companyId,
    }),
    lead: t.field({
      type: Lead,
      nullable: true,
      description:
        'Who reached it; null when nothing tells who: a withheld number, a form without telephone and e-mail. Null without the scope LEADS_READ, too.',
      resolve: (row) => row.leadId,
    }),
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      description:
        'When they got in touch: the call began, the form was sent, the first text came.',
    }),
    source: t.field({
      type: Source,
      nullable: true,
      description: 'Where they came from.',
      resolve: (row) => row.sourceId,
    }),
    medium: t.string({
      nullable: true,
      description: 'The source’s medium: cpc.',
      resolve: async (row, _args, context) => (await sourceOf(row, context))?.medium || null,
    }),
    campaign: t.string({
      nullable: true,
      description: 'The source’s campaign.',
      resolve: async (row, _args, context) => (await sourceOf(row, context))?.campaign || null,
    }),
    tags: t.loadableList({
      type: Tag,
      description: 'Its tags, by name.',
      load: (ids: string[], { platform, viewer }: Context) => tagsOf(platform, viewer, ids),
      resolve: (row) => row.id,
    }),
    note: t.exposeString('note', { nullable: true, description: 'What people noted on it.' }),
    value: t.field({
      type: Money,
      nullable: true,
      description: 'What it is worth; null when nobody said.',
      resolve: (row) => (row.valueCents === null ? null : { cents: row.valueCents }),
    }),
    leadStatus: t.expose('leadStatus', { type: LeadStatus, description: 'How it was scored.' }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

async function sourceOf(row: SharedRow, context: Context) {
  return row.sourceId === null ? null : Source.getDataloader(context).load(row.sourceId);
}

type Reader = (id: string, context: Context) => Promise<SharedRow | null>;
const readers = new Map<InteractionKind, Reader>();

/**
 * Says which node stands for a kind of interaction; each channel's schema calls it once.
 * @param node the channel's reference, as defineNode made it
 */
export function implementInteraction(
  kind: InteractionKind,
  node: { getDataloader(context: Context): { load(id: string): Promise<SharedRow | null> } },
): void {
  readers.set(kind, (id, context) => node.getDataloader(context).load(id));
}

/** The row of an interaction through its channel's loader; null when the viewer may not see it. */
export async function readAsChannel(
  entry: { id: string; kind: InteractionKind },
  context: Context,
): Promise<SharedRow | null> {
  const read = readers.get(entry.kind);
  if (!read) throw new Error(`No channel has called implementInteraction('${entry.kind}', …).`);
  const row = await read(entry.id, context);
  if (row) brandWithType(row, CHANNELS[entry.kind].typename as never);
  return row;
}

/** The UUID inside the global id of an interaction of any channel, as readId. Throws Refused INVALID_INPUT naming the field. */
export function readInteractionId<Given extends string | null | undefined>(
  globalId: Given,
  field: string,
): string | Exclude<Given, string> {
  if (globalId == null) return globalId as Exclude<Given, string>;
  const decoded = decodeGlobalId(globalId);
  const channels = Object.values(CHANNELS).map(({ typename }) => typename);
  if (decoded && channels.includes(decoded.typename)) return decoded.id;
  const message = `${field} takes the id of a ${channels.join(' or ')}, as this API returned it.`;
  throw invalidInput(field, message);
}
