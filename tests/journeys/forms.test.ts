// A form on a page of a running server: it is told to whoever follows, to a partner's webhook in full, and loses what the
// company stops wanting.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const origin = 'https://www.garage.example';

it('is stored, told and delivered, and loses what is no longer wanted', async () => {
  const partner = await openReceiver();
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId = companies.nodes[0].id;
  const { updateSite } = await town.ask(
    'mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { publishableKey } userErrors { message } } }',
    { input: { companyId, domains: ['garage.example'] } },
  );
  await town.ask(
    'mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { userErrors { message } } }',
    { input: { url: partner.url, eventTypes: ['FORM_SUBMITTED'] } },
  );
  const response = await fetch(`${town.server.url}/collect/form`, {
    method: 'POST',
    headers: { origin, 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify({
      key: updateSite.site.publishableKey,
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
    '{ formSubmissions(first: 5) { nodes { version fields { name } } } }',
  );
  expect(formSubmissions.nodes).toEqual([
    { version: 2, fields: [{ name: 'name' }, { name: 'email' }] },
  ]);
});
