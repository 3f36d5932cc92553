// One round of the reactions: in one transaction read events after the cursors, insert the jobs or rows, move the cursors.
// Exactly once by construction: a crash at any point leaves all of it or nothing.
import type { Tx } from '#platform/db/index.ts';
import type { Jobs } from '#platform/jobs/index.ts';
import { comparePositions, type Position } from '#values/cursor.ts';
import type { Mirror, Reaction } from './define-reaction.ts';
import type { StoredEvent } from './events.ts';
import { readEvents } from './reader.ts';

/** How far a reaction has read. */
interface Cursor {
  name: string;
  position: Position;
}

const PAGE = 200;

// The row locks elect who reacts: a cursor that another process is moving is left to it.
const LOCK = `
  select name, epoch, xid::text as xid, seq::text as seq from reaction_cursor
   where name = any($1::text[]) order by name for update skip locked`;

async function lockCursors(tx: Tx, names: readonly string[]): Promise<Cursor[]> {
  type Row = { name: string; epoch: number; xid: string; seq: string };
  const rows = await tx.$queryRawUnsafe<Row[]>(LOCK, names);
  return rows.map(({ name, epoch, xid, seq }) => ({
    name,
    position: { epoch, xid: BigInt(xid), seq: BigInt(seq) },
  }));
}

/** What a rule makes of a page: payloads up to the first event at which it throws. */
function apply(reaction: Reaction, events: readonly StoredEvent[]) {
  const payloads: unknown[] = [];
  let reached: Position | undefined;
  for (const event of events) {
    if (reaction.on.includes(event.type)) {
      try {
        const payload = reaction.payload(event);
        if (payload !== null) payloads.push(reaction.job.payload.parse(payload));
      } catch (error) {
        return { payloads, reached, stuck: { event, error } };
      }
    }
    reached = event.position;
  }
  return { payloads, reached, stuck: undefined };
}

async function enqueue(
  tx: Tx,
  reaction: Reaction,
  events: readonly StoredEvent[],
  { jobs, tellStuck }: Pick<Parameters<typeof react>[1], 'jobs' | 'tellStuck'>,
): Promise<Position | undefined> {
  const { payloads, reached, stuck } = apply(reaction, events);
  if (stuck) tellStuck(reaction, stuck.event, stuck.error);
  await jobs.enqueueAll(tx, reaction.job, payloads);
  return reached;
}

async function mirror(
  tx: Tx,
  { on, write }: Mirror,
  events: readonly StoredEvent[],
): Promise<Position | undefined> {
  const wanted = events.filter((event) => on.includes(event.type));
  if (wanted.length > 0) await write(tx, wanted);
  return events.at(-1)?.position;
}

/**
 * Runs one round inside `tx`: one page of events for each distinct cursor, so that a reaction that starts far behind does
 * not keep the others waiting.
 * @param tellStuck called for a rule that threw; its cursor stays before that event
 * @returns whether any cursor moved.
 */
export async function react(
  tx: Tx,
  options: {
    reactions: readonly (Reaction | Mirror)[];
    jobs: Pick<Jobs, 'enqueueAll'>;
    tellStuck(reaction: Reaction, event: StoredEvent, error: unknown): void;
  },
): Promise<boolean> {
  const { reactions } = options;
  const cursors = await lockCursors(
    tx,
    reactions.map((reaction) => reaction.name),
  );
  const pages: { after: Position; events: StoredEvent[] }[] = [];
  let moved = false;
  for (const { name, position } of cursors) {
    const reaction = reactions.find((one) => one.name === name);
    if (!reaction) continue;
    let page = pages.find((one) => comparePositions(one.after, position) === 0);
    if (!page) {
      const request = { accountId: null, after: position, limit: PAGE, filter: {} };
      page = { after: position, events: (await readEvents(tx, request)).events };
      pages.push(page);
    }
    const reached =
      'job' in reaction
        ? await enqueue(tx, reaction, page.events, options)
        : await mirror(tx, reaction, page.events);
    if (!reached) continue;
    await tx.reactionCursor.update({ where: { name }, data: reached });
    moved = true;
  }
  return moved;
}
