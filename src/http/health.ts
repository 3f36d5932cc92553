// /health: the process lives. /ready: it can serve, because the database answers and the event tail keeps up; and what waits
// for the operator but keeps no process from serving: how far the reactions are behind, which run in any, and the carrier's
// events that nothing tries any more.
import type { ServerResponse } from 'node:http';
import { countFailedEvents } from '#platform/carrier/index.ts';
import { readBehind } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { answerJson } from './answer-json.ts';

/** an older tail is told as not ready: subscribers of this process would be late */
const MAX_TAIL_LAG_MS = 10_000;
const DATABASE_TIMEOUT_MS = 2_000;

/** Answers /health. */
export function answerHealth(response: ServerResponse): void {
  answerJson(response, 200, { status: 'alive' });
}

/** Answers /ready: 200, or 503 naming what is missing. */
export async function answerReady(
  response: ServerResponse,
  platform: Pick<Platform, 'db' | 'events'>,
): Promise<void> {
  const { pool } = platform.db;
  const [asked, reactionsBehind, failedCarrierEvents] = await Promise.all([
    inTime(pool.query('SELECT 1')),
    inTime(readBehind(pool)),
    inTime(countFailedEvents(pool)),
  ]);
  const database = asked !== null;
  const tailLagMs = Math.round(platform.events.lagMs());
  const ready = database && tailLagMs <= MAX_TAIL_LAG_MS;
  answerJson(response, ready ? 200 : 503, {
    status: ready ? 'ready' : 'not ready',
    database: database ? 'answers' : 'does not answer',
    tailLagMs,
    reactionsBehind,
    failedCarrierEvents,
  });
}

/** What the database answers; null when it does not, or too late. */
async function inTime<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), DATABASE_TIMEOUT_MS);
  });
  return Promise.race([asked.catch(() => null), late]).finally(() => clearTimeout(timer));
}
