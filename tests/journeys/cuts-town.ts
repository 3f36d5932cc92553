// The scene of the cuts: a PostgreSQL, a server process, a worker process, a partner's receiver, and writers whose
// transactions are numbered in one order and commit in another. Everything in it can be killed.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { ensureFirstAccounts } from '#domains/accounts/index.ts';
import { systemClock } from '#platform/clock/index.ts';
import { applyMigrations, openDb, startEmbeddedPostgres } from '#platform/db/index.ts';
import { defineEvent, openEventLog } from '#platform/events/index.ts';
import { openLog } from '#platform/log/index.ts';
import { drawsFor } from '#sandbox/seeded.ts';
import { program } from '#tests/support/program.ts';
import { serverProcess } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { until } from '#tests/support/town.ts';
import { encodePosition } from '#values/cursor.ts';
import { openApi } from '../../demo/api.ts';

const WRITERS = 8;
const SUBJECTS = 12;
/** the real event and its reaction: each of these starts one job, transcripts.drop, that finds nothing to drop */
const updated = defineEvent('call.updated', { deletedRecordingId: z.uuid() });
const BUMP = `insert into cuts_counter values ($1, 1)
  on conflict (subject) do update set version = cuts_counter.version + 1 returning version`;
const ENDPOINT = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  webhookEndpoint { id } userErrors { code field message } } }`;

class TakenBack extends Error {}

/** Opens the scene. Call it where afterAll may be called. */
export async function openCutsTown(seed: number) {
  const folder = temporaryFolder();
  const log = openLog({ level: 'silent', name: 'test', showPersonalData: false });
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log });
  afterAll(() => postgres.stop());
  await applyMigrations(postgres.url);
  const db = await openDb({
    url: postgres.url,
    applicationName: 'switchboard writers',
    poolSize: WRITERS + 2,
    log,
  });
  afterAll(() => db.close());
  const events = await openEventLog({ db, log });
  afterAll(() => events.stop());
  await db.pool.query('create table cuts_counter (subject text primary key, version int not null)');
  const first = await ensureFirstAccounts({ db, clock: systemClock });
  if (!first) throw new Error('The scene begins with an empty database.');
  const { accountId, companyId, apiKey } = first;

  const env = {
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: postgres.url,
    SECRET_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HOSTS: '127.0.0.1',
  };
  const server = await serverProcess({ ...env, SANDBOX: 'off', WORKERS: 'apart' });
  const worker = program(
    [process.execPath, 'workers/all.ts'],
    { ...env, PUBLIC_URL: server.url },
    'the worker is up',
  );
  await server.start();
  await worker.start();

  const receiver = await openReceiver();
  const api = openApi(server.url, apiKey);
  await api.ask(ENDPOINT, {
    input: { url: receiver.url, eventTypes: ['CALL_UPDATED'], query: '{ id }' },
  });
  api.close();
  const start = await events.head();

  const admin = new pg.Pool({ connectionString: postgres.url, max: 1 });
  admin.on('error', () => {});
  afterAll(() => admin.end());

  let writing = true;
  const committed: string[] = [];
  const subjects = Array.from({ length: SUBJECTS }, () => `call:${randomUUID()}`);

  /** One change of one or two subjects: numbered when it begins, committed some time after, taken back now and then. */
  async function change(draw: () => number): Promise<void> {
    const pick = () => subjects[Math.floor(draw() * SUBJECTS)] ?? '';
    const chosen = [...new Set(draw() < 0.3 ? [pick(), pick()] : [pick()])];
    const [thinkS, takenBack] = [draw() * 0.04, draw() < 0.1];
    const marks: string[] = [];
    await db.transaction(async (tx) => {
      await events.lock(tx, accountId, chosen);
      await tx.$queryRawUnsafe('select pg_current_xact_id()::text');
      await tx.$executeRawUnsafe(`select pg_sleep(${thinkS})`);
      for (const subject of chosen) {
        const [row] = await tx.$queryRawUnsafe<{ version: number }[]>(BUMP, subject);
        const deletedRecordingId = randomUUID();
        marks.push(deletedRecordingId);
        await events.append(tx, accountId, [
          {
            definition: updated,
            companyId,
            subject,
            subjectVersion: row?.version ?? 0,
            occurredAt: systemClock.now(accountId),
            payload: { deletedRecordingId },
          },
        ]);
      }
      if (takenBack) throw new TakenBack();
    });
    committed.push(...marks);
  }

  async function write(writer: number): Promise<void> {
    const draw = drawsFor(seed, `writer ${writer}`);
    while (writing) {
      // a database that is away, or went away: whether that change is there only the table of events knows
      await change(draw).catch(() => pause(50));
      await pause(100 + draw() * 500);
    }
  }
  const writers = Array.from({ length: WRITERS }, (_, n) => write(n));

  return {
    server,
    worker,
    receiver,
    accountId,
    authorization: `Bearer ${apiKey}`,
    start: encodePosition(start),
    db,
    /** marks of changes in the order in which their commits were known here */
    committed,
    async stopWriting() {
      writing = false;
      await Promise.all(writers);
    },
    /** Ends one session of the server, the worker or the writers, or all of them. @returns how many there were */
    async cutBackends(draw: () => number): Promise<number> {
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database()
            and application_name like 'switchboard %' and backend_type = 'client backend' order by pid`,
      );
      const one = rows[Math.floor(draw() * rows.length)];
      const chosen = draw() < 0.1 || !one ? rows : [one];
      await admin.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [
        chosen.map(({ pid }) => pid),
      ]);
      return chosen.length;
    },
    /** Ends the postmaster and waits until another one answers. */
    async cutPostgres(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
      const before = postgres.pid();
      process.kill(before, signal);
      await until('another PostgreSQL runs', () => postgres.pid() !== before);
      await until('it answers', () =>
        admin.query('select 1').then(
          () => true,
          () => false,
        ),
      );
    },
  };
}

/** A partner who takes everything, and keeps how often each event came. */
async function openReceiver() {
  const heard = new Map<string, number>();
  const server = createServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    request.resume().on('end', () => {
      heard.set(id, (heard.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
