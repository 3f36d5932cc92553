// A form on a page of a running server: it is told to whoever follows, to a partner's webhook in full, is put down to the
// visit that it was sent in, and loses what the company stops wanting. And visitors who said who they are before.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import { openTown } from '#tests/support/town.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Data } from '../../demo/api.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const origin = 'https://www.garage.example';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';

const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
const companyId = companies.nodes[0].id;
const { updateSite } = await town.ask(
  'mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { publishableKey } userErrors { message } } }',
  { input: { companyId, domains: ['garage.example'] } },
);
const key = updateSite.site.publishableKey;

it('is stored, told and delivered, and loses what is no longer wanted', async () => {
  const partner = await openReceiver();
  await town.ask(
    'mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { userErrors { message } } }',
    { input: { url: partner.url, eventTypes: ['FORM_SUBMITTED'] } },
  );
  const response = await fetch(`${town.server.url}/collect/form`, {
    method: 'POST',
    // a browser's: a bot's would be nobody's first one
    headers: { origin, 'content-type': 'text/plain;charset=UTF-8', 'user-agent': BROWSER },
    body: JSON.stringify({
      key,
      id: randomUUID(),
      at: 0,
      url: `${origin}/contact`,
      form: { name: 'Contact' },
      fields: { name: 'Ada', email: 'ada@example.com', birthday: '1 May', password: 'hunter2!' },
    }),
  });
  expect(response.status).toBe(204);
  await town.sees('FORM_SUBMITTED');
  await town.sees('LEAD_CREATED');
  const letter = await town.until('the partner was told', () => partner.letters[0]);
  const { type, data } = JSON.parse(letter.body);
  expect(type).toBe('form.submitted');
  expect(data.formSubmission).toMatchObject({
    form: { name: 'Contact' },
    fields: [
      { name: 'name', value: 'Ada' },
      { name: 'email', value: 'ada@example.com' },
      { name: 'birthday', value: '1 May' },
    ],
    lead: { name: 'Ada', emails: ['ada@example.com'] },
    isFirst: true,
  });
  await town.ask(
    'mutation($input: UpdateFormSettingsInput!) { updateFormSettings(input: $input) { userErrors { message } } }',
    { input: { companyId, ignoredFields: ['birthday'] } },
  );
  await town.until('the birthday is gone', async () => {
    const { company } = await town.ask(
      'query($id: ID!) { company: node(id: $id) { ... on Company { formSettings { removingSince } } } }',
      { id: companyId },
    );
    return company.formSettings.removingSince === null;
  });
  const { formSubmissions } = await town.ask(
    '{ formSubmissions(first: 5) { nodes { form { name } version fields { name } } } }',
  );
  const [contact] = formSubmissions.nodes.filter(({ form }: Data) => form.name === 'Contact');
  expect(contact).toMatchObject({ version: 2, fields: [{ name: 'name' }, { name: 'email' }] });

  // nor does a copy of what was told go on telling it: sent again, it is rendered anew
  const { db } = town.server.platform;
  await town.until('what was told is forgotten', async () => {
    const texts = await db.prisma.webhookBody.findMany();
    return !JSON.stringify(texts).includes('birthday');
  });
  const { webhookDeliveries } = await town.ask('{ webhookDeliveries(first: 5) { nodes { id } } }');
  await town.ask(
    'mutation($input: ReplayWebhookDeliveriesInput!) { replayWebhookDeliveries(input: $input) { userErrors { message } } }',
    { input: { deliveryIds: webhookDeliveries.nodes.map(({ id }: Data) => id) } },
  );
  const again = await town.until('it was told again', () => partner.letters[1]);
  expect(JSON.parse(again.body).data.formSubmission.fields).toEqual([
    { name: 'name', value: 'Ada' },
    { name: 'email', value: 'ada@example.com' },
  ]);
});

const FORM = `id session { id } source { medium campaign } keyword landingPageUrl
  lead { id name version phoneNumbers emails milestones { firstTouch { source { campaign } } leadCreated { session { id } }
    qualified { at } lastTouch { source { campaign } } } }
  attribution(model: LINEAR) { basis confidence explanation session { id } candidates { probability }
    touchpoints { session { id } source { campaign } } credits { millionths } }`;

