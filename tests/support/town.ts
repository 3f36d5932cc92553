// A town for whole stories: a real server over a database of its own, a sandbox carrier in this process, one TEST
// account with a company and a key. Everything is asked and seen through the public doors.
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';
import {
  createAccount,
  createApiKey,
  createCompany,
  ensureFirstAccounts,
  systemViewer,
} from '#domains/accounts/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import { readConfig } from '#platform/config/index.ts';
import { type Log, openLog } from '#platform/log/index.ts';
import type { Sandbox } from '#sandbox/index.ts';
import { SCOPES, type Scope } from '#values/scopes.ts';
import { type Api, type Data, openApi } from '../../demo/api.ts';
import { type RunningServer, startServer } from '../../src/start-server.ts';
import { bareDatabase } from './database.ts';
import { startJudgedSandbox } from './judged-sandbox.ts';
import { TEMPLATE } from './template.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const SANDBOX_KEY = 'the-town-sandbox-key';
const PATIENCE_MS = 60_000;

type CallScript = Parameters<Sandbox['call']>[0];
type Business = Parameters<Sandbox['destination']>[1];

/** A tracker whose number is in service. */
export interface TownTracker {
  id: string;
  number: string;
  destination: string;
}

/** A GraphQL answer as it came over HTTP, errors and all. */
export interface RawAnswer {
  data: Data;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export interface Town {
  server: RunningServer;
  sandbox: Sandbox;
  accountId: string;
  companyId: string;
  key: string;
  /** what the server wrote to its log */
  logged: Record<string, unknown>[];
  /** Runs a query or mutation; throws on errors and userErrors. */
  ask: Api['ask'];
  /** Runs one and answers everything as it came, with any key. */
  answer(query: string, variables?: object, key?: string): Promise<RawAnswer>;
  /** A key of this account with fewer scopes. */
  keyWith(scopes: readonly Scope[]): Promise<string>;
  /** Another account, with a key that may do everything there. */
  stranger(): Promise<{ accountId: string; key: string }>;
  /** Buys a number and points it at a business of its own. */
  tracker(settings?: object): Promise<TownTracker>;
  /** A person with a telephone; each has a number of their own unless one is given. */
  caller(from?: string): {
    from: string;
    dials(
      tracker: Pick<TownTracker, 'number'>,
      script?: Partial<CallScript>,
    ): ReturnType<Sandbox['call']>;
  };
  business(tracker: TownTracker): {
    is(behaviour: Business['behaviour'], script?: Partial<Business>): void;
  };
  /** The first event of a type, gone by or to come, that fits; seen over graphql-ws. */
  sees(type: string, fits?: (event: Data) => boolean): Promise<Data>;
  /** Events that fit and were seen so far. */
  seen(fits?: (event: Data) => boolean): Data[];
  /** The call of a caller once it has ended, with every fact that the API tells. */
  endedCall(from: string): Promise<Data>;
  call(id: string): Promise<Data>;
  /** The commands of a kind that reached the carrier for a caller's leg; a dial is told by the leg that it is linked to. */
  commands(
    leg: { callControlId: string; sessionId: string },
    kind: string,
  ): ReturnType<Sandbox['calls']>['commands'];
  /** Resolves when a condition of the sandbox holds; looks again every few milliseconds. */
  until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>>;
}

const EVENTS = `subscription Town { events {
  id type cursor subjectVersion occurredAt
  ... on CallEvent { reason changes call { id from to outcome } }
  ... on TranscriptEvent { reason call { id from } }
  ... on NumberEvent { status phoneNumber { id number status } }
  ... on MessageEvent { failure message { id state text } } ... on LeadEvent { leadChanges: changes lead { id phoneNumbers } }
} }`;

export const CALL_FACTS = `id version state outcome from to firstCall priorCalls durationSeconds
  ringSeconds talkSeconds leadStatus note value { amountCents currencyCode } tags { name } source { name } lead { id name status }
  legs { role cause } steps { name startedAt endedAt outcome }
  recording { ...Sound } voicemail { state recording { ...Sound } }
  transcript { state failure redactions segments { speaker text } }`;
export const SOUND =
  'fragment Sound on Recording { state failure url durationSeconds channels sha256 noticeEndedAt startedAt endedAt }';

let people = 0;

/**
 * Opens a town; it is torn down after the file. Call it where afterAll may be called.
 * @param options.speed sandbox seconds per second of life
 * @param options.seed of the sandbox: numbers for sale, disorder
 * @param options.env further settings of the server
 */
export async function openTown(
  options: {
    speed?: number;
    seed?: number;
    env?: Record<string, string>;
    clock?: Clock;
    databaseUrl?: string;
  } = {},
): Promise<Town> {
  const { speed = 20, seed = 1, env = {} } = options;
  const folder = temporaryFolder();
  const databaseUrl = options.databaseUrl ?? (await bareDatabase(TEMPLATE));
  const logged: Record<string, unknown>[] = [];
  const server = await startServer({
    config: readConfig({
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      SANDBOX: 'off',
      LOG_LEVEL: 'silent',
      ...env,
    }),
    log: listening(logged),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const sandbox = await startJudgedSandbox({
    dataDir: join(folder, 'carrier'),
    apiKey: SANDBOX_KEY,
    speed,
    seed,
  });
  const { platform } = server;
  const first = await ensureFirstAccounts(platform);
  if (!first) throw new Error('A town begins with an empty database.');
  const { accountId, companyId, apiKey: key } = first;
  const { url, publicKey } = sandbox;
  await connectSandbox(platform, { url, publicKey, apiKey: SANDBOX_KEY });
  const api = openApi(server.url, key);
  const watch = watchEvents(api);
  afterAll(async () => {
    api.close();
    await server.stop();
    await sandbox.stop();
  });
  await watch.begun;

  const viewer = systemViewer(accountId, 'TEST', 'town');
  const town: Town = {
    server,
    sandbox,
    accountId,
    companyId,
    key,
    logged,
    ask: api.ask,
    answer: (query, variables = {}, bearer = key) => post(server.url, bearer, query, variables),
    async keyWith(scopes) {
      const made = await createApiKey(platform, viewer, {
        name: 'Narrow key',
        scopes: [...scopes],
      });
      return made.secret ?? '';
    },
    async stranger() {
      const account = await createAccount(platform, { name: 'Stranger', mode: 'TEST' });
      const other = systemViewer(account.id, 'TEST', 'town');
      await createCompany(platform, other, { name: 'Their company' });
      const made = await createApiKey(platform, other, { name: 'Key', scopes: [...SCOPES] });
      return { accountId: account.id, key: made.secret ?? '' };
    },
    tracker: (settings = {}) => buyTracker(town, settings),
    caller(from = `+1415555${String(100 + (people++ % 100)).padStart(4, '0')}`) {
      return {
        from,
        dials: ({ number }, script = {}) => sandbox.call({ from, to: number, ...script }),
      };
    },
    business: ({ destination }) => ({
      is: (behaviour, script = {}) =>
        sandbox.destination(destination, { behaviour, answerAfterSeconds: 1, ...script }),
    }),
    sees: watch.sees,
    seen: (fits = () => true) => watch.events.filter(fits),
    async endedCall(from) {
      const { call } = await watch.sees('CALL_ENDED', (event) => event.call.from === from);
      return town.call(call.id);
    },
    async call(id) {
      const { node } = await api.ask(
        `query($id: ID!) { node(id: $id) { ... on Call { ${CALL_FACTS} } } } ${SOUND}`,
        { id },
      );
      return node;
    },
    commands: (leg, kind) => commandsOf(sandbox.calls().commands, leg, kind),
    until,
  };
  return town;
}

/** Commands of a kind for a caller's leg, from the carrier's own log. */
export function commandsOf<
  Command extends { kind: string; sessionId: string | null; body: object },
>(
  commands: readonly Command[],
  leg: { callControlId: string; sessionId: string },
  kind: string,
): Command[] {
  return commands.filter(
    (one) =>
      one.kind === kind &&
      (kind === 'dial'
        ? 'link_to' in one.body && one.body.link_to === leg.callControlId
        : one.sessionId === leg.sessionId),
  );
}

/** Asks again and again until there is an answer; the condition, not a length of time, decides. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<NonNullable<T>> {
  return vi.waitFor(
    async () => {
      const found = await look();
      if (!found) throw new Error(`It did not come about: ${what}.`);
      return found;
    },
    { timeout: patienceMs, interval: 15 },
  );
}

async function post(
  url: string,
  key: string,
  query: string,
  variables: object,
): Promise<RawAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as RawAnswer;
}

/** Follows all events of the account and keeps them. */
function watchEvents(api: Api) {
  const events: Data[] = [];
  const waiting = new Set<() => void>();
  const stream = api.follow(EVENTS);
  const pump = async () => {
    for await (const { events: event } of stream) {
      events.push(event);
      for (const look of waiting) look();
    }
  };
  let broken: unknown = null;
  pump().catch((error) => {
    broken = error;
  });
  const sees = (type: string, fits: (event: Data) => boolean = () => true): Promise<Data> =>
    new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(late);
        waiting.delete(look);
        settle();
      };
      const look = () => {
        const found = events.find((event) => event.type === type && fits(event));
        if (found) done(() => resolve(found));
      };
      const late = setTimeout(() => {
        const told = events.map((event) => event.type).join(', ');
        const cause = broken ?? undefined;
        done(() =>
          reject(new Error(`${type} did not come. Seen: ${told || 'nothing'}.`, { cause })),
        );
      }, PATIENCE_MS);
      waiting.add(look);
      look();
    });
  // a subscription answers nothing before its first event: the socket's first round trip stands for it
  return { events, sees, begun: api.ask('{ __typename }') };
}

