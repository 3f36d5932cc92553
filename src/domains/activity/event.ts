// The interface Event, and the way in which a domain gives its events their own types.
import type { FieldMap } from '@pothos/core';
import { Company } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { FullTypes } from '#graphql/schema-types.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { encodePosition } from '#values/cursor.ts';
import type { EventType as Type } from '#values/event-types.ts';
import { EventType } from './event-type.ts';

const typenames = new Map<Type, string>();

export const Event = builder.interfaceRef<StoredEvent>('Event').implement({
  description:
    'Something that happened: written in the transaction that made it true, in an order that never changes.',
  resolveType: (event) => typenames.get(event.type) ?? 'PlainEvent',
  fields: (t) => ({
    id: t.exposeID('id', {
      description:
        'The same for ever; a webhook delivers it as webhook-id. Drop what you have seen.',
    }),
    cursor: t.field({
      type: 'Cursor',
      description: 'The place in the log: subscribe with `after` to resume behind it.',
      resolve: (event) => encodePosition(event.position),
    }),
    type: t.expose('type', { type: EventType, description: 'What it tells of.' }),
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      description:
        'When it happened; of what was told more than a day later (a form of an older system), when it was told.',
    }),
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company it belongs to; null for what concerns the whole account.',
      resolve: (event) => event.companyId,
    }),
    subjectVersion: t.exposeInt('subjectVersion', {
      description: 'The version of the thing after this event; it rises from event to event.',
    }),
  }),
});

builder.objectRef<StoredEvent>('PlainEvent').implement({
  description: 'An event that tells no more than the interface.',
  interfaces: [Event],
});

/**
 * Gives events their own type.
 * @param implementation.typename the GraphQL name: LeadEvent
 * @param implementation.types the event types that resolve to it; each belongs to one typename only
 * @param implementation.fields what it tells besides the interface; the parent is the stored event, whose payload holds
 *   ids, versions and non-personal scalars
 */
export function implementEvent(implementation: {
  typename: string;
  types: readonly Type[];
  description: string;
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<FullTypes, StoredEvent>) => FieldMap;
}): void {
  const { typename, types, description, fields } = implementation;
  for (const type of types) {
    const other = typenames.get(type);
    if (other) throw new Error(`${type} is a ${other} already; it cannot be a ${typename} too.`);
    typenames.set(type, typename);
  }
  builder.objectRef<StoredEvent>(typename).implement({
    description,
    interfaces: [Event],
    fields: fields as never,
  });
}
