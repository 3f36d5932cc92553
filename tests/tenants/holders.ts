// Those of the others who may hold a webhook endpoint: keys, and people of every role that may, of another account and
// another company; and an admin who made one for every company before becoming a manager of another one.
import { may, verbOfEvent } from '#domains/accounts/index.ts';
import { leadUpdated } from '#domains/leads/events.ts';
import { CREATE } from '#tests/domains/webhooks/customer.ts';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import { peopleOf } from '#tests/support/people.ts';
import type { RawAnswer, Town } from '#tests/support/town.ts';
import { EVENT_TYPES, eventEnumName } from '#values/event-types.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';
import type { MarkedAccount } from './marked-account.ts';
import { uuidOf, viewerOf } from './others.ts';

export interface Holder {
  who: string;
  accountId: string;
  /** made a MANAGER of the other company only after the endpoints were made */
  isNarrowed: boolean;
  /** global ids, one for each selection */
  endpointIds: string[];
  receiver: Awaited<ReturnType<typeof openReceiver>>;
  ask(query: string, variables?: object): Promise<RawAnswer>;
}

interface Place {
  who: string;
  accountId: string;
  key: string;
  /** global ids; undefined = every company */
  companyIds?: string[];
}

export const ROLES_THAT_HOLD = ROLES.filter((role) =>
  may(viewerOf('', role, null), 'webhooks.write'),
);
const KEY = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret userErrors { message } } }`;
const NARROW = `mutation($input: ChangeUserRoleInput!) {
  changeUserRole(input: $input) { userErrors { code message } } }`;

/**
 * Makes the holders, each with an endpoint for each selection, told of all that it may be told of.
 * @param queries the stored selections; null = the default one
 */
export async function openHolders(
  town: Town,
  marked: MarkedAccount,
  stranger: { accountId: string; key: string },
  queries: readonly (string | null)[],
): Promise<Holder[]> {
  const people = peopleOf(town);
  const companyIds = [marked.otherCompanyId];
  const places: Place[] = [
    { who: "another account's", ...stranger },
    { who: "another company's", accountId: town.accountId, key: town.key, companyIds },
  ];
  const holders: Holder[] = [];
  const hold = async (place: Place, who: string, ask: Holder['ask'], isNarrowed = false) => {
    const receiver = await openReceiver();
    const viewer = viewerOf(place.accountId, 'ADMIN', place.companyIds?.map(uuidOf) ?? null);
    const eventTypes = EVENT_TYPES.filter((type) => may(viewer, verbOfEvent(type)));
    const input = { url: receiver.url, eventTypes: eventTypes.map(eventEnumName) };
    const endpointIds: string[] = [];
    for (const query of queries) {
      const { data, errors } = await ask(CREATE, { input: { ...input, query } });
      const { webhookEndpoint, userErrors } = data?.createWebhookEndpoint ?? {};
      if (!webhookEndpoint) throw new Error(JSON.stringify({ who, errors, userErrors }));
      endpointIds.push(webhookEndpoint.id);
    }
    const { accountId } = place;
    holders.push({ who, accountId, isNarrowed, endpointIds, receiver, ask });
  };
  for (const place of places) {
    const input = { name: 'Holder', scopes: SCOPES.map(enumName), companyIds: place.companyIds };
    const { data } = await town.answer(KEY, { input }, place.key);
    const { secret } = data.createApiKey;
    await hold(place, `${place.who} key`, (query, variables) =>
      town.answer(query, variables, secret),
    );
    for (const role of ROLES_THAT_HOLD) {
      const { key, companyIds: kept } = place;
      // an ADMIN is one of every company: only keys can be kept to some
      if (kept && role === 'ADMIN') continue;
      const { browser } = await people.arrives({ role, key, ...(kept && { companyIds: kept }) });
      await hold(place, `${place.who} ${role}`, (...given) => browser.ask(...given) as never);
    }
  }
  const once = await people.arrives();
  const { accountId, key } = town;
  await hold(
    { who: 'once', accountId, key },
    'who became a manager of another company',
    (...given) => once.browser.ask(...given) as never,
    true,
  );
  await town.ask(NARROW, { input: { userId: once.id, role: 'MANAGER', companyIds } });
  return holders;
}

/**
 * An event of the others' own that names the marked lead, as no product code would write it.
 * @returns its id
 */
export async function tellOfLead(
  town: Town,
  own: { accountId: string; companyId: string },
  leadId: string,
): Promise<string> {
  const { db, events, clock } = town.server.platform;
  const { accountId, companyId } = own;
  const before = await events.head();
  const subject = `lead:${leadId}`;
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [subject]);
    const payload = { leadId, changes: ['name'] };
    const occurredAt = clock.now(accountId);
    await events.append(tx, accountId, [
      // beyond every version of the lead itself
      { definition: leadUpdated, companyId, subject, subjectVersion: 9_999, occurredAt, payload },
    ]);
  });
  return town.until('the event is told', async () => {
    const filter = { types: ['lead.updated'] as const };
    const { events: told } = await events.page({ accountId, after: before, limit: 100, filter });
    return told.find((event) => event.companyId === companyId)?.id;
  });
}

const enumName = (scope: string) => scope.replace(':', '_').toUpperCase();
