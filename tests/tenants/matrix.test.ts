// Every query, mutation, subscription, node id, file, webhook and stored selection of the schema, tried with the ids of
// another account and of another company, in every role: nothing of the others is shown, and nothing of theirs is changed.
// The operations and selections come out of the schema, so a field that is new is tried too, or this file says what it lacks.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLError, getNamedType, isObjectType } from 'graphql';
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
import { hearWhile, noteTold } from './hear-while.ts';
import { ROLES_THAT_HOLD } from './holders.ts';
import { fillMarkedAccount, MARK, type MarkedAccount } from './marked-account.ts';
import { eventNaming } from './marked-event.ts';
import {
  findLeaks,
  idsIn,
  linksIn,
  type Other,
  othersOf,
  SHARED,
  uuidOf,
  viewerOf,
} from './others.ts';
import { findTouched, rowsOfAccount } from './rows-of-account.ts';

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
  const company = uuidOf(marked.ids.Company ?? '');
  const [all, ofCompany] = await Promise.all(
    [null, [company]].map((companies) => showTo(viewerOf(town.accountId, 'ADMIN', companies))),
  );
  own = all ?? [];
  secrets = {
    account: [...alone([...marked.secrets, ...marked.accountSecrets]), ...idsIn(own)],
    company: [...alone(marked.secrets), ...idsIn(ofCompany, SHARED)],
  };
}, 240_000);

const operationsOf = (wanted: GeneratedOperation['kind']) =>
  operations.filter(({ kind }) => kind === wanted);
const queries = () => operationsOf('query');
const others = () => othersOf(stranger.accountId, town.accountId, marked.otherCompanyId);
const run = (operation: GeneratedOperation, viewer: Viewer) =>
  runOperation(schema, operation.source, {}, { platform, viewer });

async function showTo(viewer: Viewer): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const operation of queries()) answers.push(await run(operation, viewer));
  return answers;
}

/** Has all of the others try something at the same time. Answers every fault, in words. */
async function tryAsOthers(work: (other: Other) => Promise<string[]>): Promise<string[]> {
  return (await Promise.all(others().map(work))).flat();
}

/** What of the first company an answer shows somebody, besides the ids that they sent. */
function leaks(answer: unknown, viewer: Pick<Viewer, 'accountId'>, sent = ''): string[] {
  const whose = viewer.accountId === town.accountId ? 'company' : 'account';
  return findLeaks(answer, { secrets: secrets[whose], root: platform.publicUrl() }, sent);
}

const rows = () => rowsOfAccount(platform.db.pool, town.accountId);

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

  it('would find what is touched, in every table that has an account', async () => {
    const before = await rows();
    const tables = new Set(before.map(({ table }) => table));
    const some = ['account', 'api_key', 'carrier_settings', 'company', 'membership', 'session'];
    const below = ['interaction_tag', 'transcript_segment', 'keyword_hit', 'webhook_delivery'];
    expect([...tables]).toEqual(expect.arrayContaining([...some, ...below]));
    const fewer = before.filter(({ table }) => table !== 'saved_view');
    const theirs = uuidOf(marked.otherCompanyId);
    expect(findTouched(before, fewer, theirs)).toEqual(['saved_view: changed or removed']);
    expect(findTouched(fewer, before, theirs)).toEqual(['saved_view: added']);
  });
});

describe('others', () => {
  it('are shown nothing by any query', { timeout: 120_000 }, async () => {
    const found = await tryAsOthers(async ({ who, viewer }) => {
      const faults: string[] = [];
      for (const operation of queries()) {
        const leaked = leaks(await run(operation, viewer), viewer, operation.source);
        if (leaked.length > 0)
          faults.push(`${operation.field}(${operation.variant}) to ${who}: ${leaked}`);
      }
      return faults;
    });
    expect(found).toEqual([]);
  });

  it('are shown nothing by any node id', async () => {
    const found = await tryAsOthers(async ({ who, viewer }) => {
      const faults: string[] = [];
      for (const [type, id] of Object.entries(marked.ids)) {
        if (viewer.accountId === town.accountId && SHARED.has(type)) continue;
        const { data, errors } = await runOperation(
          schema,
          'query($id: ID!) { node(id: $id) { __typename } nodes(ids: [$id]) { __typename } }',
          { id },
          { platform, viewer },
        );
        const shown = data?.node ?? data?.nodes?.[0];
        if (shown && !errors) faults.push(`${type} to ${who}`);
      }
      return faults;
    });
    expect(found).toEqual([]);
  });

  it('change nothing by any mutation, and are refused for what they named', {
    timeout: 120_000,
  }, async () => {
    const before = await rows();
    const found = await tryAsOthers(async ({ who, viewer }) => {
      const faults: string[] = [];
      for (const operation of operationsOf('mutation')) {
        const answer = await run(operation, viewer);
        const leaked = leaks(answer, viewer, operation.source);
        if (leaked.length > 0) faults.push(`${operation.field} to ${who}: ${leaked}`);
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
          faults.push(`${operation.field}(${operation.variant}) was done for ${who}`);
      }
      return faults;
    });
    expect(found).toEqual([]);
    expect(findTouched(before, await rows(), uuidOf(marked.otherCompanyId))).toEqual([]);
  });

  it('hear nothing in any subscription', async () => {
    const heard = await hearWhile(town, operationsOf('subscription'), others(), async () => {
      for (const n of [1, 2]) await noteTold(town, marked, `${MARK} ${n}`);
    });
    const found = heard.flatMap(({ who, viewer, operation, answers }) => {
      const leaked = leaks(answers, viewer, operation.source);
      return leaked.length > 0
        ? [`${operation.field}(${operation.variant}) to ${who}: ${leaked}`]
        : [];
    });
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
  const asks = selections.read('{ __typename }');
  /** What the selections of every type of event show of one that names what is marked, type by type. */
  const select = async (viewer: Viewer, companyId: string | null) => {
    const ids = { ...marked.ids, ...marked.named };
    for (const type of EVENT_TYPES) {
      const { data } = await selections.run(asks, eventNaming(ids, type, companyId).event, viewer);
      types.set((data as { __typename: string }).__typename, type);
    }
    const found = new Map<string, string[]>();
    for (const [typename, type] of types) {
      const { event, named } = eventNaming(ids, type, companyId);
      for (const { document } of bySelection.get(typename) ?? []) {
        const answer = await selections.run(document, event, viewer);
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
    const some = (bySelection.get('LeadEvent') ?? []).slice(0, 4);
    const stored = [null, ...some.map(({ text }) => text)];
    const found = await hearAsHolders(town, marked, stranger, stored, leaks);
    expect(found).toEqual([]);
  });
});
