// The log: JSON lines through pino. Personal data may stand only under keys that begin with pii_, which are hidden
// unless the operator asks for them.
import { pino } from 'pino';

export type Log = import('pino').Logger;

/**
 * Opens the process's log.
 * @param options.level pino's level names; 'silent' for tests
 * @param options.showPersonalData when false every key that begins with pii_ is written as [hidden]
 * @param options.name the process: server, worker, sandbox
 */
export function openLog(options: { level: string; name: string; showPersonalData: boolean }): Log {
  return pino({
    name: options.name,
    level: options.level,
    formatters: {
      log: (entry) => (options.showPersonalData ? entry : hidePersonalData(entry)),
    },
  });
}

function hidePersonalData(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, key.startsWith('pii_') ? '[hidden]' : value]),
  );
}
