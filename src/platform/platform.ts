// Everything outside our process, opened once by server.ts and workers/*, and handed to whoever needs a slice of it.
import type { CarrierInbox, Carriers } from './carrier/index.ts';
import type { Clock } from './clock/index.ts';
import type { Config } from './config/index.ts';
import type { Db } from './db/index.ts';
import type { EventLog } from './events/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Log } from './log/index.ts';
import type { Secrets } from './secrets/index.ts';
import type { Storage } from './storage/index.ts';

export interface Platform {
  config: Config;
  log: Log;
  clock: Clock;
  db: Db;
  secrets: Secrets;
  storage: Storage;
  events: EventLog;
  jobs: Jobs;
  carriers: Carriers;
  inbox: CarrierInbox;
  /** the root under which browsers and the carrier reach this server, without a slash at its end */
  publicUrl: () => string;
}
