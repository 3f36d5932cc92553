// /health: the process lives. /ready: it can serve, because the database answers and the event tail keeps up.
import type { ServerResponse } from 'node:http';
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
  const database = await databaseAnswers(platform.db);
  const tailLagMs = Math.round(platform.events.lagMs());
  const ready = database && tailLagMs <= MAX_TAIL_LAG_MS;
  answerJson(response, ready ? 200 : 503, {
    status: ready ? 'ready' : 'not ready',
    database: database ? 'answers' : 'does not answer',
    tailLagMs,
  });
}

async function databaseAnswers(db: Platform['db']): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), DATABASE_TIMEOUT_MS);
  });
  const asked = db.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