/** A browser on the company's website. */
function openBrowser() {
  const visitor = randomUUID();
  let session: string | null = null;
  const post = async (path: string, body: object) => {
    const response = await fetch(`${town.server.url}/collect/${path}`, {
      method: 'POST',
      headers: { origin, 'user-agent': 'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0.0.0' },
      body: JSON.stringify({ key, visitor, session, id: randomUUID(), at: Date.now(), ...body }),
    });
    const text = await response.text();
    return { status: response.status, text, body: text ? JSON.parse(text) : null };
  };
  return {
    visits: async (query: string) => {
      const url = `${origin}/?${query}`;
      const page = { url, referrer: '', consent: 'granted', numbers: [] };
      session = (await post('visit', page)).body.session;
      return encodeGlobalId('VisitorSession', session ?? '');
    },
    sends: (fields: object) => post('form', { url: `${origin}/contact`, fields }),
    identifies: (person: object) => post('identify', person),
  };
}

/** The newest form of this person, once it is judged. */
const judged = (email: string) =>
  town.until('the form is judged', async () => {
    const { formSubmissions } = await town.ask(
      `{ formSubmissions(first: 20) { nodes { id lead { emails } attribution { basis } } } }`,
    );
    const found = formSubmissions.nodes.find(
      ({ lead, attribution }: Data) => attribution && lead?.emails.includes(email),
    );
    if (!found) return undefined;
    return (
      await town.ask(
        `query($id: ID!) { node(id: $id) { ... on FormSubmission { ${FORM} } } }`,
        found,
      )
    ).node;
  });

it('is put down to its visit; a browser whose user was named is its user’s, and nothing is told or changed by that', async () => {
  const ann = openBrowser();
  await ann.visits('utm_source=news&utm_medium=email&utm_campaign=May');
  const second = await ann.visits('gclid=abc&utm_campaign=Doors&utm_term=garage+door');
  await ann.sends({ email: 'ann@example.com', name: 'Ann' });
  const form = await judged('ann@example.com');
  expect(form).toMatchObject({
    session: { id: second },
    // the source that the visitor has from their first visit
    source: { medium: 'email', campaign: 'May' },
    keyword: null,
    landingPageUrl: `${origin}/?utm_source=news&utm_medium=email&utm_campaign=May`,
    attribution: {
      basis: 'SESSION_KNOWN',
      confidence: 1,
      explanation: 'The form was sent in this visit, as the browser itself told.',
      session: { id: second },
      candidates: [],
      touchpoints: [{ source: { campaign: 'May' } }, { session: { id: second } }],
      credits: [{ millionths: 500_000 }, { millionths: 500_000 }],
    },
    lead: {
      milestones: {
        firstTouch: { source: { campaign: 'May' } },
        leadCreated: { session: { id: second } },
        qualified: null,
        lastTouch: { source: { campaign: 'Doors' } },
      },
    },
  });

  // Bob is nobody's lead yet; Eve says that she is Ann
  const bob = openBrowser();
  const bobs = await bob.visits('utm_source=bing&utm_medium=cpc&utm_campaign=Springs');
  const eve = openBrowser();
  await eve.visits('utm_source=eve');
  const answers = [
    await bob.identifies({ email: ' Bob@Example.com ', phone: 'ask me' }),
    await bob.identifies({ email: 'bob@example.com', name: 'Bob' }),
    await eve.identifies({ email: 'ann@example.com', phone: '+14155550199', name: 'Eve' }),
    await eve.identifies({ email: 'nobody@example.com' }),
  ];
  expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(4).fill([204, '']));
  expect((await judged('ann@example.com')).lead).toEqual(form.lead);
  const unnamed = await bob.identifies({ phone: 'ask me' });
  expect(unnamed).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', field: 'phone' } });
  const forged = await bob.identifies({ email: 'bob@example.com', key: 'sb_site_forged' });
  expect(forged).toMatchObject({ status: 403, body: { code: 'UNKNOWN_KEY' } });

  // a server brings in Bob's form and knows of no visit
  const { createFormSubmission } = await town.ask(
    `mutation($input: CreateFormSubmissionInput!) { createFormSubmission(input: $input) {
       formSubmission { id } userErrors { message } } }`,
    { input: { companyId, fields: [{ name: 'email', value: 'bob@example.com' }] } },
  );
  expect(createFormSubmission.userErrors).toEqual([]);
  expect(await judged('bob@example.com')).toMatchObject({
    session: null,
    source: { campaign: 'Springs' },
    attribution: { basis: 'CALLER_HISTORY', confidence: 0.6, session: { id: bobs } },
    lead: { milestones: { leadCreated: { session: { id: bobs } } } },
  });
  const claims = await town.server.platform.db.prisma.visitorClaim.findMany();
  expect(claims).toHaveLength(4);
  expect(JSON.stringify(claims)).not.toContain('example.com');
});
