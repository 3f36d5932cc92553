// What of the marked account was erased: a call, and a person who had sent a form.
import type { Town } from '#tests/support/town.ts';

/** Erases both; answers the ids of the receipts, once nothing is left. */
export async function eraseMarked(
  { ask, until }: Town,
  callId: string,
  companyId: string,
): Promise<Record<string, string>> {
  const { eraseCall } = await ask(
    'mutation($input: EraseCallInput!) { eraseCall(input: $input) { erasure { id } userErrors { code } } }',
    { input: { callId } },
  );
  const fields = [{ name: 'email', value: 'forgotten@example.com' }];
  const { createFormSubmission } = await ask(
    `mutation($input: CreateFormSubmissionInput!) { createFormSubmission(input: $input) {
       formSubmission { lead { id } } userErrors { code message field } } }`,
    { input: { companyId, fields } },
  );
  const { eraseLead } = await ask(
    'mutation($input: EraseLeadInput!) { eraseLead(input: $input) { leadErasure { id } userErrors { code } } }',
    { input: { leadId: createFormSubmission.formSubmission.lead.id } },
  );
  const { id } = eraseLead.leadErasure;
  await until('the person is erased', async () => {
    const { node } = await ask(
      'query($id: ID!) { node(id: $id) { ... on LeadErasure { state } } }',
      { id },
    );
    return node.state === 'ERASED';
  });
  return { Erasure: eraseCall.erasure.id, LeadErasure: id };
}
