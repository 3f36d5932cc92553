// Every query, mutation and subscription of the schema, tried with the ids of another account and of another company, in
// every role: nothing of the others is shown, and nothing of theirs is changed. The operations come out of the schema, so
// a field that is new is tried too, or this file says what it lacks.
import { type GraphQLError, isObjectType, parse, subscribe } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { openTown } from '#tests/support/town.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { VALUES } from './fillings.ts';
import { type GeneratedOperation, generateOperations } from './generate-operations.ts';
import { fillMarkedAccount, MARK, type MarkedAccount } from './marked-account.ts';

const town = await openTown();
let marked: MarkedAccount;
let strangerId: string;
let operations: GeneratedOperation[];

beforeAll(async () => {
  marked = await fillMarkedAccount(town);
  strangerId = (await town.stranger()).accountId;
  operations = generateOperations(schema, { ids: marked.ids, values: VALUES });
}, 120_000);

const uuidOf = (globalId: string) => decodeGlobalId(globalId)?.id ?? '';
const viewerOf = (
  accountId: string,
  role: Viewer['role'],
  companyIds: string[] | null,
): Viewer => ({
  accountId,
  mode: 'TEST',
  actor: { kind: 'key', id: accountId },
  role,
  scopes: SCOPES,
  companyIds,
});
/** Those who must see nothing of the first company: somebody of another account, and somebody of its other company. */
const others = () =>
  ROLES.flatMap((role) => [
    { who: `another account's ${role}`, viewer: viewerOf(strangerId, role, null) },
    {
      who: `another company's ${role}`,
      viewer: viewerOf(town.accountId, role, [uuidOf(marked.otherCompanyId)]),
    },
  ]);

const run = (operation: GeneratedOperation, viewer: Viewer) =>
  runOperation(schema, operation.source, {}, { platform: town.server.platform, viewer });

/** What of the first company an answer shows, besides the ids that the asker sent. */
function leaks(answer: unknown): string[] {
  const text = JSON.stringify(answer);
  return marked.secrets.filter((secret) => text.includes(secret));
}

/** Every row of the account's first company, and of the account itself, as one text. */
async function snapshot(): Promise<string> {
  const { pool } = town.server.platform.db;
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

  it('would find a leak: the account itself is shown what is marked', async () => {
    const own = viewerOf(town.accountId, 'ADMIN', null);
    const shown = new Set<string>();
    for (const operation of operations.filter(({ kind }) => kind === 'query')) {
      const answer = await run(operation, own);
      if (leaks(answer).includes(MARK)) shown.add(operation.field);
    }
    for (const field of ['calls', 'companies', 'leads', 'trackers', 'phoneNumbers', 'node']) {
      expect(shown).toContain(field);
    }
  });
});

describe('others', () => {
  it('are shown nothing by any query', { timeout: 120_000 }, async () => {
    const found: string[] = [];
    for (const { who, viewer } of others()) {
      for (const operation of operations.filter(({ kind }) => kind === 'query')) {
        const leaked = leaks(await run(operation, viewer));
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
          { platform: town.server.platform, viewer },
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
        const leaked = leaks(answer);
        if (leaked.length > 0) found.push(`${operation.field} to ${who}: ${leaked}`);
        const refusals = [
          ...(answer.errors ?? []).map((error: GraphQLError) => error.extensions?.code),
          ...(answer.data?.[operation.field]?.userErrors ?? []).map(
            ({ code }: { code: string }) => code,
          ),
        ];
        const named = operation.given.some(
          (type) => !SHARED.has(type) || viewer.accountId === strangerId,
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
          const leaked = leaks(answer);
          if (leaked.length > 0)
            found.push(`${operation.field}(${operation.variant}) to ${who}: ${leaked}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
});

/** What belongs to the whole account, not to one of its companies. */
const SHARED = new Set(['Account', 'ApiKey', 'User', 'Session', 'AuditEntry']);

let changes = 0;
const updates = () => town.seen((e) => e.changes?.includes('note')).length;

/** What a subscription tells while the marked company has an event: all of it up to a refusal or a moment's silence. */
async function heard(operation: GeneratedOperation, viewer: Viewer): Promise<unknown[]> {
  const context = {
    platform: town.server.platform,
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
