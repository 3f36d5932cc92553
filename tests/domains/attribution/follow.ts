// A person followed live, as a subscriber of the API does it.
import { parse, subscribe } from 'graphql';
import { schema } from '#schema';
import type { openTextsDesk } from '#tests/domains/messages/texts-desk.ts';
import { encodePosition } from '#values/cursor.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

type Desk = Awaited<ReturnType<typeof openTextsDesk>>;
const LIVE = parse(`subscription($leadId: ID!, $after: Cursor) {
  leadUpdated(leadId: $leadId, after: $after) {
    cursor lead { id phoneNumbers }
    event { type ... on MessageEvent { message { text from } } ... on ChatEvent { message { text } }
      ... on LeadEvent { changes mergedLead { id } } ... on ErasureEvent { interactionId }
      ... on LeadErasureEvent { leadId } }
    entry { kind interaction { __typename } note { text } } } }`);

/** How a lead is followed at a desk: behind a cursor, or behind all that was written so far. */
export const followOf =
  ({ platform, events }: Desk) =>
  async (
    viewer: Viewer,
    leadId: string,
    after: string | null = null,
    rights: { recheck?: () => Promise<Viewer>; recheckEveryMs?: number } = {},
  ) => {
    const now = encodePosition(await events.head());
    const stream = await subscribe({
      ...{ schema, document: LIVE },
      variableValues: { leadId: encodeGlobalId('Lead', leadId), after: after ?? now },
      contextValue: {
        ...{ platform, viewer, requestId: 'test', resumeAfter: null, tellRefusal: async () => {} },
        ...{ recheck: async () => viewer, recheckEveryMs: 60_000, ...rights },
      },
    });
    if (!(Symbol.asyncIterator in stream)) throw stream.errors?.[0];
    // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
    const next = async (): Promise<any> => {
      const { value } = await stream.next();
      if (value?.errors) throw value.errors[0];
      return value?.data && JSON.parse(JSON.stringify(value.data.leadUpdated));
    };
    /** all of it up to a note that says so */
    const until = async (text: string) => {
      for (const told = []; ; ) {
        const one = await next();
        told.push(one);
        // masked for some
        if ([text, '•••'].includes(one.entry?.note?.text)) {
          await stream.return?.(undefined);
          return told;
        }
      }
    };
    return { next, until };
  };
