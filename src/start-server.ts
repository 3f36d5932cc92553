// Puts a whole server together: database → platform → doors → sandbox → workers. Stops in reverse order.
import { join } from 'node:path';
import {
  authenticateKey,
  authenticateSession,
  ensureFirstAccounts,
  type FirstAccounts,
  listAccounts,
  recheck,
} from '#domains/accounts/index.ts';
import { tellRefusal } from '#domains/activity/index.ts';
import { openIdentifyDesk } from '#domains/attribution/index.ts';
import { openChatDesk } from '#domains/chats/index.ts';
import { openFormDesk } from '#domains/forms/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import { openCollector } from '#domains/visitors/index.ts';
import { carrierDoor } from '#http/carrier.ts';
import { chatFilesDoor } from '#http/chat-files.ts';
import { collectDoor } from '#http/collect.ts';
import { collectChatDoor } from '#http/collect-chat.ts';
import { exportsDoor } from '#http/exports.ts';
import { mediaDoor } from '#http/media.ts';
import { peopleDoor } from '#http/people-pages.ts';
import { recordingsDoor } from '#http/recordings.ts';
import { scriptsDoor } from '#http/scripts.ts';
import { startHttp } from '#http/start-http.ts';
import { unsubscribeDoor } from '#http/unsubscribe.ts';
import { uploadsDoor } from '#http/uploads.ts';
import type { Clock } from '#platform/clock/index.ts';
import { type Config, makeDataDir, writeServerAddress } from '#platform/config/index.ts';
import { provideDatabase } from '#platform/db/index.ts';
import { openProcessLimits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import { type ForkedSandbox, forkSandbox } from '#sandbox/index.ts';
import { openIntake } from './intake.ts';
import { type OpenedPlatform, openPlatform } from './open-platform.ts';
import { schema } from './schema.ts';
import { startWorkers, WORKER_NAMES } from './start-workers.ts';

export interface RunningServer {
  url: string;
  port: number;
  platform: OpenedPlatform;
  /** what the very first start made, with the key in clear text; null at later starts */
  first: FirstAccounts | null;
  /** false: nobody can sign in before an account is made */
  hasAccounts: boolean;
  /** the sandbox's address; null with SANDBOX=off */
  sandbox: { url: string; pid: number } | null;
  stop(): Promise<void>;
}

/**
 * Starts a server.
 * @throws with what to do when the database, the port or the sandbox cannot be had; nothing is left running then
 */
export async function startServer(options: {
  config: Config;
  log: Log;
  clock?: Clock;
}): Promise<RunningServer> {
  const { config, log } = options;
  makeDataDir(config.DATA_DIR);
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((err) => log.error({ err }, 'a part did not stop cleanly'));
    }
  };
  try {
    const database = await provideDatabase(
      { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR },
      log,
      { seconds: config.DATABASE_WAIT },
    );
    closers.push(database.stop);
    const platform = await openPlatform({ ...options, databaseUrl: database.url, name: 'server' });
    closers.push(platform.close);
    const { db, clock, secrets } = platform;
    const intake = openIntake(platform);
    closers.push(intake.stop);
    const collector = openCollector(platform);
    closers.push(collector.stop);
    const http = await startHttp({
      platform,
      schema,
      authenticate: (bearer) => authenticateKey({ db, clock }, bearer),
      authenticateSession: (token) => authenticateSession({ db, clock }, token),
      standing: config,
      recheck: (viewer) => recheck({ db, clock }, viewer),
      tellRefusal: (viewer, mutation, refusal) => tellRefusal(platform, viewer, mutation, refusal),
      port: config.PORT,
      host: config.HOST,
      doors: [
        carrierDoor(platform, intake.take),
        recordingsDoor(platform),
        mediaDoor(platform),
        chatFilesDoor(platform),
        uploadsDoor({
          ...{ platform, standing: config, limits: openProcessLimits() },
          authenticate: (bearer) => authenticateKey({ db, clock }, bearer),
          authenticateSession: (token) => authenticateSession({ db, clock }, token),
        }),
        exportsDoor(platform),
        scriptsDoor(platform),
        unsubscribeDoor(platform),
        peopleDoor(platform, config),
        collectChatDoor({
          ...{ collector, limits: openProcessLimits(), config, secrets, log },
          chats: openChatDesk(platform),
        }),
        collectDoor({
          ...{ collector, limits: openProcessLimits(), config, secrets, log },
          forms: openFormDesk(platform),
          people: openIdentifyDesk(platform),
          authenticate: (bearer) => authenticateKey({ db, clock }, bearer),
        }),
      ],
      opensLater: true,
    });
    closers.push(http.stop);
    platform.reachedAt(http.url);
    // the key is shown once, so it is made only when nothing that often fails is left to do
    const first = config.SANDBOX ? await ensureFirstAccounts({ db, clock }) : null;
    let sandbox: ForkedSandbox | null = null;
    if (config.SANDBOX) {
      const apiKey = `sandbox-${secrets.sign('the sandbox of this server', 'sandbox-key')}`;
      sandbox = await forkSandbox(
        {
          dataDir: join(config.DATA_DIR, 'sandbox'),
          apiKey,
          speed: config.SANDBOX_SPEED,
        },
        (message) => log.error({ message }, 'the sandbox reports'),
      );
      closers.push(sandbox.stop);
      await connectSandbox(platform, { url: sandbox.url, publicKey: sandbox.publicKey, apiKey });
    }
    if (config.WORKERS === 'inside') {
      const workers = await startWorkers(platform, WORKER_NAMES, { intake });
      closers.push(workers.stop);
    }
    http.open();
    const forget = writeServerAddress(config.DATA_DIR, platform.publicUrl());
    closers.push(async () => forget());
    return {
      url: http.url,
      port: http.port,
      platform,
      first,
      hasAccounts: (await listAccounts(db.prisma)).length > 0,
      sandbox: sandbox && { url: sandbox.url, pid: sandbox.pid },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
