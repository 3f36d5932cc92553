// Opens everything outside our process for a server or a worker, in one order, and closes it in reverse.
import { join } from 'node:path';
import { openCarrierSettings } from '#domains/accounts/index.ts';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { openCarriers, openInbox } from '#platform/carrier/index.ts';
import { type Clock, systemClock } from '#platform/clock/index.ts';
import type { Config } from '#platform/config/index.ts';
import { openDb } from '#platform/db/index.ts';
import { openEventLog } from '#platform/events/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { openLimits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import { openMailer } from '#platform/mail/index.ts';
import { openOutbound } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import { openSearch } from '#platform/search/index.ts';
import { openSecrets, readOrMakeMasterKey } from '#platform/secrets/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { jobDefinitions } from './reactions.ts';

export interface OpenedPlatform extends Platform {
  /** Says where this server is reached, once it listens. */
  reachedAt(publicUrl: string): void;
  close(): Promise<void>;
}

/**
 * Opens the platform.
 * @param options.databaseUrl a database that is up and migrated
 * @param options.name the process, as the database and the log name it: server, worker
 * @throws when a part cannot be opened; nothing is left open then
 */
export async function openPlatform(options: {
  config: Config;
  log: Log;
  databaseUrl: string;
  name: string;
  clock?: Clock;
}): Promise<OpenedPlatform> {
  const { config, log, databaseUrl: url, name, clock = systemClock } = options;
  let publicUrl = config.PUBLIC_URL?.replace(/\/$/, '') ?? `http://${config.HOST}:${config.PORT}`;
  const secrets = openSecrets(
    config.SECRET_KEY
      ? Buffer.from(config.SECRET_KEY, 'base64')
      : readOrMakeMasterKey(config.DATA_DIR),
  );
  const applicationName = `switchboard ${name}`;
  const db = await openDb({ url, applicationName, poolSize: config.DATABASE_POOL, log });
  const closers = [() => db.close()];
  const undo = async (error: unknown): Promise<never> => {
    for (const close of closers.reverse()) {
      await close().catch((err) => log.warn({ err }, 'a part did not close cleanly'));
    }
    throw error;
  };
  const events = await openEventLog({ db, log, clock }).catch(undo);
  closers.push(() => events.stop());
  const jobs = await openJobs({ db, log, definitions: jobDefinitions }).catch(undo);
  const carriers = openCarriers({
    settings: (accountId) => openCarrierSettings({ db, secrets }, accountId),
    publicUrl: () => publicUrl,
  });
  const mail = openMailer(config, log);
  const { MEILISEARCH_URL: searchUrl, MEILISEARCH_KEY: searchKey } = config;
  const { search, copy: searchCopy } = openSearch({
    db,
    log,
    tags: taggedInteractions,
    server: searchUrl && searchKey ? { url: searchUrl, key: searchKey } : null,
  });
  return {
    config,
    log,
    clock,
    db,
    secrets,
    storage: openDiskStorage(join(config.DATA_DIR, 'storage')),
    events,
    jobs,
    carriers,
    inbox: openInbox(db, secrets, log),
    mail,
    limits: openLimits(db),
    search,
    searchCopy,
    outbound: openOutbound({ allowed: config.WEBHOOK_ALLOW_HOSTS ?? [] }),
    publicUrl: () => publicUrl,
    reachedAt(address) {
      if (!config.PUBLIC_URL) publicUrl = address;
    },
    async close() {
      await jobs.stop();
      mail.close();
      await events.stop();
      await db.close();
    },
  };
}
