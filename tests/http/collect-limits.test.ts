// What the collect door takes at most: of one body, one address and one site, and while the database lags. Whoever sends
// more is told so, in an answer that the page may read, and loses nothing by coming again.
import { expect, it } from 'vitest';
import { FEW_TRIES, ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';

const web = await openWebsite({ mostWaiting: 3 });
const KIB = 1_024;

/** A body of exactly so many bytes. */
const padded = (body: object, bytes: number) => JSON.stringify(body).padEnd(bytes);

it.each([
  ['visit', 16 * KIB, 200],
  ['form', 64 * KIB, 204],
])('a body of a %s takes %i bytes, and not one more', async (path, most, taken) => {
  const { visitBody } = await web.settle();
  const body = { ...visitBody(), fields: { email: 'ada@example.com' } };
  const sent = padded(body, most);
  expect(Buffer.byteLength(sent)).toBe(most);
  expect((await web.post(path, sent)).status).toBe(taken);
  const refused = await web.post(path, padded(body, most + 1));
  expect(refused).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
  expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
});

it('too many who say who they are, from one address', async () => {
  const { browser } = await web.settle();
  const ada = browser({ 'x-forwarded-for': FEW_TRIES[0] });
  const person = { email: 'ada@example.com' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => ada.identifies(person)));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 204, 429, 429]);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body.code).toBe('RATE_LIMITED');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused?.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect((await browser().identifies(person)).status).toBe(204);
});

it('too much from the pages of one site, wherever their visitors are; another site’s go on', async () => {
  const [loud, other] = [await web.settle(), await web.settle()];
  web.quieten(loud.companyId);
  const answers = await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      loud.browser({ 'x-forwarded-for': `203.0.113.${100 + n}` }).visits(),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429]);
  const refused = answers.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused?.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect((await other.browser().visits()).status).toBe(200);
});

it('signs of life that nobody can write soon are sent back, and what was taken is written', async () => {
  const { accountId, browser, pageViews } = await web.settle();
  const ada = browser();
  await ada.visits();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { promise: holds, resolve: isHeld } = Promise.withResolvers<void>();
  const holding = web.db.transaction(async (tx) => {
    const where = { accountId_id: { accountId, id: ada.session() ?? '' } };
    await tx.visitorSession.update({ where, data: { network: 'held' } });
    isHeld();
    await held;
  });
  await holds;
  // two writes are under way, each of three at most, and three wait
  const sent = Array.from({ length: 20 }, (_, n) => ada.views(`/${n}`));
  const refused = await Promise.any(
    sent.map(async (one) => {
      const answer = await one;
      if (answer.status !== 503) throw new Error('It was taken.');
      return answer;
    }),
  );
  expect(refused.body.code).toBe('OVERLOADED');
  expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  release();
  await holding;
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  const taken = statuses.filter((status) => status === 204).length;
  expect(statuses.filter((status) => status === 503)).toHaveLength(sent.length - taken);
  expect(taken).toBeGreaterThan(0);
  expect(await pageViews()).toHaveLength(1 + taken);
  expect((await ada.views('/again')).status).toBe(204);
});
