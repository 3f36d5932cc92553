// Session and AccountMembership: where a person is signed in, and which accounts they can switch to.
import { builder } from '#graphql/builder.ts';
import { defineConnection } from '#graphql/connection.ts';
import { defineNode } from '#graphql/node.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { findSessions } from '../sign-in/list-sessions.ts';
import type { OwnMembership, SessionRow } from '../sign-in/store.ts';
import { AccountMode } from './account.ts';
import { RoleEnum } from './words.ts';

type Membership = Pick<OwnMembership, 'accountId' | 'role' | 'account'>;

export const AccountMembership = builder.objectRef<Membership>('AccountMembership').implement({
  description: 'An account in which the person can sign in, and the role there.',
  fields: (t) => ({
    accountId: t.id({
      description: 'The account: give it to `switchAccount`.',
      resolve: ({ accountId }) => encodeGlobalId('Account', accountId),
    }),
    name: t.string({
      description: 'The account’s name.',
      resolve: ({ account }) => account.name,
    }),
    mode: t.field({
      type: AccountMode,
      description: 'Whether the account is for real.',
      resolve: ({ account }) => account.mode,
    }),
    role: t.expose('role', { type: RoleEnum, description: 'What the person may do there.' }),
  }),
});

export const Session = defineNode<SessionRow>('Session', (ids, { platform, viewer }) =>
  findSessions(platform, viewer, ids),
);
Session.implement({
  description: 'A browser in which a person is signed in. Everybody sees their own only.',
  fields: (t) => ({
    membership: t.field({
      type: AccountMembership,
      description: 'The account that the session acts in.',
      resolve: ({ membership }) => membership,
    }),
    userAgent: t.exposeString('userAgent', {
      nullable: true,
      description: 'What the browser called itself when it signed in, up to 200 characters.',
    }),
    isCurrent: t.boolean({
      description:
        'True for the session that asks; one that this very request opened asks from the next one on.',
      resolve: ({ id }, _args, { viewer }) =>
        viewer?.actor.kind === 'user' && viewer.actor.sessionId === id,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it began.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      description: 'When it was used last, to the minute. Seven days without use end it.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends however much it is used, 30 days after it began.',
    }),
  }),
});

export const SessionConnection = defineConnection(Session, 'Session');
