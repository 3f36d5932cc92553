// Every query, mutation, subscription, node id, file, webhook and stored selection of the schema, tried with the ids of
// another account and of another company, in every role: nothing of the others is shown, and nothing of theirs is changed.
// The operations and selections come out of the schema, so a field that is new is tried too, or this file says what it lacks.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLError, getNamedType, isObjectType, parse, subscribe } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSelections } from '#graphql/selections.ts';
import { newId } from '#platform/ids/index.ts';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { openTown } from '#tests/support/town.ts';
import { EVENT_TYPES } from '#values/event-types.ts';
import type { Viewer } from '#values/viewer.ts';
import { changeLink } from './change-link.ts';
import { VALUES } from './fillings.ts';
import { type GeneratedOperation, generateOperations } from './generate-operations.ts';
import { generateSelections } from './generate-selections.ts';
import { hearAsHolders } from './hear-as-holders.ts';
import { ROLES_THAT_HOLD } from './holders.ts';
import { fillMarkedAccount, MARK, type MarkedAccount } from './marked-account.ts';
import { eventNaming } from './marked-event.ts';
import { findLeaks, idsIn, linksIn, othersOf, SHARED, uuidOf, viewerOf } from './others.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const { platform } = town.server;
const selections = openSelections({ schema, platform });
const bySelection = generateSelections(schema, selections);
let marked: MarkedAccount;
let stranger: { accountId: string; key: string };
let operations: GeneratedOperation[];
/** what the queries show the account's own admin */
let own: unknown[];
/** what nobody of another account may see, and nobody of another company */
let secrets: Record<'account' | 'company', string[][]>;

beforeAll(async () => {
  marked = await fillMarkedAccount(town);
  stranger = await town.stranger();
  operations = generateOperations(schema, {
    ids: { ...marked.ids, ...marked.named },
    values: VALUES,
  });
  const alone = (texts: string[]) => texts.map((text) => [text]);
  own = await showTo(viewerOf(town.accountId, 'ADMIN', null));
  const company = await showTo(
    viewerOf(town.accountId, 'ADMIN', [uuidOf(marked.ids.Company ?? '')]),
  );
  secrets = {
    account: [...alone([...marked.secrets, ...marked.accountSecrets]), ...idsIn(own)],
    company: [...alone(marked.secrets), ...idsIn(company, SHARED)],
  };
}, 120_000);

const queries = () => operations.filter(({ kind }) => kind === 'query');
const others = () => othersOf(stranger.accountId, town.accountId, marked.otherCompanyId);
const run = (operation: GeneratedOperation, viewer: Viewer) =>
  runOperation(schema, operation.source, {}, { platform, viewer });

async function showTo(viewer: Viewer): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const operation of queries()) answers.push(await run(operation, viewer));
  return answers;
}

/** What of the first company an answer shows somebody, besides the ids that they sent. */
function leaks(answer: unknown, viewer: Pick<Viewer, 'accountId'>, sent = ''): string[] {
  const whose = viewer.accountId === town.accountId ? 'company' : 'account';
  return findLeaks(answer, { secrets: secrets[whose], root: platform.publicUrl() }, sent);
}

/** Every row of the account's first company, and of the account itself, as one text. */
async function snapshot(): Promise<string> {
  const { pool } = platform.db;
  const { rows: tables } = await pool.query<{ table_name: string }>(
    `select table_name from information_schema.columns
      where column_name = 'company_id' and table_schema = 'public'
        and table_name not in ('event') and table_name not like 'event\\_%' order by 1`,
  );
  const parts: unknown[] = [];
  for (const { table_name } of tables) {
    const { rows } = await pool.query(
      `select t::text as row from "${table_name}" t where account_id = $1 and company_id = $2 order by 1`,
      [town.accountId, uuidOf(marked.ids.Company ?? '')],
    );
    parts.push([table_name, rows]);
  }
  return JSON.stringify(parts);
}

