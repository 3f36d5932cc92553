// The scene of the delivery faults: an account whose lead changes as often as told, receivers of every temper in this
// process, and workers that are real processes and can be killed.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ensureFirstAccounts, systemViewer } from '#domains/accounts/index.ts';
import { leadUpdated } from '#domains/leads/events.ts';
import { findOrMakeLead, leadLock } from '#domains/leads/index.ts';
import { createWebhookEndpoint } from '#domains/webhooks/create-endpoint.ts';
import { openSelections } from '#graphql/selections.ts';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { schema } from '#schema';
import { bareDatabase } from '#tests/support/database.ts';
import { program } from '#tests/support/program.ts';
import { TEMPLATE } from '#tests/support/template.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openPlatform } from '../../src/open-platform.ts';

const CALLER = '+14155550134';

/** Opens it. Call it where afterAll may be called. */
export async function openDeliveryTown() {
  const env = {
    DATA_DIR: join(temporaryFolder(), 'data'),
    DATABASE_URL: await bareDatabase(TEMPLATE),
    SECRET_KEY: randomBytes(32).toString('base64'),
    SANDBOX: 'off',
    WEBHOOK_ALLOW_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'info',
  };
  const log = openLog({ level: 'silent', name: 'test', showPersonalData: false });
  const config = readConfig(env);
  const platform = await openPlatform({ config, log, databaseUrl: env.DATABASE_URL, name: 'test' });
  afterAll(() => platform.close());
  const first = await ensureFirstAccounts(platform);
  if (!first) throw new Error('The scene begins with an empty database.');
  const { accountId, companyId } = first;
  const { db, events } = platform;
  const viewer = systemViewer(accountId, 'TEST', 'test');
  const { leadId } = await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [leadLock(companyId, CALLER)]);
    return findOrMakeLead(tx, platform, {
      accountId,
      companyId,
      knownBy: [{ kind: 'PHONE', value: CALLER }],
      name: 'Ada Caller',
      at: new Date(),
    });
  });
  let version = 1;
  return {
    platform,
    accountId,
    endpoint: async (url: string) => {
      const selections = openSelections({ schema, platform });
      const wanted = { url, eventTypes: ['lead.updated' as const] };
      return createWebhookEndpoint({ ...platform, selections }, viewer, wanted);
    },
    /** The lead changes so many times, in one transaction. */
    happens: (times: number) =>
      db.transaction(async (tx) => {
        const subject = `lead:${leadId}`;
        await events.lock(tx, accountId, [subject]);
        await events.append(
          tx,
          accountId,
          Array.from({ length: times }, () => ({
            definition: leadUpdated,
            companyId,
            subject,
            subjectVersion: ++version,
            occurredAt: new Date(),
            payload: { leadId, changes: ['name'] },
          })),
        );
      }),
    /** A worker process beside the others. Call it where afterAll may be called, or it outlives the file. */
    worker: () => program([process.execPath, 'workers/all.ts'], env, 'the worker is up'),
    /** Every event of the kind that endpoints are told of. */
    eventIds: async (): Promise<string[]> => {
      const { rows } = await db.pool.query<{ id: string }>(
        `select epoch || '-' || xid || '-' || seq as id from event
          where account_id = $1 and type = 'lead.updated'`,
        [accountId],
      );
      return rows.map(({ id }) => id);
    },
    /** The deliveries of an endpoint: event, state, and how many attempts are in the log. */
    deliveriesOf: async (endpointId: string) => {
      const { rows } = await db.pool.query<{ event_id: string; state: string; attempts: number }>(
        `select event_id, state::text as state, attempts from webhook_delivery
          where account_id = $1 and endpoint_id = $2`,
        [accountId, endpointId],
      );
      return rows;
    },
  };
}
