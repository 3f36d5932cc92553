// Consent: whether a company may text a number, and the ledger behind it; also as a part of Lead, and as an event.
import { Actor, Company, may } from '#domains/accounts/index.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { Lead } from '#domains/leads/index.ts';
import type { ConsentEntry as EntryRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { maskPhoneNumber } from '#values/phone-number.ts';
import {
  consentOf,
  openRequestOf,
  type ConsentState as State,
  stateOfConsent,
  WINDOW_MS,
} from '../machine.ts';
import {
  consentsOfLeads,
  countEntries,
  findConsents,
  findEntries,
  listEntries,
} from '../read-consents.ts';
import type { ConsentRow } from '../store.ts';
import { ConsentEntryKind, ConsentSource, ConsentState } from './words.ts';

/** An entry with the company whose rights it is read under. */
type Shown = EntryRow & { companyId: string };

const ConsentEvidence = builder.objectRef<Shown>('ConsentEvidence').implement({
  description: 'What proves an opt-in or opt-out.',
  fields: (t) => ({
    url: t.exposeString('url', { nullable: true, description: 'The page on which it was given.' }),
    shownText: t.exposeString('shownText', {
      nullable: true,
      description: 'What they were shown or told, or wrote.',
    }),
    ipAddress: t.exposeString('ipAddress', {
      nullable: true,
      description: 'The address of the network that it came from.',
    }),
    reference: t.exposeString('reference', {
      nullable: true,
      description:
        'Where the proof is kept: the id of a call, a form, a document; of a YES to an opt-in prompt, the id of the prompt.',
    }),
    messageId: t.id({
      nullable: true,
      description: 'The text that said it; null where none did.',
      resolve: ({ messageId }) => messageId && encodeGlobalId('Message', messageId),
    }),
  }),
});

const ConsentEntry = builder.objectRef<Shown>('ConsentEntry').implement({
  description: 'One line of the ledger; it is never changed.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ConsentEntryKind, description: 'What was said.' }),
    source: t.expose('source', { type: ConsentSource, description: 'By what it was said.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was said.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was entered.' }),
    recordedBy: t.field({
      type: Actor,
      description: 'Who entered it.',
      resolve: ({ recordedBy }) => recordedBy,
    }),
    evidence: t.field({
      type: ConsentEvidence,
      nullable: true,
      description:
        'What proves it; null for texts that answer no prompt, and without the scope PERSONAL_READ.',
      resolve: (entry, _args, { viewer }) =>
        hasEvidence(entry) && may(viewer, 'personal.read', entry.companyId) ? entry : null,
    }),
  }),
});

const ConsentEntryConnection = defineConnection(ConsentEntry, 'ConsentEntry');

export const Consent = defineNode<ConsentRow>('Consent', (ids, { platform, viewer }) =>
  findConsents(platform, viewer, ids),
);

Consent.implement({
  description:
    'What a telephone number has agreed to with a company. It rules every text of the company to that number.',
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'With whom.',
      resolve: ({ companyId }) => companyId,
    }),
    phoneNumber: t.field({
      type: 'PhoneNumber',
      description: 'Whose; masked without the scope PERSONAL_READ.',
      resolve: ({ number, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? number : maskPhoneNumber(number),
    }),
    state: t.field({
      type: ConsentState,
      description: 'How it stands now.',
      resolve: (row, _args, { platform, viewer }) =>
        stateOfConsent(consentOf(row), platform.clock.now(viewer.accountId)),
    }),
    optedInAt: t.expose('optedInAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When they last opted in. It counts while no opt-out is as late or later.',
    }),
    optedOutAt: t.expose('optedOutAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When they last opted out.',
    }),
    lastInboundAt: t.expose('lastInboundAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When their last text came that was no opt-out.',
    }),
    impliedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        '24 hours after their last text: without an opt-in, refused from this moment on. Null when they never texted.',
      resolve: ({ lastInboundAt }) =>
        lastInboundAt && new Date(lastInboundAt.getTime() + WINDOW_MS),
    }),
    request: t.field({
      type: ConsentEntry,
      nullable: true,
      description:
        'The text that seems to ask for no more and waits to be judged, see reviewOptOutRequest; null when none does.',
      resolve: async (row, _args, { platform, viewer }) => {
        const id = openRequestOf(row);
        const [entry] = id ? await findEntries(platform, viewer.accountId, [id]) : [];
        return entry ? { ...entry, companyId: row.companyId } : null;
      },
    }),
    entries: t.field({
      type: ConsentEntryConnection,
      description: 'The ledger: what was said, the latest first.',
      args: pageArgs(t),
      resolve: (row, args, { platform, viewer }) =>
        readPage(args, {
          rows: async (page) => {
            const rows = await listEntries(platform, viewer.accountId, row.id, page);
            return rows.map((entry) => ({ ...entry, companyId: row.companyId }));
          },
          count: (cap) => countEntries(platform, viewer.accountId, row.id, cap),
          sortValue: ({ at }) => at.toISOString(),
        }),
    }),
    version: t.exposeInt('version', { description: 'Rises with every entry.' }),
    changedAt: t.expose('changedAt', {
      type: 'DateTime',
      description: 'When the last entry was made.',
    }),
  }),
});

/** How a consent that was read by its id stands now; NONE when the viewer sees none. */
export async function consentStateOf(id: string, context: Context): Promise<State> {
  const { platform, viewer } = context;
  const row = await Consent.getDataloader(context).load(id);
  return row ? stateOfConsent(consentOf(row), platform.clock.now(viewer.accountId)) : 'NONE';
}

function hasEvidence({ url, shownText, ipAddress, reference }: EntryRow): boolean {
  return [url, shownText, ipAddress, reference].some((part) => part !== null);
}

builder.objectFields(Lead, (t) => ({
  consent: t.loadableList({
    type: Consent,
    description:
      'Whether the company may text them: one for each of their numbers of which anything is known; none without the scope MESSAGES_READ.',
    load: (ids: string[], { platform, viewer }: Context) => consentsOfLeads(platform, viewer, ids),
    resolve: (lead) => lead.id,
  }),
}));

implementEvent({
  typename: 'ConsentEvent',
  types: ['consent.changed'],
  description: 'What may be sent to a number has changed.',
  fields: (t) => ({
    consent: t.field({
      type: Consent,
      nullable: true,
      description: 'The consent as it is now; null when it was erased.',
      resolve: ({ payload }) => String(payload.consentId),
    }),
    kind: t.field({
      type: ConsentEntryKind,
      description: 'What was said.',
      resolve: ({ payload }) => payload.kind as typeof ConsentEntryKind.$inferType,
    }),
  }),
});
