// Tells a database that cannot be reached from a statement that failed, in whatever dress the drivers give it.

/** The database cannot be reached or is going down: nothing is wrong with the request, which may be tried again. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';
  constructor(cause?: unknown, message = 'The database cannot be reached; try again shortly.') {
    super(message, { cause });
  }
}

/** It answers, but takes no writes until it is promoted: a failover has begun and is not over. */
export class DatabaseIsStandby extends DatabaseUnavailable {
  override name = 'DatabaseIsStandby';
  constructor() {
    super(undefined, 'The database is a standby that was not promoted yet; try again shortly.');
  }
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html: class 08, 57P0x (going down or starting up), 53300 (full),
// 25006 (read only: a standby, or a primary that was made one)
const SQL_STATES = /^(08...|57P0[1-5]|53300|25006)$/;
// the same: too slow for our limits of time (57014, 25P0x), locked, class 53 (no disk, no memory), a disk that fails; and
// Prisma's word for a transaction that took too long
const STRAINED = /^(57014|25P0[34]|55P03|53...|58030|P2028)$/;
const SYSTEM_CODES =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
// https://www.prisma.io/docs/orm/reference/error-reference: unreachable, timed out, pool exhausted, connection closed
const PRISMA_CODES = /^(P1001|P1002|P1008|P1017|P2024)$/;
const DRIVER_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|^timeout expired$|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|server closed the connection/i;

interface Layer {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { code?: unknown; driverAdapterError?: unknown } | null;
}

/** An error and what it wraps, outermost first: Prisma puts the driver's error under cause or meta. */
function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = [];
  const visit = (one: unknown) => {
    if (typeof one !== 'object' || one === null || layers.includes(one as Layer)) return;
    const layer = one as Layer;
    layers.push(layer);
    visit(layer.cause);
    visit(layer.meta);
    visit(layer.meta?.driverAdapterError);
    if (one instanceof AggregateError) one.errors.forEach(visit);
  };
  visit(error);
  return layers;
}

const codesOf = (error: unknown): string[] =>
  layersOf(error)
    .flatMap((layer) => [layer.code, layer.originalCode])
    .filter((code) => typeof code === 'string');

/** The five-character SQLSTATE of a failed statement, from pg, the driver adapter or Prisma; undefined when there is none. */
export function sqlStateOf(error: unknown): string | undefined {
  return codesOf(error).find((code) => /^[0-9A-Z]{5}$/.test(code) && !/^P[12]\d{3}$/.test(code));
}

/** Is this error about reaching the database at all? HTTP doors answer 503 then. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  return (
    codesOf(error).some(
      (code) => SQL_STATES.test(code) || SYSTEM_CODES.test(code) || PRISMA_CODES.test(code),
    ) || layersOf(error).some((layer) => DRIVER_WORDS.test(String(layer.message ?? '')))
  );
}

/** Is the database there, but too slow or too full for what was asked? The same may well succeed when it has been seen to. */
export function isStrained(error: unknown): boolean {
  return codesOf(error).some((code) => STRAINED.test(code));
}
