// The search server, which is Meilisearch, in our words: its tasks, its indexes and their documents, and searches behind two walls (the filter
// of every request, and a tenant token that only opens one account's documents).
import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import { generateTenantToken } from 'meilisearch/token';
import { digestAddress } from './digest-address.ts';
import { COPY_SETTINGS, type CopyDocument } from './document.ts';
import { TooLarge, unlessCode } from './faults.ts';
import { fetchTold, PageTold } from './fetch-told.ts';

/** of one request's body; the server itself takes 100 MB unless told otherwise */
const MOST_BODY_BYTES = 16_000_000;
/** what a proxy takes of one, and has time for, unless it says that it does not */
const SMALL_BODY_BYTES = 1_000_000;
const SEARCH_TIMEOUT_MS = 3_000;
const WRITE_TIMEOUT_MS = 60_000;
const TOKEN_MS = 5 * 60_000;
const KEY_NAME = 'switchboard search';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** How a task of the server ended, or has not yet. */
export type TaskState =
  | { state: 'waiting' }
  | { state: 'done' }
  | { state: 'unknown' }
  /** `isOurs`: the documents are at fault, not the server */
  | { state: 'failed'; isOurs: boolean; message: string };

/** What is asked of an index. */
export interface CopyQuery {
  q: string;
  filter: string[];
  /** fields to look in; null = all */
  fields: string[] | null;
  limit: number;
}

/** A document as a search gives it back. */
export type CopyHit = Pick<CopyDocument, 'id' | 'documentId' | 'subjectId' | 'occurredAt' | 'said'>;

/** A search server. Whatever it answers with but an answer is thrown. */
export interface CopyServer {
  /** tells its address from others */
  digest: string;
  /** Makes an empty index with our settings. Returns when it was made, as the server tells it. */
  makeIndex(uid: string): Promise<string>;
  /** When an index was made; null when there is none. */
  indexMadeAt(uid: string): Promise<string | null>;
  /** Deletes an index, if there is one. */
  dropIndex(uid: string): Promise<void>;
  /**
   * Sends documents, in place of those under their keys, in as many requests as are taken. Returns the tasks.
   * @throws TooLarge when one by itself is not taken; others may have been sent
   */
  put(uid: string, documents: readonly CopyDocument[]): Promise<number[]>;
  /** Deletes documents by their keys. Returns the task. */
  drop(uid: string, keys: readonly string[]): Promise<number>;
  taskState(task: number, uids: readonly string[]): Promise<TaskState>;
  /** Has it forget tasks of an index that it did before a time: with a million of them it would take no more. */
  forgetTasks(uid: string, before: Date): Promise<void>;
  /** A page of documents in the order of their keys. */
  list(uid: string, offset: number, limit: number): Promise<{ id: string; digest: string }[]>;
  search(uid: string, accountId: string, query: CopyQuery): Promise<{ hits: CopyHit[] }>;
}

/** Quotes a value of a filter. */
export function quote(value: string): string {
  return `"${value.replace(/["\\]/g, (letter) => `\\${letter}`)}"`;
}

/**
 * Opens a search server.
 * @param options.key one that may do everything with indexes, documents, tasks and keys
 */
