// A company's website in front of the real collect door: pages that are opened, looked at and left, by a turned clock.
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { authenticateKey } from '#domains/accounts/index.ts';
import { openIdentifyDesk } from '#domains/attribution/index.ts';
import { openChatDesk } from '#domains/chats/index.ts';
import { openFormDesk } from '#domains/forms/index.ts';
import { openCollector } from '#domains/visitors/index.ts';
import { forgetSite } from '#domains/visitors/open-site.ts';
import { updateSite } from '#domains/visitors/update-site.ts';
import { chatFilesDoor } from '#http/chat-files.ts';
import { collectDoor } from '#http/collect.ts';
import { collectChatDoor } from '#http/collect-chat.ts';
import { hashNetwork } from '#http/page-requests.ts';
import { newId } from '#platform/ids/index.ts';
import type { Jobs } from '#platform/jobs/index.ts';
import { openLimits, openProcessLimits } from '#platform/limits/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

export const ORIGIN = 'https://www.garage.example';
export const BUSINESS = '+13125550177';
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** Requests with one of these in X-Forwarded-For have a hundredth of the tries of others. */
export const FEW_TRIES = ['203.0.113.8', '203.0.113.9'] as const;

// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape the door gave it
export type CollectAnswer = { status: number; headers: Headers; body: any };

/**
 * Opens the website's server. Call it at the top of a test file.
 * @param options.mostWaiting see openCollector
 */
