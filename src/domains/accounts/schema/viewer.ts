// Query.viewer: who is asking, and what the asker may do.
import { builder } from '#graphql/builder.ts';
import { pageArgs, readPage } from '#graphql/connection.ts';
import type { Viewer as ViewerValue } from '#values/viewer.ts';
import { countSessions, listOwnAccounts, listSessions } from '../sign-in/list-sessions.ts';
import { Account } from './account.ts';
import { ApiKey } from './api-key.ts';
import { Company } from './company.ts';
import { AccountMembership, SessionConnection } from './session.ts';
import { User } from './user.ts';
import { RoleEnum, ScopeEnum } from './words.ts';

export const Viewer = builder.objectRef<ViewerValue>('Viewer').implement({
  description: 'Who is asking: a person or an API key, in one account.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      nullable: true,
      description: 'The account that the viewer belongs to.',
      resolve: (viewer) => viewer.accountId,
    }),
    user: t.field({
      type: User,
      nullable: true,
      description: 'The person; null for a key.',
      resolve: ({ actor }) => (actor.kind === 'user' ? actor.id : null),
    }),
    apiKey: t.field({
      type: ApiKey,
      nullable: true,
      description: 'The key; null for a person.',
      resolve: ({ actor }) => (actor.kind === 'key' ? actor.id : null),
    }),
    role: t.expose('role', { type: RoleEnum, description: 'The role that the viewer acts in.' }),
    scopes: t.field({
      type: [ScopeEnum],
      description: 'What the viewer may make use of.',
      resolve: (viewer) => [...viewer.scopes],
    }),
    companies: t.field({
      type: [Company],
      nullable: { list: true, items: true },
      description:
        'The companies that the viewer is kept to; null = every company, see `Query.companies`.',
      extensions: { listSize: 50 },
      resolve: (viewer) => viewer.companyIds && [...viewer.companyIds],
    }),
    accounts: t.field({
      type: [AccountMembership],
      nullable: true,
      description:
        'The accounts in which the person can sign in, first joined first; null for a key.',
      extensions: { listSize: 10 },
      resolve: (viewer, _args, { platform }) => listOwnAccounts(platform, viewer),
    }),
    sessions: t.field({
      type: SessionConnection,
      description: 'Where the person is signed in, newest first. Refused to keys.',
      args: pageArgs(t),
      resolve: (viewer, args, { platform }) =>
        readPage(args, {
          rows: (page) => listSessions(platform, viewer, page),
          count: (cap) => countSessions(platform, viewer, cap),
          sortValue: (session) => session.createdAt.toISOString(),
        }),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who is asking.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
