// recordConsent and reviewOptOutRequest.
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { recordConsent } from '../record-consent.ts';
import { reviewOptOutRequest } from '../review-opt-out-request.ts';
import { Consent } from './consent.ts';

const RecordedConsent = builder.enumType('RecordedConsent', {
  description: 'What can be entered in the ledger.',
  values: {
    OPT_IN: { description: 'They agreed to be texted.' },
    OPT_OUT: { description: 'They want no more texts.' },
  } as const,
});

const RecordedConsentSource = builder.enumType('RecordedConsentSource', {
  description: 'By what it was said; texts are entered by the server itself.',
  values: {
    FORM: { description: 'A form, on paper or on a page.' },
    VERBAL: { description: 'By voice: on the telephone, or face to face.' },
    EMAIL: { description: 'An e-mail.' },
    IMPORT: { description: 'A list of an older system.' },
    API: { description: 'Another program that asked them.' },
  } as const,
});

const ConsentEvidenceInput = builder.inputType('ConsentEvidenceInput', {
  description: 'What proves it. Each text takes up to 2,000 characters.',
  fields: (t) => ({
    url: t.string({ description: 'The page on which it was given.' }),
    shownText: t.string({ description: 'What they were shown or told, or wrote.' }),
    ipAddress: t.string({ description: 'The address of the network that it came from.' }),
    reference: t.string({
      description: 'Where the proof is kept: the id of a call, a form, a document.',
    }),
  }),
});

const OptOutDecision = builder.enumType('OptOutDecision', {
  description: 'What a text in free words was.',
  values: {
    OPT_OUT: { description: 'They want no more texts.' },
    DISMISS: { description: 'It asked for something else; what was held may be sent again.' },
  } as const,
});

defineMutation('recordConsent', {
  description:
    'Enters an opt-in or opt-out that did not come as a text. It rules at once all that the company sends to the number: by every number of the company, agent and flow. An opt-in after a STOP by text does not lift the block of the carrier; only START from their telephone does.',
  input: (t) => ({
    companyId: t.id({ required: true, description: 'With which company.' }),
    phoneNumber: t.field({ type: 'PhoneNumber', required: true, description: 'Of which number.' }),
    kind: t.field({ type: RecordedConsent, required: true, description: 'What they said.' }),
    source: t.field({ type: RecordedConsentSource, required: true, description: 'By what.' }),
    at: t.field({ type: 'DateTime', description: 'When they said so; left out: now.' }),
    evidence: t.field({
      type: ConsentEvidenceInput,
      description:
        'An opt-in needs one of shownText, reference and url; one by a form needs shownText and url.',
    }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    recordConsent(platform, viewer, {
      ...input,
      companyId: readId(input.companyId, 'Company', 'companyId'),
    }),
  payload: (t) => ({
    consent: t.field({
      type: Consent,
      nullable: true,
      description: 'What stands now.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('reviewOptOutRequest', {
  description:
    'Judges the text of a number that seems to ask for no more; see `consents(filter: { awaitsReview: true })`.',
  input: (t) => ({
    consentId: t.id({ required: true, description: 'Which consent.' }),
    decision: t.field({ type: OptOutDecision, required: true, description: 'What it was.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    reviewOptOutRequest(platform, viewer, {
      ...input,
      consentId: readId(input.consentId, 'Consent', 'consentId'),
    }),
  payload: (t) => ({
    consent: t.field({
      type: Consent,
      nullable: true,
      description: 'What stands now.',
      resolve: (row) => row,
    }),
  }),
});