describe('the matrix', () => {
  it('has an instance of every type that a node id can lead to', () => {
    const nodes = Object.values(schema.getTypeMap())
      .filter(
        (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'),
      )
      .map(({ name }) => name);
    expect(nodes.filter((name) => !(name in marked.ids))).toEqual([]);
  });

  it('would find a leak: the account itself is shown what is marked, and a search finds it', async () => {
    const shown = queries().flatMap(({ field }, n) =>
      JSON.stringify(own[n]).includes(MARK) ? [field] : [],
    );
    const fields = ['calls', 'companies', 'leads', 'trackers', 'phoneNumbers', 'node'];
    expect(shown).toEqual(expect.arrayContaining([...fields, 'searchTranscripts']));
    expect(VALUES['searchTranscripts.query']).toBe('"appointment"');
    expect(marked.secrets.filter((text) => text.includes('appointment'))).not.toEqual([]);
    expect(secrets.company.length).toBeGreaterThan(15);
    expect(secrets.account.length).toBeGreaterThan(secrets.company.length);
  });
});

describe('others', () => {
  it('are shown nothing by any query', { timeout: 120_000 }, async () => {
    const found: string[] = [];
    for (const { who, viewer } of others()) {
      for (const operation of queries()) {
        const leaked = leaks(await run(operation, viewer), viewer, operation.source);
        if (leaked.length > 0)
          found.push(`${operation.field}(${operation.variant}) to ${who}: ${leaked}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('are shown nothing by any node id', async () => {
    const found: string[] = [];
    for (const { who, viewer } of others()) {
      for (const [type, id] of Object.entries(marked.ids)) {
        if (viewer.accountId === town.accountId && SHARED.has(type)) continue;
        const { data, errors } = await runOperation(
          schema,
          'query($id: ID!) { node(id: $id) { __typename } nodes(ids: [$id]) { __typename } }',
          { id },
          { platform, viewer },
        );
        const shown = data?.node ?? data?.nodes?.[0];
        if (shown && !errors) found.push(`${type} to ${who}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('change nothing by any mutation, and are refused for what they named', {
    timeout: 120_000,
  }, async () => {
    const before = await snapshot();
    const found: string[] = [];
    for (const { who, viewer } of others()) {
      for (const operation of operations.filter(({ kind }) => kind === 'mutation')) {
        const answer = await run(operation, viewer);
        const leaked = leaks(answer, viewer, operation.source);
        if (leaked.length > 0) found.push(`${operation.field} to ${who}: ${leaked}`);
        const refusals = [
          ...(answer.errors ?? []).map((error: GraphQLError) => error.extensions?.code),
          ...(answer.data?.[operation.field]?.userErrors ?? []).map(
            ({ code }: { code: string }) => code,
          ),
        ];
        const named = operation.given.some(
          (type) => !SHARED.has(type) || viewer.accountId === stranger.accountId,
        );
        if (named && refusals.length === 0)
          found.push(`${operation.field}(${operation.variant}) was done for ${who}`);
      }
    }
    expect(found).toEqual([]);
    expect(await snapshot()).toBe(before);
  });

  it('hear nothing in any subscription', { timeout: 120_000 }, async () => {
    const found: string[] = [];
    for (const { who, viewer } of others()) {
      for (const operation of operations.filter(({ kind }) => kind === 'subscription')) {
        for (const answer of await heard(operation, viewer)) {
          const leaked = leaks(answer, viewer, operation.source);
          if (leaked.length > 0)
            found.push(`${operation.field}(${operation.variant}) to ${who}: ${leaked}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
});

/** Fields that tell an address which the account gave itself. */
const GIVEN = ['WebhookEndpoint.url', 'CarrierSettings.baseUrl'];

describe('a file', () => {
  const shown = () => linksIn(own, platform.publicUrl());

  it('of every kind is shown to the account: by each field that links, from each door that reads files', () => {
    const fields = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name === 'URL')
          .map(({ name }) => `${type.name}.${name}`),
      );
    const linking = fields.filter((field) => !GIVEN.includes(field));
    expect(linking).not.toEqual([]);
    const names = shown().map(({ field }) => field.split('_').at(-1));
    expect(linking.filter((field) => !names.includes(field.split('.')[1]))).toEqual([]);
    const folder = join(import.meta.dirname, '../../src/http');
    const doors = readdirSync(folder).filter((file) =>
      /\breturn serveLinked\(|\bfindFile\(/.test(readFileSync(join(folder, file), 'utf8')),
    );
    const rooms = new Set(shown().map(({ text }) => `${new URL(text).pathname.split('/')[1]}.ts`));
    expect([...rooms].sort()).toEqual(doors);
  });

  it('is served by its link as it is, and by none in which anything is changed', async () => {
    const { prisma } = platform.db;
    const first = await prisma.recording.findFirstOrThrow({
      where: { accountId: town.accountId, state: 'READY' },
    });
    // another one that is there, so that nothing but the signature can refuse it
    const another = { ...first, id: newId(), kind: 'VOICEMAIL' as const, peaks: first.peaks ?? {} };
    await prisma.recording.create({ data: another });
    const ids = { stranger: stranger.accountId, another: another.id, call: first.callId };
    const links = new Map(
      shown().map(({ text }) => [new URL(text).pathname.replace(/[0-9a-f-]{36}/g, ':id'), text]),
    );
    expect(links.size).toBeGreaterThan(0);
    for (const link of links.values()) {
      expect((await fetch(link, { method: 'HEAD' })).status, link).toBe(200);
      const changed = changeLink(link, ids);
      expect(changed.length).toBeGreaterThan(5);
      for (const [what, url] of changed) {
        expect((await fetch(url, { method: 'HEAD' })).status, what).toBe(403);
      }
    }
    const where = { accountId_id: { accountId: town.accountId, id: another.id } };
    await prisma.recording.delete({ where });
  });
});

describe('a stored selection', () => {
  const types = new Map<string, (typeof EVENT_TYPES)[number]>();
  /** What the selections of every type of event show of one that names what is marked, type by type. */
  const select = async (viewer: Viewer, companyId: string | null) => {
    const ids = { ...marked.ids, ...marked.named };
    const asks = selections.read('{ __typename }');
    for (const type of EVENT_TYPES) {
      const { data } = await selections.run(asks, eventNaming(ids, type, companyId).event, viewer);
      types.set((data as { __typename: string }).__typename, type);
    }
    const found = new Map<string, string[]>();
    for (const [typename, type] of types) {
      const { event, named } = eventNaming(ids, type, companyId);
      for (const text of bySelection.get(typename) ?? []) {
        const answer = await selections.run(selections.read(text), event, viewer);
        const leaked = leaks(answer.data, viewer, [...named].join());
        found.set(typename, [...(found.get(typename) ?? []), ...leaked]);
      }
    }
    return found;
  };

  it('shows the account itself what is marked, for every type of event that names things', async () => {
    const company = uuidOf(marked.ids.Company ?? '');
    const found = await select(viewerOf(town.accountId, 'ADMIN', null), company);
    expect([...types.keys()].filter((type) => !bySelection.has(type))).toEqual([]);
    const silent = [...found].filter(([, leaked]) => leaked.length === 0).map(([type]) => type);
    expect(silent).toEqual([]);
  });

  it('of others reaches nothing, even from an event of theirs that names what is marked', async () => {
    for (const { who, viewer } of others()) {
      if (!ROLES_THAT_HOLD.includes(viewer.role)) continue;
      const found = await select(viewer, viewer.companyIds?.[0] ?? null);
      expect(found.size).toBeGreaterThan(5);
      expect(
        [...found].filter(([, leaked]) => leaked.length > 0),
        who,
      ).toEqual([]);
    }
  });

  it('and webhooks of others are told nothing, listed nothing, and replay nothing of it', async () => {
    // an account has at most 50 endpoints; what else can be stored was selected above
    const stored = [null, ...(bySelection.get('LeadEvent') ?? []).slice(0, 4)];
    const found = await hearAsHolders(town, marked, stranger, stored, leaks);
    expect(found).toEqual([]);
  });
});

let changes = 0;
const updates = () => town.seen((e) => e.changes?.includes('note')).length;

/** What a subscription tells while the marked company has an event: all of it up to a refusal or a moment's silence. */
async function heard(operation: GeneratedOperation, viewer: Viewer): Promise<unknown[]> {
  const context = {
    platform,
    viewer,
    requestId: 'test',
    recheck: async () => viewer,
    recheckEveryMs: 60_000,
    tellRefusal: async () => {},
    resumeAfter: null,
  };
  const stream = await subscribe({
    schema,
    document: parse(operation.source),
    contextValue: context,
  });
  if (!(Symbol.asyncIterator in stream)) return [stream];
  const answers: unknown[] = [];
  const listening = (async () => {
    for await (const answer of stream) answers.push(answer);
  })().catch((error: unknown) => answers.push(error));
  const before = updates();
  await town.ask(
    `mutation($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }`,
    { input: { callId: marked.ids.Call, note: `${MARK} ${++changes}` } },
  );
  // the town's own subscription has heard of it: a stream of the same process was told in the same round
  await town.until('the change was told', () => updates() > before);
  await stream.return?.(undefined);
  await listening;
  return answers;
}
