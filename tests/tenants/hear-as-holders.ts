// What those of the others who hold webhook endpoints are told while the marked company has events: what is delivered, what
// the log of deliveries lists, and what the verbs answer that name the marked endpoint and delivery.

import { CREATE } from '#tests/domains/webhooks/customer.ts';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import type { Town } from '#tests/support/town.ts';
import { openHolders, tellOfLead } from './holders.ts';
import { MARK, type MarkedAccount } from './marked-account.ts';
import { uuidOf } from './others.ts';

const ERRORS = 'userErrors { code }';
const LISTS = `{ webhookDeliveries(first: 100) { nodes { id eventId body attempts { response } } }
  webhookEndpoints(first: 50) { nodes { id url query } } }`;
const TEST = `mutation($input: TestWebhookEndpointInput!) { done: testWebhookEndpoint(input: $input) { ${ERRORS} } }`;
const REPLAY = `mutation($input: ReplayWebhookDeliveriesInput!) { done: replayWebhookDeliveries(input: $input) { ${ERRORS} } }`;
const CHANGES = `mutation($call: UpdateCallInput!, $lead: UpdateLeadInput!) {
  updateCall(input: $call) { ${ERRORS} } updateLead(input: $lead) { ${ERRORS} } }`;

/**
 * Plays it.
 * @param queries the selections that each of them stores
 * @param leaks what an answer shows that its asker must not see
 * @returns every fault, in words
 */
export async function hearAsHolders(
  town: Town,
  marked: MarkedAccount,
  stranger: { accountId: string; key: string },
  queries: readonly (string | null)[],
  leaks: (answer: unknown, viewer: { accountId: string }, sent?: string) => string[],
): Promise<string[]> {
  const { prisma } = town.server.platform.db;
  const { Company, Call, Lead, WebhookEndpoint, WebhookDelivery } = marked.ids;
  const holders = await openHolders(town, marked, stranger, queries);
  const control = await openReceiver();
  const eventTypes = ['CALL_UPDATED', 'LEAD_UPDATED'];
  await town.ask(CREATE, { input: { url: control.url, eventTypes, companyIds: [Company] } });

  const { data } = await town.answer('{ companies { nodes { id } } }', {}, stranger.key);
  const lead = uuidOf(Lead ?? '');
  const ownEvents = [
    await tellOfLead(town, own(stranger.accountId, data.companies.nodes[0].id), lead),
    await tellOfLead(town, own(town.accountId, marked.otherCompanyId), lead),
  ];
  await town.ask(CHANGES, {
    call: { callId: Call, note: `${MARK} again` },
    lead: { leadId: Lead, name: `${MARK} again` },
  });
  await town.until('the marked company is told of its own', () =>
    eventTypes.every((type) =>
      control.letters.some(({ body }) => body.includes(type.replace('_', '.').toLowerCase())),
    ),
  );
  await town.until('every endpoint of the others has sent what it had to', async () => {
    const endpointId = { in: holders.flatMap(({ endpointIds }) => endpointIds.map(uuidOf)) };
    return (await prisma.webhookDelivery.count({ where: { endpointId, state: 'PENDING' } })) === 0;
  });

  const found: string[] = [];
  if (!control.letters.some(({ body }) => body.includes(MARK))) found.push('nothing was marked');
  for (const { who, accountId, isNarrowed, endpointIds, receiver, ask } of holders) {
    const viewer = { accountId };
    const fault = (what: string, seen: unknown) => found.push(`${who} ${what}: ${String(seen)}`);
    const told = receiver.letters.map(({ headers }) => headers['webhook-id'] ?? '');
    const foreign = told.filter((id) => !ownEvents.includes(id));
    if (foreign.length > 0) fault('was told of', foreign);
    // so that silence means something: each of the endpoints does work
    if (told.length !== endpointIds.length) fault('was not told of its own', told.length);
    for (const { body } of receiver.letters) {
      const leaked = leaks(JSON.parse(body), viewer);
      if (leaked.length > 0) fault('was sent', leaked);
    }
    const rows = await prisma.webhookDelivery.findMany({
      where: { endpointId: { in: endpointIds.map(uuidOf) }, eventId: { notIn: ownEvents } },
    });
    const wrong = rows.filter(({ failure }) => !isNarrowed || failure !== 'NOT_ALLOWED');
    if (wrong.length > 0)
      fault(
        'has deliveries',
        wrong.map(({ eventType }) => eventType),
      );
    if (isNarrowed && rows.length < queries.length) fault('was refused too few', rows.length);

    const lists = await ask(LISTS);
    if (Boolean(lists.errors) !== isNarrowed) fault('may not list, or may', lists.errors);
    const listed = leaks(lists, viewer);
    if (listed.length > 0) fault('is listed', listed);
    for (const [verb, input] of [
      [TEST, { webhookEndpointId: WebhookEndpoint }],
      [REPLAY, { deliveryIds: [WebhookDelivery] }],
      [REPLAY, { webhookEndpointId: WebhookEndpoint, failedOnly: true }],
    ] as const) {
      const { data: answer, errors } = await ask(verb, { input });
      const codes = [
        ...(answer?.done?.userErrors ?? []).map(({ code }: { code: string }) => code),
        ...(errors ?? []).map(({ extensions }) => extensions?.code),
      ];
      const refusal = isNarrowed ? 'FORBIDDEN' : 'NOT_FOUND';
      if (codes.join() !== refusal) fault(`is answered to ${verb}`, codes);
    }
  }
  // nothing else is to be sent to them
  const made = { url: { in: [control.url, ...holders.map(({ receiver }) => receiver.url)] } };
  await prisma.webhookEndpoint.deleteMany({ where: made });
  return found;
}

const own = (accountId: string, company: string) => ({ accountId, companyId: uuidOf(company) });
