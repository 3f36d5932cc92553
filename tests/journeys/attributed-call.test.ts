// Which ad made the phone ring: a click, a page with a number of its own, a call on it, and what the API then says of it;
// then the same caller again, from the number they saved.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import type { Data } from '../../demo/api.ts';

const town = await openTown();
const ORIGIN = 'https://www.garage.example';
const BUSINESS = '+13125550190';
const ERRORS = 'userErrors { code message field }';
const ATTRIBUTION = `source { name medium campaign }
  session { id } keyword landingPageUrl referrer clickIds { name value } touchpoints { session { id } }
  attribution(model: LINEAR) {
    basis confidence explanation
    session { id sourceName landingPageUrl clickIds { name value } }
    candidates { probability reasons session { id } }
    touchpoints { source { name } session { id } }
    credits { millionths touchpoint { source { name } } }
  }`;

/** A company with a website and a pool of three numbers in service. */
async function openWebsite() {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId = companies.nodes[0].id;
  const { updateSite } = await town.ask(
    `mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { publishableKey } ${ERRORS} } }`,
    { input: { companyId, domains: ['garage.example'] } },
  );
  const { availablePhoneNumbers: offers } = await town.ask(
    '{ availablePhoneNumbers(areaCode: "617", first: 3) { phoneNumber } }',
  );
  const { createSessionTracker } = await town.ask(
    `mutation($input: CreateSessionTrackerInput!) {
       createSessionTracker(input: $input) { tracker { id } ${ERRORS} } }`,
    {
      input: {
        companyId,
        name: 'Website',
        destination: BUSINESS,
        numbers: offers.map(({ phoneNumber }: { phoneNumber: string }) => ({ phoneNumber })),
        idempotencyKey: 'website',
      },
    },
  );
  const trackerId = createSessionTracker.tracker.id;
  await town.until('all numbers are in service', async () => {
    const { node } = await town.ask(
      'query($id: ID!) { node(id: $id) { ... on Tracker { poolSize } } }',
      { id: trackerId },
    );
    return node.poolSize === 3;
  });
  return { key: updateSite.site.publishableKey, trackerId };
}

