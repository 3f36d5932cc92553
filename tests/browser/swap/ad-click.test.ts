// One visitor from the ad to the telephone, through a whole server: the site and its pool are made by the API, the page
// is shown by a real Chromium, and what came of it is read by the API.
import { expect, it } from 'vitest';
import { turnedClock } from '#platform/clock/index.ts';
import { openTown } from '#tests/support/town.ts';
import { openChromium } from '../support/chromium.ts';
import { BROWSER } from '../support/collect-town.ts';
import { untilText } from '../support/swap-town.ts';
import { openWebsite } from '../support/website.ts';

const MINUTE = 60_000;
const PRINTED = '+13125550190';
const clock = turnedClock(new Date('2026-03-02T15:00:00.000Z'));
const town = await openTown({ clock });
const website = await openWebsite();
const browser = await openChromium();

const POOL = `query($id: ID!, $company: [ID!]) { node(id: $id) { ... on Tracker {
    phoneNumbers { number messagingStatus } utilisation { leased cooling free total } } }
  visitorSessions(filter: { companyIds: $company }) { nodes {
    sourceName medium clickIds { name value } landingPageUrl pageViews { totalCount } } } }`;

it('an ad’s click is swapped to a number of its own, which is kept for who dials it', async () => {
  const { companies, availablePhoneNumbers: offers } = await town.ask(
    '{ companies(first: 1) { nodes { id } } availablePhoneNumbers(areaCode: "312") { phoneNumber } }',
  );
  const companyId = companies.nodes[0].id;
  const { createSessionTracker, updateSite } = await town.ask(
    `mutation($pool: CreateSessionTrackerInput!, $site: UpdateSiteInput!) {
       createSessionTracker(input: $pool) { tracker { id } userErrors { code message field } }
       updateSite(input: $site) { site { snippet } userErrors { code message field } } }`,
    {
      pool: { companyId, name: 'Website', destination: PRINTED, numbers: offers.slice(0, 2) },
      site: { companyId, domains: ['bluebird.example'] },
    },
  );
  const { id } = createSessionTracker.tracker;
  const look = () => town.ask(POOL, { id, company: [companyId] });
  // in service, and on the profile that its texts come by
  const takesTexts = ({ messagingStatus: status }: { messagingStatus: string }) =>
    status === 'RECEIVES_ONLY';
  await town.until('both take texts', async () =>
    (await look()).node.phoneNumbers.every(takesTexts),
  );
  website.pages.set('/', {
    html: `<!doctype html><head>${updateSite.site.snippet}</head>
      <p>Call <a href="tel:${PRINTED}" onclick="return false">(312) 555-0190</a>
        or <a id="text" href="sms:${PRINTED}">text</a></p>`,
  });
  const arrive = async (path: string) => {
    const context = await browser.newContext({ userAgent: BROWSER });
    const page = await context.newPage();
    await page.goto(website.at(path));
    return page;
  };
  const numberOn = async (page: Awaited<ReturnType<typeof arrive>>) => {
    await page.waitForFunction(
      (printed) => document.querySelector('a')?.getAttribute('href') !== `tel:${printed}`,
      PRINTED,
    );
    return (await page.getAttribute('a', 'href'))?.replace('tel:', '') ?? '';
  };

  const ada = await arrive('/?gclid=abc');
  const hers = await numberOn(ada);
  const [, area, three, four] = /^\+1(...)(...)(....)$/.exec(hers) ?? [];
  await untilText(ada, `Call (${area}) ${three}-${four}`);
  // her text goes to the same number, and is put down to the same visit
  expect(await ada.getAttribute('#text', 'href')).toBe(`sms:${hers}`);
  town.sandbox.text({ from: '+13125550155', to: hers, text: 'Are you open?' });
  const texted = await town.until('the text is put down to its visit', async () => {
    const { conversations } = await town.ask(`{ conversations(first: 1) { nodes {
      source { name } attribution { basis session { sourceName } } } } }`);
    const [row] = conversations.nodes;
    // until it is judged it has the pool's own source
    return row?.attribution && row.source.name !== 'Website' && row;
  });
  expect(texted).toEqual({
    source: { name: 'Google Ads' },
    attribution: { basis: 'NUMBER_HELD', session: { sourceName: 'Google Ads' } },
  });
  const eve = await arrive('/?utm_source=newsletter&utm_medium=email');
  const others = await numberOn(eve);
  expect([hers, others].sort()).toEqual(
    offers
      .slice(0, 2)
      .map((one: { phoneNumber: string }) => one.phoneNumber)
      .sort(),
  );
  // a third finds none, and sees what is printed
  const late = await arrive('/');
  await late.waitForFunction(() => document.cookie.length > 0);
  expect(await late.textContent('a')).toBe('(312) 555-0190');

  const heard = ada.waitForResponse((response) => response.url().endsWith('/collect/heartbeat'));
  await ada.click('a');
  expect((await heard).status()).toBe(204);
  const { node, visitorSessions } = await look();
  expect(node.utilisation).toEqual({ leased: 2, cooling: 0, free: 0, total: 2 });
  expect(visitorSessions.nodes.at(-1)).toEqual({
    sourceName: 'Google Ads',
    medium: 'cpc',
    clickIds: [{ name: 'gclid', value: 'abc' }],
    landingPageUrl: website.at('/?gclid=abc'),
    pageViews: { totalCount: 1 },
  });
  expect(visitorSessions.nodes[1]).toMatchObject({ sourceName: 'Email', medium: 'email' });

  // everybody has gone; a quarter of an hour later the one that was dialled is still hers
  for (const page of [ada, eve, late]) await page.context().close();
  clock.advance(20 * MINUTE);
  expect((await look()).node.utilisation).toEqual({ leased: 1, cooling: 0, free: 1, total: 2 });
  expect(await numberOn(await arrive('/'))).toBe(others);
  await town.until(
    'the pool was told to be full',
    () => town.seen(({ type }) => type === 'POOL_EXHAUSTED').length === 1,
  );
});
