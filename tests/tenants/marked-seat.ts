// The marked account's Lead Center: a seat, a view of its inbox, and what a customer agreed to, with its proof.
import { randomUUID } from 'node:crypto';
import { peopleOf } from '#tests/support/people.ts';
import type { Town } from '#tests/support/town.ts';
import { encodeGlobalId } from '#values/global-id.ts';

/** Opens it; answers the ids of what is there. */
export async function openSeat(
  town: Town,
  { companyId, number }: { companyId: string; number: string },
  mark: string,
): Promise<Record<string, string>> {
  // who serves every company is seen in every company
  const seated = { email: 'seated@example.com', role: 'AGENT', companyIds: [companyId] };
  const { id: userId } = await peopleOf(town).invites(seated);
  const { addAgent } = await town.ask(
    `mutation($input: AddAgentInput!) { addAgent(input: $input) {
       agent { id } userErrors { code message field } } }`,
    { input: { userId, namedPerson: mark } },
  );
  const { recordConsent } = await town.ask(
    `mutation($input: RecordConsentInput!) { recordConsent(input: $input) {
       consent { id } userErrors { code message field } } }`,
    {
      input: {
        ...{ companyId, phoneNumber: number, kind: 'OPT_IN', source: 'VERBAL' },
        evidence: { shownText: mark, reference: mark, url: mark },
      },
    },
  );
  const { createSavedView } = await town.ask(
    `mutation($input: CreateSavedViewInput!) { createSavedView(input: $input) {
       savedView { id } userErrors { code message field } } }`,
    { input: { name: mark, filter: { companyIds: [companyId], tags: [mark] }, isShared: true } },
  );
  const { createSavedSearch } = await town.ask(
    `mutation($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) {
       savedSearch { id } userErrors { code message field } } }`,
    { input: { name: mark, query: mark, filter: { companyIds: [companyId], tags: [mark] } } },
  );
  const upload = await fetch(`${town.server.url}/uploads?name=${mark}`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${town.key}` }, body: mark },
  });
  return {
    SavedView: createSavedView.savedView.id,
    SavedSearch: createSavedSearch.savedSearch.id,
    Upload: ((await upload.json()) as { id: string }).id,
    Agent: addAgent.agent.id,
    Consent: recordConsent.consent.id,
    Lease: encodeGlobalId('Lease', randomUUID()),
  };
}
