// User: a person in this account, with role and companies.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { addUser } from '../add-user.ts';
import { changeUserRole } from '../change-user-role.ts';
import { countUsers, findUsers, listUsers } from '../list-users.ts';
import { may } from '../permissions.ts';
import { removeUser } from '../remove-user.ts';
import { sendInvitation } from '../sign-in/send-invitation.ts';
import type { Member } from '../store.ts';
import { Company } from './company.ts';
import { RoleEnum } from './words.ts';

export const User = defineNode<Member>('User', (ids, { platform, viewer }) =>
  findUsers(platform, viewer, ids),
);
User.implement({
  description: 'A person in this account.',
  fields: (t) => ({
    name: t.string({
      description: 'The name; masked for others without the scope PERSONAL_READ.',
      resolve: ({ id, user }, _args, context) => (isOpen(context, id) ? user.name : '•••'),
    }),
    email: t.string({
      description: 'The address; masked for others without the scope PERSONAL_READ.',
      resolve: ({ id, user }, _args, context) =>
        isOpen(context, id) ? user.email : `•••${user.email.slice(user.email.indexOf('@'))}`,
    }),
    role: t.expose('role', { type: RoleEnum, description: 'What the person may do.' }),
    companies: t.field({
      type: [Company],
      nullable: { list: true, items: true },
      description: 'The companies that the person is kept to; null = every company.',
      extensions: { listSize: 50 },
      resolve: ({ allCompanies, companyIds }) => (allCompanies ? null : companyIds),
    }),
    version: t.exposeInt('version', { description: 'Rises with every change of role.' }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When the person was added.',
    }),
  }),
});

const UserConnection = defineConnection(User, 'User');

const UserFilter = builder.inputType('UserFilter', {
  description: 'Which users.',
  fields: (t) => ({
    role: t.field({ type: RoleEnum, description: 'Only those with this role.' }),
  }),
});

const UserOrderField = builder.enumType('UserOrderField', {
  description: 'What users are sorted by.',
  values: { CREATED_AT: { value: 'createdAt', description: 'By the time they were added.' } },
});

const UserOrder = builder.inputType('UserOrder', {
  description: 'How users are sorted.',
  fields: (t) => ({
    field: t.field({ type: UserOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('users', (t) =>
  t.field({
    type: UserConnection,
    description: 'The people of this account, first added first unless told otherwise.',
    args: {
      filter: t.arg({ type: UserFilter, description: 'Which users.' }),
      order: t.arg({ type: UserOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = args.filter ?? {};
      const direction = args.order?.direction ?? 'asc';
      return readPage(args, {
        rows: (page) => listUsers(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countUsers(platform, viewer, filter, cap),
        sortValue: (member) => member.createdAt.toISOString(),
      });
    },
  }),
);

defineMutation('addUser', {
  description:
    'Makes a person a member of this account. A mail invites them to choose a password, or tells those who have one; NOTIFICATION users, who do not sign in, get none.',
  input: (t) => ({
    email: t.string({ required: true, description: 'The person’s address.' }),
    name: t.string({ required: true, description: 'The person’s name, up to 100 characters.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'What the person may do.' }),
    companyIds: t.idList({ description: 'Keeps the person to these companies.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    addUser(platform, viewer, {
      ...input,
      companyIds: readIds(input.companyIds, 'Company', 'companyIds'),
    }),
  payload: (t) => ({
    user: t.field({
      type: User,
      nullable: true,
      description: 'The new member.',
      resolve: (member) => member,
    }),
  }),
});

defineMutation('sendInvitation', {
  description:
    'Mails the invitation again, to a person who has not chosen a password yet; at most 5 times a day.',
  input: (t) => ({
    userId: t.id({ required: true, description: 'Which person.' }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    sendInvitation(platform, viewer, { ...input, userId: readId(input.userId, 'User', 'userId') }),
  payload: (t) => ({
    user: t.field({
      type: User,
      nullable: true,
      description: 'The person who is written to.',
      resolve: (member) => member,
    }),
  }),
});

defineMutation('changeUserRole', {
  description: 'Changes what a person may do. An account keeps at least one ADMIN.',
  input: (t) => ({
    userId: t.id({ required: true, description: 'Which person.' }),
    role: t.field({ type: RoleEnum, description: 'The new role.' }),
    companyIds: t.idList({
      description: 'Keeps the person to these companies; null gives every company.',
    }),
    ...expectedVersion(t),
  }),
  run: ({ companyIds, ...input }, { platform, viewer }) =>
    changeUserRole(platform, viewer, {
      ...input,
      userId: readId(input.userId, 'User', 'userId'),
      companyIds: companyIds === null ? null : readIds(companyIds, 'Company', 'companyIds'),
    }),
  payload: (t) => ({
    user: t.field({
      type: User,
      nullable: true,
      description: 'The person as they stand now.',
      resolve: (member) => member,
    }),
  }),
});

defineMutation('removeUser', {
  description: 'Ends a person’s membership. An account keeps at least one ADMIN.',
  input: (t) => ({
    userId: t.id({ required: true, description: 'Which person.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    removeUser(platform, viewer, { ...input, userId: readId(input.userId, 'User', 'userId') }),
  payload: (t) => ({
    removedUserId: t.id({
      nullable: true,
      description: 'The id that the person had here.',
      resolve: (member) => encodeGlobalId('User', member.id),
    }),
  }),
});

function isOpen({ viewer }: Context, userId: string): boolean {
  return viewer.actor.id === userId || may(viewer, 'personal.read');
}
