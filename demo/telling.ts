// How the demo's chapters tell what they saw, and how they stop when it is not as it must be.
import { setTimeout as pause } from 'node:timers/promises';

/** Tells one step: its name ('' goes on with the step before) and what the API told. */
export type Say = (name: string, seen: string) => void;

/** Minutes and seconds of a recording: 83500 → 01:23.5. */
export function clock(ms: number): string {
  return `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${((ms % 60_000) / 1_000).toFixed(1).padStart(4, '0')}`;
}

/** Throws when it does not hold. */
export function must(holds: unknown, otherwise: string): void {
  if (!holds) throw new Error(`The story went wrong: ${otherwise}.`);
}

/** The thing itself; throws when it is not there. */
export function had<T>(thing: T, otherwise: string): NonNullable<T> {
  must(thing, otherwise);
  return thing as NonNullable<T>;
}

/** What is left to look at when the story is over and the server goes on. */
export function closingWords({
  url,
  apiKey,
  accountId,
  dataDir,
}: {
  url: string;
  apiKey: string;
  accountId: string;
  dataDir: string;
}): string {
  return `
The server goes on. Look around:
  GraphiQL   ${url}/graphql
  header     {"authorization": "Bearer ${apiKey}"}
  lost it?   DATABASE_URL= DATA_DIR='${dataDir}' npm run account -- key ${accountId}
Press Ctrl+C to stop; the demo's data lies in ${dataDir} and is made anew each time.`;
}

/** Asks again and again until it holds; whoever plays the story sets its patience. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(200);
}
