// What time does to sessions, keys, links and tries. Only the time of day stands still and is turned; timers and the database
// go on as always.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { purgeSignIns } from '#domains/accounts/sign-in/purge-sign-ins.ts';
import {
  ACCEPT,
  ME,
  PASSWORD,
  peopleOf,
  REQUEST_RESET,
  RESET,
  SIGN_IN,
  tokenIn,
} from '#tests/support/people.ts';
import { openTown, type RawAnswer } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';

const town = await openTown({ env: { TRUSTED_PROXIES: '1' } });
const people = peopleOf(town);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const turn = (ms: number) => vi.setSystemTime(Date.now() + ms);
beforeAll(() => void turn(0));
afterAll(() => void vi.useRealTimers());

/** A use is noted beside the request. */
const useIsNoted = (sessionId: string) =>
  town.until('the use was noted', async () => {
    const id = decodeGlobalId(sessionId)?.id ?? '';
    const found = await town.server.platform.db.prisma.session.findUnique({ where: { id } });
    return found?.lastUsedAt.getTime() === Date.now();
  });

let addresses = 0;
/** The headers of our own page, seen from an address of its own by the proxy in front. */
const from = (address = `198.51.100.${++addresses}`) => ({
  'sec-fetch-site': 'same-origin',
  'x-forwarded-for': address,
});
const signIn = async (email: string, password: string, headers = from()) =>
  (await people.browser().ask(SIGN_IN, { input: { email, password } }, headers)).data.signIn;
const codesOf = (payload: { userErrors: { code: string }[] }) =>
  payload.userErrors.map(({ code }) => code);

describe('a session', () => {
  it('ends after seven days without use, and lives on while it is used', async () => {
    const { browser, session } = await people.arrives();
    for (let week = 0; week < 3; week += 1) {
      turn(7 * DAY - MINUTE);
      expect((await browser.ask(ME)).errors).toBeUndefined();
      await useIsNoted(session.id);
    }
    turn(7 * DAY);
    const { errors } = await browser.ask(ME);
    expect(errors?.[0]).toMatchObject({
      message: 'This session has ended. Sign in again.',
      extensions: { code: 'UNAUTHENTICATED', reason: 'EXPIRED' },
    });
  });

  it('ends thirty days after it began, however much it is used', async () => {
    const { browser, session } = await people.arrives();
    for (let day = 0; day < 29; day += 5) {
      turn(5 * DAY - (day === 25 ? MINUTE : 0));
      expect((await browser.ask(ME)).errors).toBeUndefined();
      await useIsNoted(session.id);
    }
    turn(MINUTE);
    expect((await browser.ask(ME)).errors?.[0]?.extensions.reason).toBe('EXPIRED');
  });
});

describe('a key', () => {
  const MAKE = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } userErrors { code } } }`;
  const REVOKE = `mutation($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { userErrors { code } } }`;
  const use = async (key: string) => {
    const answer = await fetch(`${town.server.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    });
    const { data, errors } = (await answer.json()) as RawAnswer;
    return { status: answer.status, answer: data ?? errors?.[0] };
  };

  it.each([
    ['EXPIRED', 'This API key has expired', async () => turn(1)],
    [
      'REVOKED',
      'This API key was revoked',
      (apiKeyId: string) => town.ask(REVOKE, { input: { apiKeyId } }),
    ],
  ])('is good, until it is answered %s', async (reason, words, end) => {
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    const input = { name: 'Partner', scopes: ['CALLS_READ'], expiresAt };
    const { createApiKey: made } = await town.ask(MAKE, { input });
    turn(HOUR - 1);
    expect(await use(made.secret)).toEqual({ status: 200, answer: { viewer: { role: 'ADMIN' } } });
    await end(made.apiKey.id);
    expect(await use(made.secret)).toMatchObject({
      status: 401,
      answer: {
        message: expect.stringContaining(words),
        extensions: { code: 'UNAUTHENTICATED', reason },
      },
    });
  });
});

describe('a link', () => {
  it.each([
    ['an invitation', 'INVITATION', 7 * DAY],
    ['a reset', 'PASSWORD_RESET', HOUR],
  ] as const)('of %s is good until its time is over', async (_name, purpose, lifetime) => {
    const send = async () => {
      if (purpose === 'INVITATION') return people.mail((await people.invites()).email);
      const { email } = await people.arrives();
      await people.browser().ask(REQUEST_RESET, { input: { email } }, from());
      return people.mail(email, 2);
    };
    const use = async (token: string) => {
      const query = purpose === 'INVITATION' ? ACCEPT : RESET;
      const input = { token, password: 'another four green doors' };
      const { data } = await people.browser().ask(query, { input }, from());
      return codesOf(data.acceptInvitation ?? data.resetPassword);
    };
    const [early, late] = [await send(), await send()];
    turn(lifetime - 1);
    expect(await use(tokenIn(early))).toEqual([]);
    turn(1);
    expect(await use(tokenIn(late))).toEqual(['LINK_INVALID']);
  });
});

