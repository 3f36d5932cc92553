// The list that the bench asks for, as a partner would: 20 calls with their tracker and tags.
import type { Shot } from './load.ts';

const QUERY = `query { calls(first: 20) { nodes {
  id state outcome from to startedAt durationSeconds firstCall tracker { id name } tags { id name }
} } }`;

/** Requests for the list, with the keys in turn: one key's points are soon spent. */
export function listShots(url: string, keys: readonly string[], count: number): Shot[] {
  const body = JSON.stringify({ query: QUERY });
  return Array.from({ length: count }, (_, n) => ({
    url: `${url}/graphql`,
    body,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${keys[n % keys.length]}`,
    },
  }));
}

/** Throws unless an answer holds 20 calls, each with a tracker and tags. */
export function checkList(status: number, text: string): void {
  const rows = text.split('"tracker":{').length - 1;
  if (status !== 200 || rows !== 20 || !text.includes('"Tag ') || text.includes('"errors"')) {
    throw new Error(`A list was answered with ${status} and ${rows} rows: ${text.slice(0, 300)}`);
  }
}
