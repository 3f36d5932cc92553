// What an alert tells: a selection on its event, read with the recipient's rights as a subscription's would be. What they
// may not read comes masked or not at all, and what was erased meanwhile is told to nobody.
import { may, verbOfEvent } from '#domains/accounts/index.ts';
import type { Selections } from '#graphql/selections.ts';
import type { EventLog } from '#platform/events/index.ts';
import type { Viewer } from '#values/viewer.ts';

const SELECTION = `{
  occurredAt
  company { name timeZone }
  ... on CallEvent {
    call {
      id outcome from firstCall priorCalls startedAt durationSeconds
      source { name } tracker { name } lead { name }
    }
  }
  ... on MessageEvent {
    message { id text from at media { state } }
    conversation { source { name } lead { name } }
  }
  ... on FormEvent {
    formSubmission {
      id formUrl submittedAt isFirst spamScore
      form { name } fields { name value } source { name } lead { name }
    }
  }
  ... on ChatEvent {
    isReopened
    chat {
      id pageUrl source { name } lead { name }
      messages(first: 5) { nodes { seq author text } }
    }
  }
}`;

interface Named {
  name: string | null;
}

/** What the selection answers. */
export interface Told {
  occurredAt: string;
  company: { name: string; timeZone: string } | null;
  call?: {
    id: string;
    outcome: string | null;
    from: string | null;
    firstCall: boolean;
    priorCalls: number;
    startedAt: string;
    durationSeconds: number | null;
    source: Named | null;
    tracker: Named | null;
    lead: Named | null;
  } | null;
  message?: {
    id: string;
    text: string;
    from: string;
    at: string;
    media: { state: string }[];
  } | null;
  conversation?: { source: Named | null; lead: Named | null } | null;
  formSubmission?: {
    id: string;
    formUrl: string;
    submittedAt: string;
    isFirst: boolean;
    spamScore: number;
    form: Named;
    fields: { name: string; value: string }[];
    source: Named | null;
    lead: Named | null;
  } | null;
  isReopened?: boolean | null;
  chat?: {
    id: string;
    pageUrl: string;
    source: Named | null;
    lead: Named | null;
    messages: { nodes: { seq: number; author: string; text: string }[] };
  } | null;
}

/** errors behind which the next try may find an answer; all others are part of it, as nulls */
const PASSING = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'TIMEOUT'];

/**
 * Reads what is to be told of an event.
 * @returns null when it is gone, or the viewer may not read it
 * @throws when it could not be read this time
 */
export async function describeAlert(
  { events, selections }: { events: Pick<EventLog, 'read'>; selections: Selections },
  viewer: Viewer,
  { accountId, eventId }: { accountId: string; eventId: string },
): Promise<Told | null> {
  const event = await events.read(accountId, eventId);
  if (!event || !may(viewer, verbOfEvent(event.type), event.companyId)) return null;
  const document = selections.read(SELECTION);
  const { data, errors } = await selections.run(document, event, viewer);
  if (errors.some(({ extensions }) => PASSING.includes(String(extensions.code)))) {
    throw new Error('What an alert tells could not be read; it is tried again.');
  }
  const told = data as Told | null;
  return told && (told.call ?? told.message ?? told.formSubmission ?? told.chat) ? told : null;
}