describe('guessing', () => {
  it('one person’s password from many addresses ends after ten tries, for a quarter of an hour', async () => {
    const { email } = await people.arrives();
    const began = Date.now();
    for (let n = 0; n < 10; n += 1) {
      expect(codesOf(await signIn(email, `guess number ${n}`))).toEqual(['SIGN_IN_REFUSED']);
    }
    turn(5 * MINUTE);
    const refused = (await signIn(email.toUpperCase(), PASSWORD)).userErrors[0];
    expect(refused).toMatchObject({
      code: 'RATE_LIMITED',
      limit: 10,
      retryAt: new Date(began + 15 * MINUTE).toISOString(),
    });
    expect(refused.message).toContain(refused.retryAt);
    turn(10 * MINUTE);
    expect(codesOf(await signIn(email, PASSWORD))).toEqual([]);
  });

  it('goes no further when all tries are made at once', async () => {
    const { email } = await people.arrives();
    const tries = await Promise.all(
      Array.from({ length: 25 }, (_, n) => signIn(email, `guess number ${n}`)),
    );
    const refused = tries.filter((one) => codesOf(one)[0] === 'RATE_LIMITED');
    expect(refused).toHaveLength(15);
  });

  it('is counted for an address that nobody has, too', async () => {
    for (let n = 0; n < 10; n += 1) await signIn('nobody@example.com', `guess number ${n}`);
    expect(codesOf(await signIn('nobody@example.com', 'guess'))).toEqual(['RATE_LIMITED']);
  });

  it('many people’s passwords from one address ends after fifty, whoever they are', async () => {
    const { email } = await people.arrives();
    const attacker = from('203.0.113.9');
    for (let n = 0; n < 50; n += 1) {
      const end = codesOf(await signIn(`someone-${n}@example.com`, 'guess guess', attacker));
      expect(end).toEqual(['SIGN_IN_REFUSED']);
      // a good sign-in of their own gives them no more tries
      if (n === 40) expect(codesOf(await signIn(email, PASSWORD, attacker))).toEqual([]);
    }
    expect(codesOf(await signIn(email, PASSWORD, attacker))).toEqual(['RATE_LIMITED']);
    expect(codesOf(await signIn(email, PASSWORD))).toEqual([]);
    // what a client writes into the header itself stands before what the proxy saw
    const lying = { ...attacker, 'x-forwarded-for': '192.0.2.1, 203.0.113.9' };
    expect(codesOf(await signIn(email, PASSWORD, lying))).toEqual(['RATE_LIMITED']);
    turn(15 * MINUTE);
    expect(codesOf(await signIn(email, PASSWORD, attacker))).toEqual([]);
  });

  it('that locks a person out is lifted by a reset', async () => {
    const { email } = await people.arrives();
    for (let n = 0; n < 10; n += 1) await signIn(email, `guess number ${n}`);
    expect(codesOf(await signIn(email, PASSWORD))).toEqual(['RATE_LIMITED']);
    await people.browser().ask(REQUEST_RESET, { input: { email } }, from());
    const token = tokenIn(await people.mail(email, 2));
    const input = { token, password: 'another four green doors' };
    await people.browser().ask(RESET, { input }, from());
    expect(codesOf(await signIn(email, input.password))).toEqual([]);
  });

  it('links from one address ends after thirty tries', async () => {
    const headers = from();
    const tryOne = async (token: string) =>
      codesOf(
        (await people.browser().ask(ACCEPT, { input: { token, password: PASSWORD } }, headers)).data
          .acceptInvitation,
      );
    for (let n = 0; n < 30; n += 1) expect(await tryOne(`guess-${n}`)).toEqual(['LINK_INVALID']);
    const good = tokenIn(await people.mail((await people.invites()).email));
    expect(await tryOne(good)).toEqual(['RATE_LIMITED']);
    turn(15 * MINUTE);
    expect(await tryOne(good)).toEqual([]);
  });
});

it('nobody’s mailbox is filled: three resets in an hour', async () => {
  const { email } = await people.arrives();
  const browser = people.browser();
  for (let n = 0; n < 3; n += 1) {
    expect((await browser.send('/forgot-password', { email }, from())).status).toBe(200);
  }
  const fourth = await browser.send('/forgot-password', { email }, from());
  expect(fourth.status).toBe(429);
  expect(fourth.text).toContain('Too many tries: 3 in 60 minutes');
  await people.mail(email, 4);
  expect(await people.mailsTo(email)).toHaveLength(4);
});

it('what has ended is deleted: sessions and links', async () => {
  const { email } = await people.arrives();
  await people.browser().ask(REQUEST_RESET, { input: { email } }, from());
  await people.mail(email, 2);
  const { platform } = town.server;
  const count = async () => {
    const [sessions, links] = await Promise.all([
      platform.db.prisma.session.count(),
      platform.db.prisma.signInLink.count(),
    ]);
    return sessions + links;
  };
  expect(await count()).toBeGreaterThan(1);
  turn(31 * DAY);
  await purgeSignIns(platform);
  expect(await count()).toBe(0);
});
