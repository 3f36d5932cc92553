// The door to the reactions: which event starts which job, exactly once, however often a process is killed.
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#platform/db/index.ts';
import type { Jobs } from '#platform/jobs/index.ts';
import type { Log } from '#platform/log/index.ts';
import { comparePositions, type Position } from '#values/cursor.ts';
import { checkReactions, type Mirror, type Reaction } from './define-reaction.ts';
import type { StoredEvent } from './events.ts';
import { shareExchange } from './exchange.ts';
import { react } from './react.ts';
import { readEvents, readHead } from './reader.ts';
import { startWatch } from './watch.ts';

export { readBehind } from './behind.ts';
export { defineMirror, defineReaction, type Mirror, type Reaction } from './define-reaction.ts';

/** The running reactions of a process. */
export interface Reactions {
  /** Waits for the round in hand. */
  stop(): Promise<void>;
  /** Resolves when every event committed before this call has its jobs. Throws when stopped before. */
  drained(): Promise<void>;
}

const PAGE = 200;
const DRAIN_LOOK_MS = 10;
// a round is a transaction, so it serves more commits than a look of the tail, which somebody watches
const EVERY_MS = 20;

/**
 * Runs the reactions until stopped. Any number of processes may run the same ones; each event is reacted to once.
 * @throws when two reactions share a name, or one starts a job that `jobs` does not know.
 */
export async function runReactions(options: {
  db: Db;
  log: Log;
  jobs: Jobs;
  reactions: readonly (Reaction | Mirror)[];
}): Promise<Reactions> {
  const { db, log, jobs, reactions } = options;
  checkReactions(reactions, jobs);
  await placeCursors(db, reactions);
  const stuckAt = new Map<string, string>();
  let slowest = await slowestCursor(db, reactions);
  // what a page is made into must fit the 5 s of a transaction: it is halved while it does not
  let limit = PAGE;
  let epoch: number | undefined;
  let stopped = false;

  /** Told once: the rule is asked again each round, since a new version of it may be deployed meanwhile. */
  function tellStuck(reaction: Reaction | Mirror, event: StoredEvent, err: unknown): void {
    if (stuckAt.get(reaction.name) === event.id) return;
    stuckAt.set(reaction.name, event.id);
    const about = { reaction: reaction.name, eventId: event.id, err };
    log.error(about, 'a reaction is stuck at an event: what it makes of it throws');
  }

  const peek = () => readEvents(db.pool, { accountId: null, after: slowest, limit: 1, filter: {} });

  async function look() {
    let { events, edge } = await peek();
    if (epoch !== undefined && edge.epoch !== epoch) {
      // another server has taken over, which may not know of the last moves
      slowest = await slowestCursor(db, reactions);
      ({ events, edge } = await peek());
    }
    ({ epoch } = edge);
    if (events.length === 0 || reactions.length === 0) return { more: false, edge };
    const round = await db
      .transaction((tx) => react(tx, { reactions, limit, jobs, tellStuck }))
      .catch((error) => {
        limit = Math.ceil(limit / 2);
        throw error;
      });
    limit = Math.min(limit * 2, PAGE);
    // cursors that another process was moving stand where it knows
    slowest =
      round.positions.length === reactions.length
        ? slowestOf(round.positions)
        : await slowestCursor(db, reactions);
    return { more: round.moved, edge };
  }

  const exchange = shareExchange(db, log);
  const watch = startWatch({ name: 'the reactions', log, exchange, look, everyMs: EVERY_MS });
  return {
    async stop() {
      stopped = true;
      await watch.stop();
      await exchange.release();
    },
    async drained() {
      const { rows } = await db.pool.query<{ xmax: string }>(
        'select pg_snapshot_xmax(pg_current_snapshot())::text as xmax',
      );
      const target = BigInt(rows[0]?.xmax ?? 0);
      for (;;) {
        const after = await slowestCursor(db, reactions);
        const request = { accountId: null, after, limit: 1, filter: {} };
        const { events, edge } = await readEvents(db.pool, request);
        if (edge.xmin >= target && events.length === 0) return;
        if (stopped) throw new Error('The reactions were stopped before they had drained.');
        watch.nudge();
        await pause(DRAIN_LOOK_MS);
      }
    },
  };
}

/** Gives reactions that have never run their place in the log. */
async function placeCursors(db: Db, reactions: readonly (Reaction | Mirror)[]): Promise<void> {
  const now = await readHead(db.pool);
  const data = reactions.map(({ name, startAt }) => ({
    name,
    ...(startAt === 'now' ? now : { epoch: 0, xid: 0n, seq: 0n }),
  }));
  await db.prisma.reactionCursor.createMany({ data, skipDuplicates: true });
}

async function slowestCursor(db: Db, reactions: readonly (Reaction | Mirror)[]): Promise<Position> {
  const cursors = await db.prisma.reactionCursor.findMany({
    where: { name: { in: reactions.map((reaction) => reaction.name) } },
  });
  return cursors.length > 0 ? slowestOf(cursors) : readHead(db.pool);
}

/** @param positions at least one */
function slowestOf(positions: readonly Position[]): Position {
  return positions.reduce((slowest, one) => (comparePositions(one, slowest) < 0 ? one : slowest));
}
