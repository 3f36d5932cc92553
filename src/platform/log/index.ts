// The log: JSON lines through pino. Personal data may stand only under keys that begin with pii_, which are hidden
// unless the operator asks for them. Of errors only what is known to be harmless is written: the database's carry values.
import { pino } from 'pino';

export type Log = import('pino').Logger;

/**
 * Opens the process's log.
 * @param options.level pino's level names; 'silent' for tests
 * @param options.showPersonalData when false every key that begins with pii_ is written as [hidden], at any depth, and
 *   errors lose what their makers hung on them (a failed statement's `detail` and `where` quote the row)
 * @param options.name the process: server, worker, sandbox
 */
export function openLog(options: { level: string; name: string; showPersonalData: boolean }): Log {
  const { level, name, showPersonalData } = options;
  if (showPersonalData) return pino({ name, level });
  return pino({
    name,
    level,
    formatters: { log: (entry) => hidePersonalData(entry) as Record<string, unknown> },
    serializers: { err: (error: Error) => harmless(pino.stdSerializers.err(error)) },
  });
}

function hidePersonalData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidePersonalData);
  if (typeof value !== 'object' || value === null) return value;
  // errors, dates and the like have their own ways to be written
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key.startsWith('pii_') ? '[hidden]' : hidePersonalData(one),
    ]),
  );
}

const HARMLESS = ['type', 'message', 'stack', 'code', 'status', 'syscall', 'table', 'constraint'];

function harmless(error: object): object {
  if (!('stack' in error)) return error;
  return Object.fromEntries(Object.entries(error).filter(([key]) => HARMLESS.includes(key)));
}