let businesses = 0;

async function buyTracker(town: Town, settings: object): Promise<TownTracker> {
  const destination = `+1212555${String(100 + (businesses++ % 100)).padStart(4, '0')}`;
  const { availablePhoneNumbers } = await town.ask(
    '{ availablePhoneNumbers(areaCode: "415") { phoneNumber } }',
  );
  const { phoneNumber: number } = availablePhoneNumbers[0];
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const { createTracker } = await town.ask(
    `mutation($input: CreateTrackerInput!) { createTracker(input: $input) {
       tracker { id } userErrors { code message field } } }`,
    {
      input: {
        companyId: companies.nodes[0].id,
        name: 'Search ad',
        source: { name: 'Google Ads' },
        destination,
        number: { phoneNumber: number },
        ...settings,
      },
    },
  );
  await town.sees(
    'NUMBER_STATUS_CHANGED',
    ({ phoneNumber }) => phoneNumber.number === number && phoneNumber.status === 'ACTIVE',
  );
  return { id: createTracker.tracker.id, number, destination };
}

/** A log that is kept in memory, at the level of a real server. */
function listening(logged: Record<string, unknown>[]): Log {
  const log = openLog({ level: 'warn', name: 'town', showPersonalData: false });
  const keep = (level: string) => (given: object, message?: string) => {
    logged.push({ level, ...given, msg: message });
  };
  return Object.assign(log, { warn: keep('warn'), error: keep('error') });
}