export function openCopyServer({ url, key }: { url: string; key: string }): CopyServer {
  const agents = ['switchboard'];
  const reached = { host: url, apiKey: key, timeout: WRITE_TIMEOUT_MS, clientAgents: agents };
  const client = new Meilisearch(reached);
  const putting = new Meilisearch({ ...reached, httpClient: fetchTold });
  // a proxy that takes less shows itself once
  let mostBytes = MOST_BODY_BYTES;
  let searchKey: Promise<{ uid: string; key: string }> | undefined;

  /** Waits for a task of a few moments. Throws when it fails. */
  const done = async (enqueued: ReturnType<typeof client.createIndex>): Promise<void> => {
    const task = await enqueued.waitTask({ timeout: WRITE_TIMEOUT_MS, interval: 50 });
    if (task.status !== 'succeeded') {
      throw new Error(`The search server: ${task.type} ${task.status}: ${task.error?.message}`);
    }
  };

  /** Was a request of so many bytes refused for its size? Throws when nobody is behind the proxy. */
  const isTooLarge = async (error: unknown, bytes: number): Promise<boolean> => {
    const { cause } = error as Error;
    if (cause instanceof MeilisearchApiError) return cause.response.status === 413;
    if (!(cause instanceof PageTold)) return false;
    if (cause.status === 413) return true;
    // it may come over any request, of a hiccup: then that is no reason to send less for good
    if (bytes <= SMALL_BODY_BYTES) return false;
    await client.health();
    return true;
  };

  const findSearchKey = async () => {
    const { results } = await client.getKeys({ limit: 1_000 });
    const known = results.find(({ name }) => name === KEY_NAME);
    const made =
      known ??
      (await client.createKey({
        name: KEY_NAME,
        description: 'Signs the tokens of searches.',
        actions: ['search'],
        indexes: ['transcripts-*'],
        expiresAt: null,
      }));
    return { uid: made.uid, key: made.key };
  };

  /** A client that sees the documents of one account alone. */
  const clientFor = async (uid: string, accountId: string): Promise<Meilisearch> => {
    // a failed look-up is not kept
    searchKey ??= findSearchKey().catch((error: unknown) => {
      searchKey = undefined;
      throw error;
    });
    const found = await searchKey;
    const token = await generateTenantToken({
      apiKey: found.key,
      apiKeyUid: found.uid,
      searchRules: { [uid]: { filter: `accountId = ${quote(accountId)}` } },
      expiresAt: new Date(Date.now() + TOKEN_MS),
    });
    return new Meilisearch({
      host: url,
      apiKey: token,
      timeout: SEARCH_TIMEOUT_MS,
      clientAgents: agents,
    });
  };

  return {
    digest: digestAddress(url),
    async makeIndex(uid) {
      await done(client.createIndex(uid, { primaryKey: 'id' }));
      await done(client.index(uid).updateSettings(COPY_SETTINGS));
      const { createdAt } = await client.getRawIndex(uid);
      return createdAt;
    },
    indexMadeAt: (uid) =>
      unlessCode('index_not_found', async () => (await client.getRawIndex(uid)).createdAt, null),
    async dropIndex(uid) {
      const task = await client.deleteIndex(uid).waitTask({ timeout: WRITE_TIMEOUT_MS });
      if (task.status === 'succeeded' || task.error?.code === 'index_not_found') return;
      throw new Error(`The search server: an index stays: ${task.error?.message}`);
    },
    async put(uid, documents) {
      const index = putting.index<CopyDocument>(uid);
      const tasks: number[] = [];
      let left = documents.map((one) => JSON.stringify(one));
      while (left.length > 0) {
        const some = cutToBytes(left, mostBytes);
        const body = `[${some.join()}]`;
        try {
          const how = { primaryKey: 'id' };
          tasks.push((await index.addDocumentsFromString(body, 'application/json', how)).taskUid);
          left = left.slice(some.length);
        } catch (error) {
          const bytes = Buffer.byteLength(body);
          if (!(await isTooLarge(error, bytes))) throw error;
          if (some.length === 1) throw new TooLarge(bytes);
          mostBytes = Math.floor(bytes / 2);
        }
      }
      return tasks;
    },
    async drop(uid, keys) {
      return (await client.index(uid).deleteDocuments([...keys])).taskUid;
    },
    async taskState(taskUid, uids) {
      const task = await unlessCode('task_not_found', () => client.tasks.getTask(taskUid), null);
      // a server that lost its data counts its tasks anew: what has this number now may be another
      if (!task || !uids.includes(task.indexUid ?? '')) return { state: 'unknown' };
      if (task.status === 'enqueued' || task.status === 'processing') return { state: 'waiting' };
      if (task.status === 'succeeded') return { state: 'done' };
      // an index that is gone is no fault of the documents
      const { type, code } = task.error ?? {};
      const isOurs = type === 'invalid_request' && code !== 'index_not_found';
      return { state: 'failed', isOurs, message: task.error?.message ?? task.status };
    },
    async forgetTasks(uid, before) {
      await client.tasks.deleteTasks({
        statuses: ['succeeded'],
        indexUids: [uid],
        beforeFinishedAt: before.toISOString(),
      });
    },
    async list(uid, offset, limit) {
      const index = client.index<CopyDocument>(uid);
      const page = { fields: ['id' as const, 'digest' as const], sort: ['id:asc'], offset, limit };
      return (await index.getDocuments(page)).results;
    },
    async search(uid, accountId, { q, filter, fields, limit }) {
      if (!UUID.test(accountId)) throw new Error('An account’s id is none.');
      const own = await clientFor(uid, accountId);
      const request = {
        filter: [`accountId = ${quote(accountId)}`, ...filter],
        sort: ['occurredAt:desc', 'id:desc'],
        matchingStrategy: 'all' as const,
        attributesToRetrieve: ['id', 'documentId', 'subjectId', 'occurredAt', 'said'],
        page: 1,
        hitsPerPage: limit,
        ...(fields && { attributesToSearchOn: fields }),
      };
      try {
        const { hits } = await own.index<CopyHit>(uid).search(q, request);
        return { hits };
      } catch (error) {
        // the key may have been deleted: the next search asks for another
        if (error instanceof MeilisearchApiError) searchKey = undefined;
        throw error;
      }
    },
  };
}

/** As many texts, from the first on, as stay within so many bytes; at least one. */
function cutToBytes(texts: readonly string[], bytes: number): string[] {
  let left = bytes;
  const beyond = texts.findIndex((one, n) => {
    left -= Buffer.byteLength(one) + 1;
    return left < 0 && n > 0;
  });
  return texts.slice(0, beyond < 0 ? texts.length : beyond);
}
