// Leases: who is given which number of a pool, for how long, and what is told when it fills up. Over the real door.
import { describe, expect, it } from 'vitest';
import { likelyVisits } from '#domains/visitors/likely-visits.ts';
import { forgetSite } from '#domains/visitors/open-site.ts';
import { newId } from '#platform/ids/index.ts';
import { BUSINESS, openWebsite } from './website.ts';

const web = await openWebsite();
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

type Site = Awaited<ReturnType<typeof web.settle>>;
/** The number that a browser is shown by a visit; null for the page's own. */
const shown = async (one: ReturnType<Site['browser']>, fields: object = {}) =>
  (await one.visits(fields)).body.swaps[0]?.number ?? null;

const pools = (accountId: string) => web.db.prisma.numberPool.findMany({ where: { accountId } });
const leases = (accountId: string) =>
  web.db.prisma.numberLease.findMany({ where: { accountId }, orderBy: { id: 'asc' } });

describe('a pool', () => {
  it('of 20 gives 50 visitors at once 20 numbers, and none twice', async () => {
    const { browser, tracker, accountId, told } = await web.settle();
    const { id, numbers } = await tracker({ size: 20 });
    const given = await Promise.all(Array.from({ length: 50 }, () => shown(browser())));
    const held = given.filter((number) => number !== null);
    expect(held).toHaveLength(20);
    expect([...new Set(held)].sort()).toEqual([...numbers].sort());
    expect(await leases(accountId)).toHaveLength(20);
    expect(await pools(accountId)).toMatchObject([{ total: 20, held: 20, level: 100 }]);
    const events = await told(`pool:${id}`);
    expect(events.map(({ type, payload }) => [type, payload])).toEqual([
      ...[10, 16, 19, 20].map((leased) => [
        'pool.utilisation',
        { trackerId: id, total: 20, leased, levelPercent: leased * 5 },
      ]),
      ['pool.exhausted', { trackerId: id, total: 20, leased: 20 }],
    ]);
    expect(events.map(({ subjectVersion }) => subjectVersion)).toEqual([2, 3, 4, 5, 6]);
    expect(await web.db.prisma.poolHour.findMany({ where: { accountId } })).toMatchObject([
      { arrivals: 50, refused: 30 },
    ]);
  });

  it('keeps a number for its visitor while heartbeats come, and gives it back to them after', async () => {
    const { browser, tracker, accountId } = await web.settle();
    await tracker({ size: 1 });
    const [ada, eve] = [browser(), browser()];
    const number = await shown(ada);
    for (let n = 0; n < 5; n += 1) {
      web.clock.advance(90 * SECOND);
      expect((await ada.beats()).status).toBe(204);
      expect(await shown(eve)).toBeNull();
    }
    web.clock.advance(119 * SECOND);
    expect(await shown(eve)).toBeNull();
    web.clock.advance(SECOND);
    // its lease is over: the page is to ask anew, and it has not been anybody's since
    expect((await ada.beats()).status).toBe(410);
    expect(await shown(ada)).toBe(number);
    expect(await leases(accountId)).toHaveLength(1);
    expect((await ada.beats()).status).toBe(204);
  });

  it('gives the number that has been free longest, then the one that has cooled longest', async () => {
    const { browser, tracker } = await web.settle();
    await tracker({ size: 3 });
    const [a, b, c] = [browser(), browser(), browser()];
    const first = await shown(a);
    web.clock.advance(MINUTE);
    const second = await shown(b);
    expect(second).not.toBe(first);
    // longer than leased and cooling: both are free, and the third was never held
    web.clock.advance(20 * MINUTE);
    const third = await shown(c);
    expect([first, second]).not.toContain(third);
    web.clock.advance(MINUTE);
    const order = [await shown(browser()), await shown(browser())];
    expect(order).toEqual([first, second]);
    web.clock.advance(3 * MINUTE);
    // all three cool; c looked away first
    expect(await shown(browser())).toBe(third);
    expect((await c.beats()).status).toBe(410);
  });

  it('returns to a visitor the number they had, as long as nobody else has had it', async () => {
    const { browser, tracker, accountId } = await web.settle();
    await tracker({ size: 5 });
    const ada = browser();
    const number = await shown(ada);
    web.clock.advance(10 * 24 * 60 * MINUTE);
    await shown(browser());
    expect(await shown(ada, { referrer: 'https://www.bing.com/' })).toBe(number);
    const own = (await leases(accountId)).filter(({ leasedUntil }) => leasedUntil !== null);
    expect(own).toHaveLength(1);
    expect(own[0]?.leasedUntil?.getTime()).toBe((own[0]?.leasedAt.getTime() ?? 0) + 2 * MINUTE);
  });

  it('keeps a number for an hour once its visitor presses the link to dial it', async () => {
    const { browser, tracker, accountId } = await web.settle();
    await tracker({ size: 1 });
    const ada = browser();
    const number = await shown(ada);
    expect((await ada.beats({ event: 'tel_click', number: '+13125550199' })).status).toBe(204);
    expect((await leases(accountId))[0]?.telClickedAt).toBeNull();
    const at = web.clock.now(accountId);
    expect((await ada.beats({ event: 'tel_click', number })).status).toBe(204);
    expect((await leases(accountId))[0]?.telClickedAt).toEqual(at);
    web.clock.advance(60 * MINUTE - SECOND);
    expect(await shown(browser())).toBeNull();
    web.clock.advance(SECOND);
    expect(await shown(browser())).toBe(number);
  });

  it('that has none shows its first number, where its tracker says so, and notes who saw it', async () => {
    const { browser, tracker, accountId, companyId } = await web.settle();
    const { numbers } = await tracker({ size: 1, overflow: 'FIRST_NUMBER' });
    const [ada, eve] = [browser(), browser()];
    expect([await shown(ada), await shown(eve)]).toEqual([numbers[0], numbers[0]]);
    const [own, other] = await leases(accountId);
    expect(own).toMatchObject({ isOverflow: false, sessionId: ada.session() });
    expect(other).toMatchObject({ isOverflow: true, sessionId: eve.session() });
    // eve holds nothing that could be lost
    expect((await eve.beats()).status).toBe(204);
    web.clock.advance(MINUTE);
    expect(await shown(eve)).toBe(numbers[0]);
    expect((await eve.beats({ event: 'tel_click', number: numbers[0] })).status).toBe(204);
    const now = web.clock.now(accountId);
    const kept = { telClickedAt: now, leasedUntil: new Date(now.getTime() + 30 * MINUTE) };
    expect((await leases(accountId)).slice(1)).toMatchObject([kept]);
    // however many are shown it, its holder may have called, this company and no other that has it later
    const more = Array.from({ length: 50 }, () => ({ ...other, id: newId(), leasedAt: now }));
    await web.db.prisma.numberLease.createMany({ data: more as never });
    const call = { number: numbers[0] ?? '', at: now, now, known: new Set<string>() };
    const likely = (of: string) =>
      web.db.transaction((tx) => likelyVisits(tx, accountId, of, call));
    expect((await likely(companyId)).map((one) => one.sessionId)).toContain(ada.session());
    expect(await likely(newId())).toEqual([]);
  });

  it('counts each session once, on the page that first wants a number, and whether it got one', async () => {
    const { browser, tracker, accountId } = await web.settle();
    await tracker({ size: 1 });
    const [ada, eve] = [browser(), browser()];
    await shown(ada);
    await shown(eve, { numbers: [] });
    expect([await shown(eve), await shown(eve)]).toEqual([null, null]);
    web.clock.advance(3 * MINUTE);
    expect(await shown(eve)).not.toBeNull();
    expect(await shown(ada)).toBeNull();
    const hours = await web.db.prisma.poolHour.findMany({ where: { accountId } });
    expect(hours).toMatchObject([{ arrivals: 2, refused: 1 }]);
  });

  it('that has none leaves a visitor to the next pool for the same number, who then stays there', async () => {
    const { browser, tracker, accountId, sessions } = await web.settle();
    const first = await tracker({ size: 1 });
    const second = await tracker({ size: 1 });
    const [ada, eve, joe] = [browser(), browser(), browser()];
    expect(await shown(ada)).toBe(first.numbers[0]);
    expect(await shown(eve)).toBe(second.numbers[0]);
    expect(await shown(joe)).toBeNull();
    expect((await sessions()).map(({ leases: held }) => held).sort()).toEqual([0, 1, 1]);
    // the first one is free again, but eve has seen her number
    for (let n = 0; n < 3; n += 1) {
      web.clock.advance(MINUTE);
      expect((await eve.beats()).status).toBe(204);
    }
    expect(await shown(eve)).toBe(second.numbers[0]);
    expect(await shown(joe)).toBe(first.numbers[0]);
    expect(await pools(accountId)).toMatchObject([{ held: 1 }, { held: 1 }]);
    expect((await eve.beats()).status).toBe(204);
  });

  it('that shows its first number to all leaves nobody to the next pool', async () => {
    const { browser, tracker, accountId } = await web.settle();
    const { numbers } = await tracker({ size: 1, overflow: 'FIRST_NUMBER' });
    await tracker({ size: 1 });
    expect([await shown(browser()), await shown(browser())]).toEqual([numbers[0], numbers[0]]);
    expect(await pools(accountId)).toHaveLength(1);
  });

  it('that stands in is a pool for the same number of the page', async () => {
    const { browser, tracker } = await web.settle();
    const { numbers } = await tracker({ size: 1 });
    await tracker({ size: 1, targets: ['+13125550188'] });
    expect([await shown(browser()), await shown(browser())]).toEqual([numbers[0], null]);
  });

  it('tells a level once, until it has fallen ten points below; and exhaustion once a spell', async () => {
    const { browser, tracker, told } = await web.settle();
    const { id } = await tracker({ size: 10 });
    const types = async () =>
      (await told(`pool:${id}`)).map(({ type, payload }) => {
        const level = (payload as { levelPercent?: number }).levelPercent;
        return level ?? type;
      });
    const crowd = Array.from({ length: 12 }, () => browser());
    for (const one of crowd) await shown(one);
    expect(await types()).toEqual([50, 80, 100, 'pool.exhausted']);
    // one leaves, one comes, one is refused again: still the same spell
    web.clock.advance(110 * SECOND);
    for (const one of crowd.slice(1, 10)) await one.beats();
    web.clock.advance(10 * SECOND);
    expect(await shown(browser())).not.toBeNull();
    expect(await shown(browser())).toBeNull();
    expect(await types()).toHaveLength(4);
    // everybody leaves
    web.clock.advance(20 * MINUTE);
    await shown(browser());
    for (let n = 0; n < 10; n += 1) await shown(browser());
    expect(await types()).toEqual([50, 80, 100, 'pool.exhausted', 50, 80, 100, 'pool.exhausted']);
  });

  it('grows and shrinks with its tracker', async () => {
    const { browser, tracker, accountId, site } = await web.settle();
    const { id, numbers } = await tracker({ size: 2 });
    const ada = browser();
    const number = await shown(ada);
    web.clock.advance(SECOND);
    await web.db.prisma.phoneNumber.updateMany({
      where: { accountId, number: number ?? '' },
      data: { releaseAt: new Date('2026-04-01') },
    });
    forgetSite(web.db, site);
    const other = numbers.find((one) => one !== number);
    expect(await shown(browser())).toBe(other);
    expect((await ada.beats()).status).toBe(410);
    expect(await shown(ada)).toBeNull();
    expect(await pools(accountId)).toMatchObject([{ trackerId: id, total: 1, held: 1 }]);
    expect((await leases(accountId))[0]?.leasedUntil).not.toBeNull();
  });
});

describe('without consent', () => {
  it('no pool number is given, but those of source trackers are shown', async () => {
    const { tracker, visitBody, accountId } = await web.settle();
    await tracker({ size: 1 });
    const { visitor: _, ...anonymous } = visitBody({ consent: 'denied' });
    expect((await web.post('visit', anonymous)).body).toMatchObject({
      swaps: [],
      targets: [BUSINESS],
    });
    const { numbers } = await tracker({ type: 'SOURCE' });
    expect((await web.post('visit', anonymous)).body.swaps).toEqual([
      { target: BUSINESS, number: numbers[0], sms: false },
    ]);
    expect(await pools(accountId)).toEqual([]);
  });
});