export async function openWebsite(options: { mostWaiting?: number } = {}) {
  const town = await openTown();
  const secrets = openSecrets(randomBytes(32));
  const few = FEW_TRIES.map((address) => hashNetwork(secrets, address));
  const storage = openDiskStorage(temporaryFolder());
  /** what jobs were asked for; nobody does them */
  const enqueued: { name: string; payload: object }[] = [];
  const jobs = {
    enqueue: async (_tx: unknown, { name }: { name: string }, payload: object) =>
      void enqueued.push({ name, payload }),
  } as unknown as Jobs;
  const platform = { ...town, secrets, storage, jobs, limits: openLimits(town.db) };
  const collector = openCollector(platform, options);
  const limits = openProcessLimits();
  /** companies whose pages may send a ten-thousandth of what others may */
  const quietCompanies = new Set<string>();
  const shareOf = (key: string) =>
    quietCompanies.has(key) ? 10_000 : few.some((address) => key.startsWith(address)) ? 100 : 1;
  const door = collectDoor({
    collector,
    forms: openFormDesk(platform),
    people: openIdentifyDesk(platform),
    // less for those who say that they come from such an address: the limit is tried without its thousands of requests
    limits: {
      take: (limit, key) => {
        const share = shareOf(key);
        const tries = Math.ceil(limit.tries / share);
        return limits.take({ ...limit, name: `${limit.name} ${share}`, tries }, key);
      },
    },
    authenticate: (bearer) => authenticateKey(town, bearer),
    config: { TRUSTED_PROXIES: 1 },
    ...{ secrets, log: town.log },
  });
  const chatDoor = collectChatDoor({
    ...{ collector, chats: openChatDesk(platform), limits: openProcessLimits() },
    ...{ config: { TRUSTED_PROXIES: 1 }, secrets, log: town.log },
  });
  const filesDoor = chatFilesDoor(platform);
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://here');
    if (await filesDoor(request, response, url)) return;
    if (!(await chatDoor(request, response, url))) await door(request, response, url);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await collector.stop();
  });

  /** Posts to the door as a page does. */
  const post = async (
    path: string,
    body: object | string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<CollectAnswer> => {
    const response = await fetch(`${url}/collect/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        origin: ORIGIN,
        'user-agent': BROWSER,
        ...headers,
      },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, body: text ? JSON.parse(text) : null };
  };

  /** A company with a site. */
  const settle = async (patch: Partial<Parameters<typeof updateSite>[2]> = {}) => {
    const people = await town.settle();
    const { accountId, companyId, viewer } = people;
    const site = await updateSite(platform, viewer, {
      companyId,
      domains: ['garage.example'],
      ...patch,
    });
    const key = site.publishableKey;
    const visitBody = (fields: object = {}) => ({
      key,
      visitor: randomUUID(),
      at: town.clock.now(accountId).getTime(),
      id: randomUUID(),
      url: `${ORIGIN}/`,
      referrer: '',
      title: 'Garage doors',
      consent: 'granted',
      numbers: [BUSINESS],
      ...fields,
    });
    /** A browser of its own: what it sends bears its id, and its session once it knows it. */
    const browser = (headers: Record<string, string> = {}) => {
      const visitor = randomUUID();
      let session: string | null = null;
      const at = () => town.clock.now(accountId).getTime();
      return {
        visitor,
        session: () => session,
        visits: async (fields: object = {}) => {
          const answer = await post('visit', visitBody({ visitor, ...fields }), headers);
          session = answer.body?.session ?? session;
          return answer;
        },
        views: (path: string, fields: object = {}) =>
          post(
            'page-view',
            {
              key,
              visitor,
              session,
              id: randomUUID(),
              at: at(),
              url: `${ORIGIN}${path}`,
              referrer: `${ORIGIN}/`,
              ...fields,
            },
            headers,
          ),
        sends: (fields: object, more: object = {}) =>
          post(
            'form',
            {
              key,
              visitor,
              session,
              id: randomUUID(),
              at: at(),
              url: `${ORIGIN}/contact`,
              fields,
              ...more,
            },
            // each at an address of its own: few forms are taken from one
            { 'x-forwarded-for': `2001:db8::${visitor.slice(0, 4)}`, ...headers },
          ),
        identifies: (person: object) =>
          post(
            'identify',
            { key, visitor, session, id: randomUUID(), at: at(), ...person },
            headers,
          ),
        beats: (fields: object = {}) =>
          post('heartbeat', { key, visitor, session, at: at(), ...fields }, headers),
      };
    };
    let named = 0;
    /** A tracker of the company with numbers in service, as they stand once the carrier has filled their orders. */
    const tracker = async (fields: {
      type?: 'SOURCE' | 'SESSION';
      size?: number;
      overflow?: 'FIRST_NUMBER' | 'ORIGINAL_NUMBER';
      match?: object;
      targets?: string[];
      /** instead of `size` numbers of any kind */
      numbers?: string[];
    }) => {
      const { type = 'SESSION', size = 1, overflow = 'ORIGINAL_NUMBER' } = fields;
      const createdAt = town.clock.now(accountId);
      const ids = { accountId, companyId };
      const id = newId();
      const source = { ...ids, id: newId(), name: `Source ${named++}` };
      await town.db.prisma.source.create({ data: source });
      await town.db.prisma.tracker.create({
        data: {
          ...ids,
          id,
          sourceId: source.id,
          name: `Tracker ${named}`,
          type,
          destination: BUSINESS,
          swapTargets: fields.targets ?? [],
          ...(type === 'SESSION' ? { overflow } : { match: fields.match ?? { kind: 'ALWAYS' } }),
          createdAt,
        },
      });
      const any = Array.from({ length: size }, (_, n) => `+1${200 + named}${5_550_000 + n}`);
      const numbers = (fields.numbers ?? any).map((number) => ({
        ...ids,
        id: newId(),
        trackerId: id,
        number,
        status: 'ACTIVE' as const,
        createdAt,
      }));
      await town.db.prisma.phoneNumber.createMany({ data: numbers });
      forgetSite(town.db, site);
      return { id, numbers: numbers.map(({ number }) => number) };
    };
    const sessions = () =>
      town.db.prisma.visitorSession.findMany({
        where: { accountId },
        orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
      });
    const pageViews = () =>
      town.db.prisma.pageView.findMany({ where: { accountId }, orderBy: { at: 'asc' } });
    return { ...people, site, key, visitBody, browser, tracker, sessions, pageViews };
  };

  return {
    ...platform,
    ...{ enqueued, collector, url, post, settle },
    /** A company's pages may send two requests in ten seconds from now on. */
    quieten: (companyId: string) => void quietCompanies.add(companyId),
  };
}
