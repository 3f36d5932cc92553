// Message and MessageMedia: what was written, what came with it, and what became of it.
import { Actor, may } from '#domains/accounts/index.ts';
import { AgentNode } from '#domains/agents/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { maskPhoneNumber } from '#values/phone-number.ts';
import { linkToMedia } from '../media-link.ts';
import { findMessages, mediaOf, type ShownMessage } from '../read-messages.ts';
import type { MediaRow } from '../store-media.ts';
import {
  MediaFailureType,
  MediaState,
  MessageDirection,
  MessageFailureType,
  MessageKind,
  MessageState,
} from './words.ts';

const MessageMedia = builder.objectRef<MediaRow>('MessageMedia').implement({
  description: 'A file that came or goes with a text.',
  fields: (t) => ({
    state: t.expose('state', { type: MediaState, description: 'Where it stands.' }),
    failure: t.field({
      type: MediaFailureType,
      nullable: true,
      description: 'On FAILED: why.',
      resolve: ({ failure }) => failure as never,
    }),
    contentType: t.exposeString('contentType', {
      nullable: true,
      description: 'What it is by its content: image/jpeg. Null until READY.',
    }),
    sizeBytes: t.exposeInt('sizeBytes', {
      nullable: true,
      description: 'Its size; null until READY.',
    }),
    sha256: t.string({
      nullable: true,
      description: 'The checksum of the stored file, in hexadecimal.',
      resolve: ({ sha256 }) => (sha256 ? Buffer.from(sha256).toString('hex') : null),
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'A signed link to the file, good for 15 minutes; null until READY.',
      resolve: ({ accountId, id, state }, _args, { platform }) => {
        const root = { secrets: platform.secrets, publicUrl: platform.publicUrl() };
        const now = platform.clock.now(accountId);
        return state === 'READY' ? linkToMedia(root, { accountId, id }, now) : null;
      },
    }),
  }),
});

export const Message = defineNode<ShownMessage>('Message', (ids, { platform, viewer }) =>
  findMessages(platform.db, viewer, ids),
);

const MASKED = '•••';

Message.implement({
  description: 'A text, with or without files.',
  fields: (t) => ({
    direction: t.expose('direction', { type: MessageDirection, description: 'Who wrote.' }),
    kind: t.expose('kind', { type: MessageKind, description: 'How it came to be written.' }),
    state: t.field({
      type: MessageState,
      description: 'Where it stands.',
      resolve: ({ state }) => (state === 'SENDING' ? 'QUEUED' : state),
    }),
    text: t.string({
      description: 'What was written; ••• without the scope PERSONAL_READ.',
      resolve: ({ text, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? text : MASKED,
    }),
    media: t.loadableList({
      type: MessageMedia,
      description: 'Files that came or go with it; none without the scope PERSONAL_READ.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const shown = ids.filter((id) => id !== '');
        const media = await mediaOf(platform.db, viewer, shown);
        return ids.map((id) => media[shown.indexOf(id)] ?? []);
      },
      resolve: ({ id, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? id : '',
    }),
    from: t.field({
      type: 'PhoneNumber',
      description: 'Whose number it came from; a customer’s is masked without PERSONAL_READ.',
      resolve: (row, _args, { viewer }) => shown(row, row.direction === 'INBOUND', viewer),
    }),
    to: t.field({
      type: 'PhoneNumber',
      description: 'The number that it went to; a customer’s is masked without PERSONAL_READ.',
      resolve: (row, _args, { viewer }) => shown(row, row.direction === 'OUTBOUND', viewer),
    }),
    at: t.expose('at', {
      type: 'DateTime',
      description: 'When it came in, or was or is to be sent.',
    }),
    segments: t.exposeInt('segments', {
      nullable: true,
      description: 'Of how many parts it was, by the carrier’s count; null until it tells.',
    }),
    failure: t.expose('failure', {
      type: MessageFailureType,
      nullable: true,
      description: 'On FAILED: why.',
    }),
    carrierCode: t.exposeString('carrierCode', {
      nullable: true,
      description: 'On FAILED: the carrier’s own code, where it told one.',
    }),
    sentBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Of a text that went out: who sent it.',
      resolve: ({ sentBy }) => sentBy,
    }),
    agent: t.field({
      type: AgentNode,
      nullable: true,
      description:
        'The agent who sent it, or in whose thread it came; null without the scope AGENTS_READ.',
      resolve: ({ agentId }) => agentId,
    }),
    sentAt: t.expose('sentAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the carrier took it.',
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it arrived, by the carrier’s word.',
    }),
  }),
});

function shown(row: ShownMessage, isCustomer: boolean, viewer: Parameters<typeof may>[0]): string {
  if (!isCustomer) return row.ownNumber;
  const { customerNumber, companyId } = row;
  return may(viewer, 'personal.read', companyId) ? customerNumber : maskPhoneNumber(customerNumber);
}
