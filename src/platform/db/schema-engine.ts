// Prisma's own schema engine, in its WebAssembly build, over the pg driver: applies migrations and compares them with the
// models inside this process, without the native engine that the Prisma CLI downloads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type ErrorRegistry,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQueryable,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// The driver adapter refuses some types of the system catalogs, which the engine reads: they pass as text, and the
// one-byte "char" (18) is marked again on the way out because the engine wants it as a Character.
const CHAR = 18;
const CATALOG_TYPE_AS: Record<number, number> = {
  18: 25,
  1003: 1009,
  1002: 1009,
  2205: 25,
  24: 25,
  194: 25,
};
const charColumns = new WeakMap<object, number[]>();

function retype(result: pg.QueryArrayResult): pg.QueryArrayResult {
  const chars = result.fields.flatMap((field, n) => (field.dataTypeID === CHAR ? [n] : []));
  if (chars.length > 0) charColumns.set(result.rows, chars);
  for (const field of result.fields) {
    field.dataTypeID = CATALOG_TYPE_AS[field.dataTypeID] ?? field.dataTypeID;
  }
  return result;
}

function retypeAll(result: pg.QueryArrayResult | pg.QueryArrayResult[]) {
  return Array.isArray(result) ? result.map(retype) : result?.fields ? retype(result) : result;
}

type Callback = (error: Error | null, result: pg.QueryArrayResult) => void;

class CatalogClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's query has a dozen overloads, all passed through unchanged
  override query(...args: any[]): any {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      // pg.Pool calls it with a callback
      args[args.length - 1] = ((error, result) =>
        callback(error, error ? result : retypeAll(result))) satisfies Callback;
    }
    const answer = (super.query as (...all: unknown[]) => unknown).apply(this, args);
    return answer instanceof Promise ? answer.then(retypeAll) : answer;
  }
}

function markChars<Q extends SqlQueryable>(queryable: Q): Q {
  const queryRaw = queryable.queryRaw.bind(queryable);
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const n of charColumns.get(result.rows) ?? []) {
      result.columnTypes[n] = ColumnTypeEnum.Character as ColumnType;
    }
    return result;
  };
  return queryable;
}

/** Connects one driver; disposing of it twice does no harm. */
async function connect(url: string): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 2, Client: CatalogClient });
  const adapter = markChars(await new PrismaPg(pool).connect());
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (level) => markChars(await startTransaction(level));
  // The adapter's own version cuts a script at every semicolon, also inside $$ bodies. Sent whole, a script is also one
  // transaction: a migration that fails leaves nothing behind.
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };
  let closed: Promise<void> | undefined;
  adapter.dispose = () => {
    closed ??= pool.end();
    return closed;
  };
  return adapter;
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A factory, and the way to close what it opened: the engine itself leaves its connections open. */
function driverFactory(url: string) {
  const opened: SqlDriverAdapter[] = [];
  const open = async (href: string) => {
    const adapter = await connect(href);
    opened.push(adapter);
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(url),
    // The adapter's own version drops the shadow database while its pool is open, and ignores its name beside a url.
    async connectToShadowDb() {
      const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
      await run(url, `create database "${name}" template template0`);
      const shadow = new URL(url);
      shadow.pathname = `/${name}`;
      const adapter = await open(shadow.href);
      const dispose = adapter.dispose.bind(adapter);
      adapter.dispose = async () => {
        await dispose();
        await run(url, `drop database if exists "${name}" with (force)`);
      };
      return adapter;
    },
  };
  return { factory, close: () => Promise.all(opened.map((adapter) => adapter.dispose())) };
}

let lastPanic: string | undefined;

// TypeScript knows WebAssembly only with the browser's library, which a server must not have.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

async function loadEngine() {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        lastPanic = message;
      },
    },
  });
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const imports = Object.entries(engine).map(([name, given]) =>
    // the engine's timer for a lock that it waits for outlives its work by 10 s: it must not keep the process up
    name.startsWith('__wbg_setTimeout_')
      ? [name, (callback: () => void, ms: number) => setTimeout(callback, ms).unref()]
      : [name, given],
  );
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': Object.fromEntries(imports),
  });
  const bind = engine as unknown as { __wbg_set_wasm(exports: unknown): void };
  bind.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine;
}

let loaded: ReturnType<typeof loadEngine> | undefined;

/** The readable part of what the engine threw: what the database said, else the engine's own words. */
function describe(error: unknown, registry: ErrorRegistry): Error {
  const plain = error instanceof Error ? error.message : String(error);
  const id = /External error id#(\d+)/.exec(plain)?.[1];
  const external = id === undefined ? undefined : registry.consumeError(Number(id))?.error;
  if (external instanceof Error) {
    const where = /migration_name=\\?"([^"\\]+)/.exec(plain)?.[1];
    const place = where ? `Migration ${where} failed: ` : '';
    return new Error(`${place}${external.message}`, { cause: external });
  }
  try {
    const told = JSON.parse(plain) as { message?: string };
    return new Error(told.message ?? plain, { cause: error });
  } catch {
    return new Error(lastPanic ?? plain, { cause: error });
  }
}

/**
 * Runs one piece of work with a fresh schema engine on a database.
 * @param url the database; comparing histories makes a shadow database beside it, so the role must be allowed to.
 * @throws the engine's own message, readable.
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= loadEngine();
  const { SchemaEngine: Engine } = await loaded;
  lastPanic = undefined;
  const { factory, close } = driverFactory(url);
  const driver = bindMigrationAwareSqlAdapterFactory(factory);
  try {
    const engine = await Engine.new({ datamodels: undefined }, () => {}, driver);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    throw describe(error, driver.errorRegistry);
  } finally {
    await close();
  }
}
