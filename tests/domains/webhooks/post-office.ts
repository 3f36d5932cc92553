// A town with a post office: endpoints, receivers that listen on this machine, a turned clock, and a sender that works
// when it is told to.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach } from 'vitest';
import { createApiKey } from '#domains/accounts/create-api-key.ts';
import { authenticateKey } from '#domains/accounts/index.ts';
import { leadUpdated } from '#domains/leads/events.ts';
import { createWebhookEndpoint, type NewEndpoint } from '#domains/webhooks/create-endpoint.ts';
import { runDeliveries } from '#domains/webhooks/index.ts';
import { webhooksJobHandlers } from '#domains/webhooks/job-handlers.ts';
import {
  eraseSettledJob,
  purgeDeliveriesJob,
  removeEndpointJob,
  replayJob,
} from '#domains/webhooks/jobs.ts';
import { openSelections } from '#graphql/selections.ts';
import type { Db } from '#platform/db/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import type { Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

/** What reached a receiver. */
export interface Letter {
  headers: Record<string, string>;
  body: string;
}

type Behaviour = number | ((response: ServerResponse, socket: Socket) => void);

/** Listens as a partner would; answers 204 unless told otherwise. */
export async function openReceiver() {
  const letters: Letter[] = [];
  let behave: Behaviour = 204;
  let open = 0;
  let mostOpen = 0;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    let body = '';
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    response.once('close', () => {
      open -= 1;
    });
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      letters.push({ headers: request.headers as Letter['headers'], body });
      if (typeof behave === 'number') response.writeHead(behave).end();
      else behave(response, request.socket);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    letters,
    ids: () => letters.map(({ headers }) => headers['webhook-id']),
    behaves(next: Behaviour) {
      behave = next;
    },
    mostOpen: () => mostOpen,
  };
}

/** A try of a job that nobody stops. */
export const JOB = { id: '1', attempt: 1, signal: new AbortController().signal };

/**
 * Opens it on a database of its own. Call it at the top of a test file.
 * @param options.wire what the sender's database goes through
 */
export async function openPostOffice(options: { exchangeMs?: number; wire?: (db: Db) => Db } = {}) {
  const { wire = (db: Db) => db, ...exchange } = options;
  const town = await openTown();
  const jobs = await openJobs({
    db: town.db,
    log: town.log,
    definitions: [replayJob, purgeDeliveriesJob, removeEndpointJob, eraseSettledJob],
  });
  afterAll(() => jobs.stop());
  const slice = {
    ...town,
    jobs,
    secrets: openSecrets(randomBytes(32)),
    outbound: openOutbound({ allowed: ['127.0.0.1'], ...exchange }),
  };
  const platform = {
    ...slice,
    selections: openSelections({ schema, platform: slice as unknown as Platform }),
  };
  /** The worker; `quiet` has it do all that is due now. */
  const deliveries = await runDeliveries({ ...platform, db: wire(town.db) });
  afterAll(() => deliveries.stop());
  // the clock is everybody's: what one test left waiting must not come due in another
  afterEach(async () => {
    await town.db.prisma.webhookEndpoint.deleteMany();
  });

  const settle = async () => {
    const people = await town.settle();
    const { accountId, companyId, viewer } = people;
    const { leadId } = await people.arrives('+14155550134');
    let version = 0;
    return {
      ...people,
      leadId: leadId ?? '',
      /** A key of this account, and who it is. */
      keyWith: async (scopes: Scope[], companyIds?: string[]) => {
        const made = await createApiKey(platform, viewer, { name: 'Key', scopes, companyIds });
        return {
          apiKey: made.apiKey,
          viewer: await authenticateKey(platform, made.secret as string),
        };
      },
      endpoint: (url: string, more: Partial<NewEndpoint> = {}, as: Viewer = viewer) =>
        createWebhookEndpoint(platform, as, { url, eventTypes: ['lead.updated'], ...more }),
      /** The lead changes so many times; returns the ids of the events. */
      happens: async (times = 1, company: string | null = companyId) => {
        const before = await platform.events.head();
        await town.db.transaction(async (tx) => {
          await town.events.lock(tx, accountId, [`lead:${leadId}`]);
          await town.events.append(
            tx,
            accountId,
            Array.from({ length: times }, () => ({
              definition: leadUpdated,
              companyId: company,
              subject: `lead:${leadId}`,
              subjectVersion: ++version,
              occurredAt: town.clock.now(accountId),
              payload: { leadId, changes: ['name'] },
            })),
          );
        });
        await deliveries.quiet();
        const { events } = await platform.events.page({
          accountId,
          after: before,
          limit: 1_000,
          filter: { types: ['lead.updated'] },
        });
        return events.map(({ id }) => id);
      },
      deliveries: (where: object = {}) =>
        town.db.prisma.webhookDelivery.findMany({
          where: { accountId, ...where },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          include: { body: true, attemptLog: { orderBy: { n: 'asc' } } },
        }),
      endpointRow: (id: string) =>
        town.db.prisma.webhookEndpoint.findUniqueOrThrow({
          where: { accountId_id: { accountId, id } },
        }),
      told: async (type: string) =>
        (await platform.events.page({ accountId, after: null, limit: 1_000, filter: {} })).events
          .filter((event) => event.type === type)
          .map(({ payload, subject, subjectVersion, companyId: company }) => {
            return { payload, subject, subjectVersion, companyId: company };
          }),
    };
  };

  /** What an erasure has left to jobs is done. Returns how many bodies there were before, and are after it. */
  const eraseSettled = async (accountId: string) => {
    const bodies = () => town.db.prisma.webhookBody.count({ where: { accountId } });
    const before = await bodies();
    const { rows } = await town.db.pool.query<{ data: object }>(
      `select data from pgboss.job where name = $1 and data->>'accountId' = $2`,
      [eraseSettledJob.name, accountId],
    );
    const [, , , handler] = webhooksJobHandlers(platform);
    for (const { data } of rows) await handler.run(data, {} as never);
    return { before, after: await bodies() };
  };

  return { ...platform, deliveries, settle, eraseSettled };
}
