// Idempotency: a request that carries a key is done once. The hash of the request and what is needed to give its answer
// again are stored in the transaction that does the work, so neither can exist without the other.
//
// What is stored holds no personal data: a codec keeps the ids of the answer, and a repetition reads the thing again
// under those ids. A repetition therefore shows the thing as it is now, which may be newer than the first answer.
import { createHash } from 'node:crypto';
import type { Clock } from '#platform/clock/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { idempotencyConflict, invalidInput, notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { stableJson } from './stable-json.ts';
import { lockInTransaction, readIdempotencyKey, replaceIdempotencyKey } from './store.ts';

/** How long an answer is kept (graphql-api.md: 24 h). */
export const ANSWER_LIFETIME_MS = 24 * 3_600_000;
const MAX_KEY_LENGTH = 200;

/** What an answer is stored as: ids, versions, flags. */
type StoredAnswer = Record<string, string | number | boolean | null>;

/** Turns an answer into its ids and back. */
export interface AnswerCodec<T> {
  store(answer: T): StoredAnswer;
  /** reads the answer again, in the transaction of the repetition */
  restore(tx: Tx, stored: StoredAnswer): Promise<T>;
}

/** The request that is to be done once. */
export interface OnceRequest {
  /** the verb: createTracker. The same key for another verb is a conflict */
  mutation: string;
  /** the caller's idempotencyKey; null or undefined: no protection was asked for */
  key: string | null | undefined;
  /** the whole input; only its SHA-256 is kept. Order of fields does not matter, absent equals undefined */
  request: unknown;
}

/**
 * Does `work` in a transaction, once per account and key within 24 hours. A second request with the same key waits for
 * the first one that is under way, then gets its answer. Work that throws stores nothing: the key stays free.
 * Authorise before: a repetition runs no work.
 * @throws Refused INVALID_INPUT for an unusable key, IDEMPOTENCY_KEY_CONFLICT when the key came with another request,
 *   and whatever work throws
 */
export async function once<T>(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  { mutation, key, request }: OnceRequest,
  work: (tx: Tx) => Promise<T>,
  codec: AnswerCodec<T>,
): Promise<T> {
  if (key === null || key === undefined) return db.transaction(work);
  checkKey(key);
  const { accountId } = viewer;
  const requestHash = createHash('sha256')
    .update(`${mutation}\n${stableJson(request)}`)
    .digest();
  return db.transaction(async (tx) => {
    // a lock and not an early INSERT: inserting would give the transaction its xid before work has locked its subjects,
    // and events of one subject could then come out in the wrong order
    await lockInTransaction(tx, `idempotency:${accountId}:${key}`);
    const now = clock.now(accountId);
    const earlier = await readIdempotencyKey(tx, accountId, key);
    if (earlier && isKept(earlier, now)) {
      if (!requestHash.equals(earlier.requestHash)) throw idempotencyConflict();
      return codec.restore(tx, earlier.answer as StoredAnswer);
    }
    const answer = await work(tx);
    const stored = codec.store(answer);
    refuseTexts(mutation, stored);
    await replaceIdempotencyKey(tx, {
      accountId,
      key,
      mutation,
      requestHash: Buffer.from(requestHash),
      answer: stored,
      createdAt: now,
    });
    return answer;
  });
}

/**
 * Whether a request was done under its key within the last 24 hours: what `work` needs from elsewhere need not be asked
 * for again. A hint only, `once` decides.
 */
export async function wasDone(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  key: string | null | undefined,
): Promise<boolean> {
  if (!key) return false;
  const { accountId } = viewer;
  const earlier = await readIdempotencyKey(db.prisma, accountId, key);
  return earlier !== null && isKept(earlier, clock.now(accountId));
}

function isKept({ createdAt }: { createdAt: Date }, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < ANSWER_LIFETIME_MS;
}

/**
 * The codec of an answer that is one row: keeps its id and reads it again.
 * @param what the type's name, for the refusal when the row has gone meanwhile
 */
export function answerById<T extends { id: string }>(
  what: string,
  read: (tx: Tx, id: string) => Promise<T | null>,
): AnswerCodec<T> {
  return {
    store: (answer) => ({ id: answer.id }),
    restore: async (tx, { id }) => {
      const row = await read(tx, String(id));
      if (!row) throw notFound('idempotencyKey', what);
      return row;
    },
  };
}

function checkKey(key: string): void {
  if (key.length >= 1 && key.length <= MAX_KEY_LENGTH) return;
  const message = `idempotencyKey takes 1 to ${MAX_KEY_LENGTH} characters, not ${key.length}. A random UUID serves well.`;
  throw invalidInput('idempotencyKey', message);
}

const ID_LIKE = /^[\w:.-]{1,100}$/;

/** Names, numbers and texts have no place beside a key that outlives an erasure; a mistake here is ours. */
function refuseTexts(mutation: string, stored: StoredAnswer): void {
  for (const [name, value] of Object.entries(stored)) {
    if (typeof value === 'string' && !ID_LIKE.test(value)) {
      throw new Error(`The stored answer of ${mutation} holds a text in ${name}: store ids only.`);
    }
  }
}