it('a call is put down to the click that brought its caller, and the caller’s next one to their history', async () => {
  const { key, trackerId } = await openWebsite();
  const browser = () => {
    const visitor = randomUUID();
    return async (url: string, referrer: string) => {
      const response = await fetch(`${town.server.url}/collect/visit`, {
        method: 'POST',
        headers: {
          'content-type': 'text/plain;charset=UTF-8',
          origin: ORIGIN,
          'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0',
        },
        body: JSON.stringify({
          ...{ key, visitor, url, referrer, title: 'Garage doors', consent: 'granted' },
          ...{ id: randomUUID(), at: Date.now(), numbers: [BUSINESS] },
        }),
      });
      expect(response.status).toBe(200);
      const { session, swaps } = await response.json();
      return { session, number: swaps[0]?.number as string };
    };
  };
  const calls = async (from: string, to: string) => {
    await town.ask(
      `mutation($input: PlaceSandboxCallInput!) { placeSandboxCall(input: $input) { to ${ERRORS} } }`,
      { input: { trackerId, to, from, hangUpAfterSeconds: 4 } },
    );
    const { call } = await town.sees(
      'CALL_UPDATED',
      (event) => event.changes.includes('attribution') && event.call.to === to,
    );
    const { id } = call;
    await town.sees('CALL_ENDED', (event) => event.call.id === id);
    const { node } = await town.ask(
      `query($id: ID!) { node(id: $id) { ... on Call { id lead { milestones {
             firstTouch { source { name } } leadCreated { source { name } }
             qualified { at } lastTouch { source { name } } } } ${ATTRIBUTION} } } }`,
      { id },
    );
    return node;
  };

  const ann = browser();
  const clicked = `${ORIGIN}/doors?gclid=Cj0KCQ&utm_source=google&utm_medium=cpc&utm_campaign=Spring&utm_term=garage+door`;
  const visit = await ann(clicked, 'https://www.google.com/');
  const somebodyElse = await browser()(`${ORIGIN}/`, 'https://www.bing.com/');
  expect(visit.number).not.toBe(somebodyElse.number);
  const { from } = town.caller();

  const first = await calls(from, visit.number);
  expect(first.source).toMatchObject({ medium: 'cpc', campaign: 'Spring' });
  expect(first).toMatchObject({
    session: { id: first.attribution.session.id },
    touchpoints: [{ session: { id: first.attribution.session.id } }],
    keyword: 'garage door',
    landingPageUrl: clicked,
    referrer: 'https://www.google.com/',
    clickIds: [{ name: 'gclid', value: 'Cj0KCQ' }],
  });
  expect(first.attribution).toMatchObject({
    basis: 'NUMBER_HELD',
    confidence: 1,
    session: { sourceName: first.source.name, clickIds: [{ name: 'gclid', value: 'Cj0KCQ' }] },
    candidates: [{ probability: 1, reasons: ['HELD_NUMBER'] }],
    credits: [{ millionths: 1_000_000, touchpoint: { source: { name: first.source.name } } }],
  });
  expect(first.attribution.explanation).toBe(
    'The visit was shown the number that was dialled when it rang. It is the caller’s with 100 % certainty.',
  );
  expect(first.lead.milestones).toMatchObject({
    firstTouch: { source: { name: first.source.name } },
    leadCreated: { source: { name: first.source.name } },
    qualified: null,
  });

  const again = await calls(from, somebodyElse.number);
  expect(again.attribution.candidates[0]).toMatchObject({ reasons: ['HELD_NUMBER'] });
  expect(again.source.medium).toBe('organic');
  const creditsOf = ({ attribution }: Data) =>
    attribution.credits.map(({ millionths }: { millionths: number }) => millionths);
  expect(creditsOf(again)).toEqual([500_000, 500_000]);

  // a number that nobody was shown, dialled by somebody who visited before
  const { node: pool } = await town.ask(
    'query($id: ID!) { node(id: $id) { ... on Tracker { phoneNumbers { number } } } }',
    { id: trackerId },
  );
  const shown = [visit.number, somebodyElse.number];
  const unseen = pool.phoneNumbers.find(({ number }: Data) => !shown.includes(number)).number;
  const later = await calls(from, unseen);
  expect(later.attribution).toMatchObject({
    basis: 'CALLER_HISTORY',
    confidence: 0.6,
    session: { id: again.attribution.session.id },
    candidates: [],
  });
  expect(later.attribution.explanation).toContain(
    'had not been shown to any visit for two hours, but the caller is known: it is put down to their last visit',
  );
  expect(later.source).toEqual(again.source);
  expect(creditsOf(later)).toEqual([500_000, 500_000]);

  await town.ask(
    `mutation($input: UpdateCallInput!) { updateCall(input: $input) { call { id } ${ERRORS} } }`,
    { input: { callId: later.id, leadStatus: 'GOOD_LEAD' } },
  );
  const { node: good } = await town.ask(
    `query($id: ID!) { node(id: $id) { ... on Call {
       lead { milestones { firstTouch { at } qualified { at source { name } } lastTouch { at } } }
       attribution(weights: { first: 1, leadCreated: 0, qualified: 3, last: 0, others: 0 }) {
         credits { millionths } } } } }`,
    { id: later.id },
  );
  expect(good.lead.milestones.qualified).toEqual({
    ...good.lead.milestones.lastTouch,
    source: { name: again.source.name },
  });
  expect(creditsOf(good)).toEqual([250_000, 750_000]);

  // and the reports follow
  const report = `{ callSummary(range: { from: "2020-01-01", to: "2029-01-01" }, groupBy: KEYWORD) {
    total { calls answered leads goodLeads } groups { key figures { calls } } } }`;
  const { total, groups } = await town.until('the reports count the calls', async () => {
    const { callSummary } = await town.ask(report);
    return callSummary.total.goodLeads === 1 && callSummary;
  });
  expect(total).toMatchObject({ calls: 3, leads: 1 });
  expect(groups).toEqual([
    { key: null, figures: { calls: 2 } },
    { key: 'garage door', figures: { calls: 1 } },
  ]);

  // judged once, however often the job comes
  const { platform } = town.server;
  const job = attributeInteractionHandler(platform);
  const { accountId } = town;
  const repeated = { accountId, interactionId: decodeGlobalId(later.id)?.id ?? '' };
  expect(await job.run(repeated, {} as never)).toBe('already-done');
  expect(await job.run({ accountId, interactionId: randomUUID() }, {} as never)).toBe('gone');

  // weights and a model together, or beyond their bounds, are refused by name
  const ask = (args: string) =>
    town.answer(`{ calls(first: 1) { nodes { attribution(${args}) { basis } } } }`);
  const weights = (first: number) =>
    `weights: { first: ${first}, leadCreated: 0, qualified: 0, last: 0, others: 0 }`;
  const both = await ask(`model: LINEAR, ${weights(1)}`);
  expect(both.errors?.[0]).toMatchObject({
    extensions: { code: 'BAD_INPUT', field: ['weights'] },
  });
  const large = await ask(weights(101));
  expect(large.errors?.[0]?.message).toBe('weights.first takes 0 to 100, not 101.');
});
