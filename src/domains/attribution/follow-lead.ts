// All that happens with a person, live: events of the log that tell of their leads and of their interactions. The log knows
// calls, texts and leads, not people, so whose an event is follows from whose the thing is now: that is read once, and again
// when leads are merged or split; what begins later is looked up as it begins.
import { authorize, may, verbOfEvent } from '#domains/accounts/index.ts';
import { followEvents } from '#domains/activity/index.ts';
import { findLeads } from '#domains/leads/index.ts';
import type { Context } from '#graphql/context.ts';
import { type StoredEvent, throughOutages } from '#platform/events/index.ts';
import { comparePositions } from '#values/cursor.ts';
import type { EventType } from '#values/event-types.ts';
import { notFound } from '#values/refusals.ts';
import { keepInteraction, type Person, readLeadOf, readPerson } from './read-person.ts';
import { beginsInteraction, interactionOf, movesLead } from './told-of-lead.ts';

/** What moves a timeline, or takes from it: read marks do not. */
const TYPES = [
  'call.ringing',
  'call.answered',
  'call.ended',
  'call.recording_ready',
  'call.recording_failed',
  'call.updated',
  'form.submitted',
  'form.updated',
  'message.received',
  'message.queued',
  'message.sent',
  'message.delivered',
  'message.failed',
  'conversation.updated',
  'chat.opened',
  'chat.message',
  'chat.ended',
  'chat.updated',
  'lead.created',
  'lead.updated',
  'lead.qualified',
  'lead.merged',
  'lead.erased',
  'erasure.completed',
] as const satisfies readonly EventType[];

/**
 * Follows the person that a lead belongs to, in the channels that the viewer may read. Starts and resumes as followEvents.
 * Whose something was that was erased before it was asked, nobody knows any more: those of the whole company are told.
 * @throws Forbidden; Refused NOT_FOUND; MalformedCursor, CursorExpired
 */
export async function followLead(
  context: Context,
  leadId: string,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<StoredEvent>> {
  const { viewer, platform } = context;
  authorize(viewer, 'leads.read');
  const [lead] = await findLeads(platform, viewer, [leadId]);
  if (!lead) throw notFound('leadId', 'Lead');
  const types = TYPES.filter((type) => may(viewer, verbOfEvent(type)));
  const filter = { types, companyIds: [lead.companyId] };
  return followEvents(context, filter, after, (all, signal) =>
    eventsOf(platform, { accountId: viewer.accountId, leadId }, all, signal),
  );
}

async function* eventsOf(
  { db, events }: Pick<Context['platform'], 'db' | 'events'>,
  { accountId, leadId }: { accountId: string; leadId: string },
  all: AsyncGenerator<StoredEvent, void>,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent, void> {
  const read = () => readPerson({ db, events }, accountId, leadId);
  // before the first event: of what is erased from now on, nobody could say later whose it was
  let person: Person | undefined = await throughOutages(signal, read);
  const isTheirs = async (event: StoredEvent): Promise<boolean> => {
    person ??= await read();
    const id = interactionOf(event);
    if (!id) {
      const of = [event.payload.leadId, event.payload.mergedLeadId].map(String);
      if (!of.some((one) => person?.leadIds.has(one))) return false;
      if (movesLead(event)) person = await read();
      return of.some((one) => person?.leadIds.has(one));
    }
    if (person.interactionIds.has(id)) return true;
    // its row went before this was told, so nobody can say any more whose it was
    if (event.type === 'erasure.completed') return true;
    // had it been theirs by then, it would be among those that were read, where those are all
    const isNew = comparePositions(event.position, person.until) > 0 && beginsInteraction(event);
    if (person.isWhole && !isNew) return false;
    const of = await readLeadOf(db.pool, accountId, id);
    if (of !== person.topId) return false;
    keepInteraction(person, id);
    return true;
  };
  for await (const event of all) {
    if (await throughOutages(signal, () => isTheirs(event))) yield event;
  }
}
