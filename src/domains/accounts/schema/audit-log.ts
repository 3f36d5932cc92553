// The audit log: who changed what.
import type { AuditEntry as AuditRow } from '#generated/prisma/client.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { invalidInput } from '#values/refusals.ts';
import { countAuditEntries, findAuditEntries, listAuditEntries } from '../list-audit-entries.ts';
import { Actor, splitName } from './actor.ts';

const AuditEntry = defineNode<AuditRow>('AuditEntry', (ids, { platform, viewer }) =>
  findAuditEntries(platform, viewer, ids),
);
AuditEntry.implement({
  description: 'One change. Entries are never changed themselves.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was made.' }),
    actor: t.field({ type: Actor, description: 'Who made it.', resolve: (entry) => entry.actor }),
    action: t.exposeString('action', { description: 'The mutation: createApiKey.' }),
    subjectType: t.string({
      description: 'What sort of thing was changed: ApiKey.',
      resolve: (entry) => typenameOf(entry.subject),
    }),
    subjectId: t.id({
      description: 'The id of what was changed; it may be gone.',
      resolve: (entry) => encodeGlobalId(typenameOf(entry.subject), splitName(entry.subject).id),
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The changed fields as they were; null when the thing is new.',
      resolve: (entry) => opaque(entry.before),
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The changed fields as they became; null when the thing is gone.',
      resolve: (entry) => opaque(entry.after),
    }),
  }),
});

const AuditEntryConnection = defineConnection(AuditEntry, 'AuditEntry');

const AuditFilterInput = builder.inputType('AuditEntryFilter', {
  description: 'Which changes.',
  fields: (t) => ({
    actorId: t.id({ description: 'Only those of this API key or user.' }),
    action: t.string({ description: 'Only this mutation: createApiKey.' }),
    subjectId: t.id({ description: 'Only changes to this thing.' }),
    from: t.field({ type: 'DateTime', description: 'Only from this moment on.' }),
    until: t.field({ type: 'DateTime', description: 'Only before this moment.' }),
  }),
});

const AuditOrderField = builder.enumType('AuditEntryOrderField', {
  description: 'What changes are sorted by.',
  values: { AT: { value: 'at', description: 'By time.' } },
});

const AuditOrder = builder.inputType('AuditEntryOrder', {
  description: 'How changes are sorted.',
  fields: (t) => ({
    field: t.field({ type: AuditOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditEntryConnection,
    description: 'Who changed what, newest first unless told otherwise.',
    args: {
      filter: t.arg({ type: AuditFilterInput, description: 'Which changes.' }),
      order: t.arg({ type: AuditOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const { actorId, subjectId, ...rest } = args.filter ?? {};
      const filter = { ...rest, actor: actorNamed(actorId), subject: subjectNamed(subjectId) };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listAuditEntries(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countAuditEntries(platform, viewer, filter, cap),
        sortValue: (entry) => entry.at.toISOString(),
      });
    },
  }),
);

function typenameOf(subject: string): string {
  const { kind } = splitName(subject);
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

function actorNamed(globalId: string | null | undefined): string | undefined {
  if (globalId == null) return undefined;
  const isKey = decodeGlobalId(globalId)?.typename === 'ApiKey';
  return isKey
    ? `key:${readId(globalId, 'ApiKey', 'actorId')}`
    : `user:${readId(globalId, 'User', 'actorId')}`;
}

function subjectNamed(globalId: string | null | undefined): string | undefined {
  if (globalId == null) return undefined;
  const decoded = decodeGlobalId(globalId);
  if (!decoded) throw invalidInput('subjectId', 'subjectId takes an id, as this API returned it.');
  const { typename, id } = decoded;
  return `${typename.charAt(0).toLowerCase()}${typename.slice(1)}:${id}`;
}

const ID_FIELD = /^([a-z]\w*?)Ids?$/;

/** Ids inside a change leave the API as opaque as everywhere else: a field `companyIds` holds ids of Company. */
function opaque(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null) return null;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const [, kind] = ID_FIELD.exec(name) ?? [];
      if (!kind) return [name, value];
      const wrap = (id: unknown) =>
        typeof id === 'string' && UUID.test(id) ? encodeGlobalId(typenameOf(`${kind}:`), id) : id;
      return [name, Array.isArray(value) ? value.map(wrap) : wrap(value)];
    }),
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
