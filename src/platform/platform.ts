// Everything outside our process, opened once by server.ts and workers/*, and handed to whoever needs a slice of it.
import type { CarrierInbox, Carriers } from '#platform/carrier/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Config } from '#platform/config/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { EventLog } from '#platform/events/index.ts';
import type { Jobs } from '#platform/jobs/index.ts';
import type { Limits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Mailer } from '#platform/mail/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import type { CopyKeeper, SearchEngine } from '#platform/search/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import type { Storage } from '#platform/storage/index.ts';

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
  mail: Mailer;
  limits: Limits;
  search: SearchEngine;
  /** keeps the copy of the index in a search server; null where none is set */
  searchCopy: CopyKeeper | null;
  outbound: Outbound;
  /** the root under which browsers and the carrier reach this server, without a slash at its end */
  publicUrl: () => string;
}
