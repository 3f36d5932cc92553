// People at open subscriptions: what they may see ends when their rights do, whichever way that comes about.
import { describe, expect, it } from 'vitest';
import type { TestBrowser } from '#tests/support/browser.ts';
import { ME, peopleOf, REVOKE, SIGN_OUT, SWITCH } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const people = peopleOf(town);
const admin = await people.arrives();
const LIVE = 'subscription { events { type } }';

/** Follows the events over a socket that was opened with the cookie; resolves with what ended it. */
function follow(browser: TestBrowser) {
  const client = browser.socket();
  const messages = client.iterate({ query: LIVE });
  const end = (async () => {
    for await (const { errors } of messages) if (errors) return errors[0]?.extensions;
    return null;
  })().finally(() => void client.dispose());
  return { client, end };
}

/** A socket's first round trip: from then on the subscription is open. */
const isOpen = async ({ client }: ReturnType<typeof follow>) => {
  for await (const { data } of client.iterate({ query: '{ __typename }' })) return data;
  return null;
};

const change = (input: object) =>
  town.ask(
    'mutation($input: ChangeUserRoleInput!) { changeUserRole(input: $input) { user { id } userErrors { code } } }',
    { input },
  );

describe('an open subscription of a person', () => {
  it('tells events over the cookie alone', async () => {
    const client = admin.browser.socket();
    const messages = client.iterate({ query: LIVE });
    const first = messages.next();
    await isOpen({ client, end: Promise.resolve(null) });
    await town.tracker();
    expect((await first).value.data.events.type).toBe('NUMBER_STATUS_CHANGED');
    await client.dispose();
  });

  it('tells events as a stream on the same terms', async () => {
    const over = new AbortController();
    const cookie = [...admin.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const stream = await fetch(`${town.server.url}/graphql?query=${encodeURIComponent(LIVE)}`, {
      headers: { accept: 'text/event-stream', cookie, 'sec-fetch-site': 'same-origin' },
      signal: over.signal,
    });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
    expect(await read()).toBe(':\n\n');
    await town.tracker();
    expect(await read()).toContain('NUMBER_STATUS_CHANGED');
    over.abort();
  });

  // together: each waits for the next look at its rights, which comes every 5 s
  it.concurrent.each([
    [
      'the role changes',
      async ({ id }: { id: string }) => change({ userId: id, role: 'AGENT' }),
      { code: 'FORBIDDEN' },
    ],
    [
      'the membership ends',
      async ({ id }: { id: string }) =>
        town.ask(
          'mutation($input: RemoveUserInput!) { removeUser(input: $input) { removedUserId userErrors { code } } }',
          { input: { userId: id } },
        ),
      { code: 'UNAUTHENTICATED', reason: 'REVOKED' },
    ],
    [
      'the person signs out',
      async ({ browser }: { browser: TestBrowser }) => browser.ask(SIGN_OUT, { input: {} }),
      { code: 'UNAUTHENTICATED', reason: 'REVOKED' },
    ],
    [
      'the session is revoked from another browser',
      async ({ email, session }: { email: string; session: { id: string } }) => {
        const { browser } = await people.signsIn(email);
        return browser.ask(REVOKE, { input: { sessionId: session.id } });
      },
      { code: 'UNAUTHENTICATED', reason: 'REVOKED' },
    ],
  ])('ends when %s', async (_name, happens, expected) => {
    const person = await people.arrives({ role: 'MANAGER' });
    const following = follow(person.browser);
    await isOpen(following);
    await happens(person);
    expect(await following.end).toEqual(expected);
  });

  it.concurrent('ends when the person switches to another account, where the role is the same', async () => {
    const stranger = await town.stranger();
    const { browser, email } = await people.arrives();
    await people.invites({ email, key: stranger.key });
    const following = follow(browser);
    await isOpen(following);
    const { accounts } = (await browser.ask(ME)).data.viewer;
    await browser.ask(SWITCH, { input: { accountId: accounts[1].accountId } });
    expect(await following.end).toEqual({ code: 'UNAUTHENTICATED', reason: 'REVOKED' });
  });
});

describe('a socket that outlives the session', () => {
  it('runs nothing more', async () => {
    const { browser, id } = await people.arrives({ role: 'MANAGER' });
    const client = browser.socket();
    const run = async (query: string) => {
      for await (const result of client.iterate({ query })) return result;
      return null;
    };
    expect((await run('{ viewer { role } }'))?.data).toEqual({ viewer: { role: 'MANAGER' } });
    await change({ userId: id, role: 'REPORTING' });
    expect((await run('{ viewer { role } }'))?.data).toEqual({ viewer: { role: 'REPORTING' } });
    await browser.ask(SIGN_OUT, { input: {} });
    const closed = await run('{ viewer { role } }').catch((event: { code: number }) => event.code);
    expect(closed).toBe(4403);
    await client.dispose();
  });

  it('sets no cookie: signing in and switching work over HTTP only', async () => {
    const { browser } = await people.arrives();
    const client = browser.socket();
    const query = 'mutation { signOut(input: {}) { endedSessions } }';
    for await (const { errors } of client.iterate({ query })) {
      expect(errors?.[0]?.extensions?.code).toBe('CROSS_SITE_REQUEST');
    }
    expect((await browser.ask(ME)).errors).toBeUndefined();
    await client.dispose();
  });
});

it('a changed role holds from the next request on', async () => {
  const { browser, id } = await people.arrives({ role: 'MANAGER' });
  const users = '{ users { totalCount } }';
  expect((await browser.ask(users)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await change({ userId: id, role: 'ADMIN' });
  expect((await browser.ask(users)).errors).toBeUndefined();
  await change({ userId: id, role: 'NOTIFICATION' });
  expect((await browser.ask(users)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});
