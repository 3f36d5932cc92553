// Rules by what brought somebody, through the public doors: a visit by an ad, a text to the pool’s number that the page showed,
// and a form; each is judged once it is known what brought it.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import type { Data } from '../../demo/api.ts';
import { change } from './person-town.ts';

const town = await openTown();
const ORIGIN = 'https://www.ruled.example';
const BUSINESS = '+13125550193';
const ADA = '+13125550197';
const CLICKED = `${ORIGIN}/doors?gclid=Cj0KCQ&utm_source=google&utm_medium=cpc&utm_campaign=Spring&utm_term=garage+door`;

const ACTED = `{ id ruleScore ruleRuns { ruleName conditions { isMet actual condition { about } } } }`;

/** A company with a website and a pool of three numbers that take texts. */
async function openWebsite() {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId = companies.nodes[0].id;
  const { site } = await change(
    town,
    'updateSite',
    { companyId, domains: ['ruled.example'] },
    'site { publishableKey }',
  );
  const { availablePhoneNumbers: offers } = await town.ask(
    '{ availablePhoneNumbers(areaCode: "617", first: 3) { phoneNumber } }',
  );
  await change(town, 'createSessionTracker', {
    ...{ companyId, name: 'Website', destination: BUSINESS, idempotencyKey: 'website' },
    numbers: offers.map(({ phoneNumber }: Data) => ({ phoneNumber })),
  });
  await town.until('all numbers take texts', async () => {
    const { phoneNumbers } = await town.ask(
      '{ phoneNumbers(first: 5) { nodes { status messagingStatus } } }',
    );
    const ready = phoneNumbers.nodes.filter(
      (one: Data) => one.status === 'ACTIVE' && one.messagingStatus === 'RECEIVES_ONLY',
    );
    return ready.length === 3;
  });
  const visitor = randomUUID();
  const post = async (path: string, body: object) => {
    const response = await fetch(`${town.server.url}/collect/${path}`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Chrome/140.0.0.0' },
      body: JSON.stringify({
        ...{ key: site.publishableKey, visitor, at: Date.now(), id: randomUUID() },
        ...{ consent: 'granted', numbers: [BUSINESS], ...body },
      }),
    });
    expect(response.ok).toBe(true);
    return JSON.parse((await response.text()) || '{}');
  };
  const visit = (url: string, referrer: string) =>
    post('visit', { url, referrer, title: 'Doors' }) as Promise<Data>;
  return { companyId, post, visit };
}

async function acted(list: string) {
  const newest = async () =>
    (await town.ask(`{ ${list}(first: 1) { nodes ${ACTED} } }`))[list].nodes[0];
  await town.until('a rule acted', async () => (await newest())?.ruleRuns.length > 0);
  // fields of one answer may be read on either side of a commit: what came with the runs is there now
  return newest();
}

it('a text and a form of somebody whom an ad brought are told from others by the ad and the pages', async () => {
  const { companyId, post, visit } = await openWebsite();
  const rule = {
    name: 'From the ad',
    triggers: ['MESSAGE_RECEIVED', 'FORM_SUBMITTED'],
    conditions: [
      { about: 'SOURCE', values: ['Google Ads'] },
      { about: 'CAMPAIGN', values: ['spring'] },
      { about: 'LANDING_PAGE', values: ['/doors?'] },
      { about: 'REFERRER', values: ['google.com'] },
      { about: 'SEARCH_KEYWORD', values: ['garage door'] },
      { about: 'ACTIVE_PAGE', values: ['/prices'] },
    ],
    actions: [{ kind: 'SCORE', points: 4 }],
  };
  await change(town, 'createAutomationRule', rule, 'automationRule { id }');
  const { swaps } = await visit(CLICKED, 'https://www.google.com/');
  const { session } = await visit(`${ORIGIN}/prices`, CLICKED);
  town.sandbox.text({ from: ADA, to: swaps[0].number, text: 'How much is a door?' });
  const conversation = await acted('conversations');
  expect(conversation).toMatchObject({ ruleScore: 4, ruleRuns: [{ ruleName: 'From the ad' }] });
  const [{ conditions }] = conversation.ruleRuns;
  expect(conditions.map(({ condition, actual }: Data) => [condition.about, actual])).toEqual([
    ['SOURCE', 'Google Ads'],
    ['CAMPAIGN', 'Spring'],
    ['LANDING_PAGE', `found in ${CLICKED.length} letters`],
    ['REFERRER', 'found in 23 letters'],
    ['SEARCH_KEYWORD', 'found in number 1, 1 search term of 11 letters'],
    ['ACTIVE_PAGE', 'found in 32 letters'],
  ]);
  await post('form', {
    ...{ session, url: `${ORIGIN}/prices`, form: { id: 'contact', name: 'Contact', action: '' } },
    fields: { name: 'Ada', message: 'How much is a door?' },
  });
  expect(await acted('formSubmissions')).toMatchObject({ ruleScore: 4 });

  // and a dry run of the same words finds both
  const { name, ...draft } = rule;
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const before = new Date(Date.now() + 3_600_000).toISOString();
  const { previewAutomationRule } = await town.ask(
    `query($rule: RuleDraftInput!, $from: DateTime!, $before: DateTime!) {
       previewAutomationRule(rule: $rule, occurredFrom: $from, occurredBefore: $before) {
         nodes { outcome interaction { __typename } } } }`,
    { rule: { ...draft, companyIds: [companyId] }, from, before },
  );
  expect(previewAutomationRule.nodes).toEqual([
    { outcome: 'WOULD_FIRE', interaction: { __typename: 'FormSubmission' } },
    { outcome: 'WOULD_FIRE', interaction: { __typename: 'Conversation' } },
  ]);
});
