// Whichever library a partner uses, the same operation gives the same data, and the same cursor the same events.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import {
  FollowEventsDocument,
  type FollowEventsSubscription,
  ListCallsDocument,
  type ListCallsQuery,
  RefetchCallDocument,
  TagCallDocument,
} from '../operations/generated/graphql.ts';
import { openPartners, type Partner } from './clients.ts';

const town = await openTown();
const partners = openPartners(town.server.url, town.key);
afterAll(() => {
  for (const partner of partners) partner.close();
});
const each = partners.map((partner) => [partner.name, partner] as const);
const live = each.filter(([, { follow }]) => follow);

let expected: ListCallsQuery;
let before: string;

beforeAll(async () => {
  const tracker = await town.tracker();
  town.business(tracker).is('answer');
  for (const caller of [town.caller(), town.caller(), town.caller()]) {
    // they leave as soon as they are connected, however long that takes on a slow machine
    caller.dials(tracker, { say: [] });
    await town.endedCall(caller.from);
  }
  // what a program without any library gets
  const { data } = await town.answer(
    `{ calls(first: 2) { edges { cursor node { id state outcome startedAt durationSeconds from to
         tracker { id name } lead { id phoneNumbers } steps { name outcome } } }
       pageInfo { hasNextPage endCursor } totalCount totalCountIsExact } }`,
  );
  expected = data;
  before = town.seen()[0]?.cursor;
}, 60_000);

describe.each(each)('%s', (_name, partner: Partner) => {
  it('lists the same calls, page by page', async () => {
    const first = await partner.run(ListCallsDocument, { first: 2 });
    expect(first).toEqual(expected);
    const rest = await partner.run(ListCallsDocument, {
      first: 2,
      after: first.calls.pageInfo.endCursor,
    });
    expect(rest.calls.edges).toHaveLength(1);
    expect(rest.calls.pageInfo.hasNextPage).toBe(false);
  });

  it('reads a call again by its id', async () => {
    const [edge] = expected.calls.edges;
    const { node } = await partner.run(RefetchCallDocument, { id: edge?.node.id ?? '' });
    expect(node).toEqual(edge?.node);
  });

  it('changes one, once for one idempotency key', async () => {
    const input = {
      callId: expected.calls.edges[0]?.node.id ?? '',
      tags: ['asked by a partner'],
      idempotencyKey: 'the same for all',
    };
    const { tagCall } = await partner.run(TagCallDocument, { input });
    expect(tagCall).toEqual({
      call: { id: input.callId, tags: [{ name: 'asked by a partner' }] },
      userErrors: [],
    });
  });
});

describe.each(live)('%s', (_name, partner: Partner) => {
  it('follows the same events from the same cursor', async () => {
    const wanted = (await eventsBehind(partners.find(({ name }) => name === 'graphql-ws'))).slice(
      0,
      8,
    );
    expect(wanted).toHaveLength(8);
    expect(await eventsBehind(partner)).toEqual(wanted);
  });
});

/** Eight events behind the first that was seen. */
async function eventsBehind(partner: Partner | undefined) {
  const events: FollowEventsSubscription['events'][] = [];
  if (!partner?.follow) return events;
  for await (const data of partner.follow(FollowEventsDocument, { after: before })) {
    events.push(data.events);
    if (events.length === 8) break;
  }
  return events;
}
