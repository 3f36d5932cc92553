// Subscriptions as server-sent events: ids are cursors, Last-Event-ID resumes, graphql-sse's client understands.
import { createClient } from 'graphql-sse';
import { describe, expect, it } from 'vitest';
import { encodePosition } from '#values/cursor.ts';
import { openHouse } from './support.ts';

const house = await openHouse({ recheckEveryMs: 40 });
const LIVE = `subscription($after: Cursor) { events(after: $after) { subjectVersion } }`;
const head = async () => encodePosition(await house.events.head());

interface Sse {
  event?: string;
  id?: string;
  data?: string;
}

async function open(variables: object, headers: Record<string, string> = {}, query = LIVE) {
  const response = await house.graphql(query, variables, {
    accept: 'text/event-stream',
    ...headers,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const next = async (): Promise<Sse | null> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block === ':') continue;
        return Object.fromEntries(
          block.split('\n').map((line) => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon), line.slice(colon + 1).trim()];
          }),
        );
      }
      const { value, done } = await reader.read();
      if (done) return null;
      text += Buffer.from(value).toString();
    }
  };
  return { response, next, close: () => reader.cancel() };
}
const versionOf = (message: Sse | null) =>
  JSON.parse(message?.data ?? '{}').data.events.subjectVersion;

describe('Subscription.events over SSE', () => {
  it('names each message by its cursor, from which Last-Event-ID resumes', async () => {
    const start = await head();
    await house.happen([1, 2, 3]);
    const first = await open({ after: start });
    expect(first.response.headers.get('content-type')).toContain('text/event-stream');
    const messages = [await first.next(), await first.next()];
    expect(messages.map(versionOf)).toEqual([1, 2]);
    expect(messages[0]?.event).toBe('next');
    await first.close();
    await house.happen([4]);
    // the variables still hold the old cursor, as a reconnecting EventSource sends them
    const again = await open({ after: start }, { 'last-event-id': messages[1]?.id ?? '' });
    expect([versionOf(await again.next()), versionOf(await again.next())]).toEqual([3, 4]);
    await house.happen([5]);
    expect(versionOf(await again.next())).toBe(5);
    await again.close();
  });

  it.each(['liveCalls { id }', 'events { id }'])('resumes %s by Last-Event-ID', async (field) => {
    const start = await head();
    await house.happen([1]);
    await house.happen([2]);
    const stream = await open({}, { 'last-event-id': start }, `subscription { ${field} }`);
    const [first, second] = [await stream.next(), await stream.next()];
    expect(first?.id).toBeTruthy();
    await stream.close();
    const again = await open({}, { 'last-event-id': first?.id ?? '' }, `subscription { ${field} }`);
    expect((await again.next())?.id).toBe(second?.id);
    await again.close();
  });

  it('ends with the reason when the key is revoked', async () => {
    house.keys.set('Bearer gone', { ...house.viewer, actor: { kind: 'key', id: 'gone' } });
    const stream = await open({ after: await head() }, { authorization: 'Bearer gone' });
    house.keys.delete('Bearer gone');
    const message = await stream.next();
    expect(message?.data).toContain('"code":"UNAUTHENTICATED"');
    expect((await stream.next())?.event).toBe('complete');
    expect(await stream.next()).toBeNull();
  });

  it('tells a bad cursor as a message, a bad key as a status', async () => {
    const bad = await open({ after: 'nonsense' });
    expect(bad.response.status).toBe(200);
    expect((await bad.next())?.data).toContain('"code":"MALFORMED_CURSOR"');
    const stranger = await open({}, { authorization: 'Bearer no' });
    expect(stranger.response.status).toBe(401);
  });

  it('is understood by the client of graphql-sse', async () => {
    const client = createClient({
      url: `${house.url}/graphql`,
      headers: { authorization: 'Bearer sb_test_one' },
      retryAttempts: 0,
    });
    const start = await head();
    await house.happen([7, 8]);
    const seen: unknown[] = [];
    for await (const { data } of client.iterate({ query: LIVE, variables: { after: start } })) {
      seen.push((data as { events: { subjectVersion: number } }).events.subjectVersion);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual([7, 8]);
    client.dispose();
  });
});
