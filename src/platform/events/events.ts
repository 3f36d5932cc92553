// The words of the event log: what a domain announces, what a reader receives, and how a reader chooses.
import { z } from 'zod';
import type { Position } from '#values/cursor.ts';
import type { EventType } from '#values/event-types.ts';

/** One kind of event: its name on the wire and the shape of its payload. */
export interface EventDefinition<T extends object> {
  type: EventType;
  payload: z.ZodType<T>;
}

/** An event to be appended. */
export interface NewEvent {
  // biome-ignore lint/suspicious/noExplicitAny: a list holds events of many kinds; append checks each payload
  definition: EventDefinition<any>;
  /** null for what belongs to no company */
  companyId: string | null;
  /** what it tells of: `call:<uuid>` */
  subject: string;
  /** the subject's version after the change; rises from event to event */
  subjectVersion: number;
  occurredAt: Date;
  payload: object;
}

/** An event as it stands in the log. */
export interface StoredEvent {
  /** `<epoch>-<xid>-<seq>`: the same for ever, fit for a webhook-id */
  id: string;
  position: Position;
  accountId: string;
  companyId: string | null;
  type: EventType;
  subject: string;
  subjectVersion: number;
  occurredAt: Date;
  payload: Record<string, unknown>;
}

/** Which events a reader wants; what is absent restricts nothing. */
export interface EventFilter {
  types?: readonly EventType[];
  /** null = every company and events of none; a list never matches events of no company */
  companyIds?: readonly string[] | null;
  subjects?: readonly string[];
}

/**
 * Defines an event. Its payload holds ids, versions and non-personal scalars only; a key that the shape does not name is
 * refused when the event is appended.
 * @param shape zod fields `{ callId: z.uuid(), version: z.int() }`, or a z.object of them
 */
export function defineEvent<Shape extends z.core.$ZodLooseShape>(
  type: EventType,
  shape: Shape | z.ZodObject<Shape>,
): EventDefinition<z.output<z.ZodObject<Shape, z.core.$strict>>> {
  return { type, payload: z.strictObject(shape instanceof z.ZodObject ? shape.shape : shape) };
}

/** Does this event pass the filter? The same rule as the WHERE of the page query. */
export function matches(event: StoredEvent, filter: EventFilter): boolean {
  const { types, companyIds, subjects } = filter;
  if (types && !types.includes(event.type)) return false;
  if (companyIds && (event.companyId === null || !companyIds.includes(event.companyId))) {
    return false;
  }
  return !subjects || subjects.includes(event.subject);
}
