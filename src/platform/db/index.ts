// The door to the database: bring it up, migrate it, open it, write in transactions, read hot lists in an account's SQL.
export { backUp, restore } from './backup.ts';
export { mayRemoveFiles } from './backup-lock.ts';
export { columnOf, columnsOf } from './columns-of.ts';
export {
  attachEmbedded,
  type EmbeddedPostgres,
  refuseInUse,
  startEmbeddedPostgres,
} from './embedded.ts';
export { ensureEpoch, raiseEpoch } from './epoch.ts';
export { SQL_NULL } from './json-null.ts';
export { applyAgain, applyMigrations } from './migrations.ts';
export { type Db, openDb } from './open-db.ts';
export { inOneTrip, unawaited } from './piped-transaction.ts';
export { shareOfPool } from './pool-shares.ts';
export { openPresence, type Presence } from './presence.ts';
export {
  awaitMigrated,
  findDatabase,
  provideDatabase,
  useDatabase,
} from './provide-database.ts';
export { diffModels, writeMigration } from './schema-diff.ts';
export { openShortMemory, type ShortMemory } from './short-memory.ts';
export {
  prepare,
  preparedSql,
  runSql,
  type SqlPart,
  type SqlSource,
  sqlPart,
  type TenantSql,
  tenantSql,
} from './tenant-sql.ts';
export { afterCommit, isPassing, type PipedTx, type SqlTx, type Tx } from './transaction.ts';
export {
  DatabaseUnavailable,
  isDatabaseUnavailable,
  isStrained,
  sqlStateOf,
} from './unavailable.ts';
export { TooMuchWaits, writeTogether } from './write-together.ts';
