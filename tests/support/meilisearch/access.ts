// Keys and tenant tokens of the stand-in for a search server, as Meilisearch documents them: a token is a JWT signed by a
// search key, whose rules the server adds to every search.
import { createHmac, randomUUID } from 'node:crypto';

export const MASTER_KEY = 'the-master-key-of-a-test';

interface Key {
  uid: string;
  key: string;
  actions: string[];
  indexes: string[];
  [other: string]: unknown;
}

/** Opens the keys. */
export function openAccess() {
  const keys: Key[] = [];

  const covers = (patterns: readonly string[], uid: string) =>
    patterns.some((one) =>
      one.endsWith('*') ? uid.startsWith(one.slice(0, -1)) : one === uid || one === '*',
    );

  return {
    keys,
    create(body: Record<string, unknown>): Key {
      const uid = randomUUID();
      const key = createHmac('sha256', MASTER_KEY).update(uid).digest('hex');
      const at = new Date(0).toISOString();
      const made = { ...body, uid, key, createdAt: at, updatedAt: at } as unknown as Key;
      keys.push(made);
      return made;
    },
    /**
     * May this bearer do that?
     * @returns the filter that a tenant token adds to a search; null = none; undefined = it may not
     */
    filterFor(bearer: string, action: string, uid: string): string | null | undefined {
      if (bearer === MASTER_KEY) return null;
      if (action !== 'search') return undefined;
      const [head = '', body = '', signature] = bearer.split('.');
      const payload = body ? JSON.parse(Buffer.from(body, 'base64url').toString()) : {};
      const key = keys.find((one) => one.uid === payload.apiKeyUid);
      if (!key || !covers(key.indexes, uid) || !key.actions.includes('search')) return undefined;
      const wanted = createHmac('sha256', key.key).update(`${head}.${body}`).digest('base64url');
      if (signature !== wanted || payload.exp * 1_000 < Date.now()) return undefined;
      return payload.searchRules[uid]?.filter;
    },
  };
}
