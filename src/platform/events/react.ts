// One round of the reactions: in one transaction read events after the cursors, insert the jobs or rows, move the cursors.
// Exactly once by construction: a crash at any point leaves all of it or nothing.
import { isDatabaseUnavailable, prepare, runSql, type Tx } from '#platform/db/index.ts';
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

// The row locks elect who reacts: a cursor that another process is moving is left to it.
const LOCK = prepare(`
  select name, epoch, xid::text as xid, seq::text as seq from reaction_cursor
   where name = any($1::text[]) order by name for update skip locked`);
const MOVE = prepare(`
  update reaction_cursor c set epoch = moved.epoch, xid = moved.xid, seq = moved.seq
    from jsonb_to_recordset($1::jsonb) as moved(name text, epoch int, xid bigint, seq bigint)
   where c.name = moved.name`);

async function lockCursors(tx: Tx, names: readonly string[]): Promise<Cursor[]> {
  type Row = { name: string; epoch: number; xid: string; seq: string };
  const rows = (await runSql(tx, LOCK, [names])) as Row[];
  return rows.map(({ name, epoch, xid, seq }) => ({
    name,
    position: { epoch, xid: BigInt(xid), seq: BigInt(seq) },
  }));
}

async function moveCursors(tx: Tx, cursors: readonly Cursor[]): Promise<void> {
  const rows = cursors.map(({ name, position: { epoch, xid, seq } }) => ({
    ...{ name, epoch, xid: `${xid}`, seq: `${seq}` },
  }));
  await runSql(tx, MOVE, [JSON.stringify(rows)]);
}

/** What a rule makes of a page: payloads up to the first event at which it throws. */
function apply(reaction: Reaction, events: readonly StoredEvent[]) {
  const payloads: unknown[] = [];
  const gathered: { payload: unknown; key: string }[] = [];
  let reached: Position | undefined;
  for (const event of events) {
    if (reaction.on.includes(event.type)) {
      try {
        const payload = reaction.payload(event);
        if (payload !== null) {
          const parsed = reaction.job.payload.parse(payload);
          const key = reaction.gathers?.(event) ?? null;
          if (key === null) payloads.push(parsed);
          else gathered.push({ payload: parsed, key });
        }
      } catch (error) {
        return { payloads, gathered, reached, stuck: { event, error } };
      }
    }
    reached = event.position;
  }
  return { payloads, gathered, reached, stuck: undefined };
}

async function enqueue(
  tx: Tx,
  reaction: Reaction,
  events: readonly StoredEvent[],
  { jobs, tellStuck }: Pick<Parameters<typeof react>[1], 'jobs' | 'tellStuck'>,
): Promise<Position | undefined> {
  const { payloads, gathered, reached, stuck } = apply(reaction, events);
  if (stuck) tellStuck(reaction, stuck.event, stuck.error);
  await jobs.enqueueAll(tx, reaction.job, payloads);
  for (const { payload, key } of gathered) await jobs.gather(tx, reaction.job, payload, key);
  return reached;
}

async function mirror(
  tx: Tx,
  reaction: Mirror,
  events: readonly StoredEvent[],
  { tellStuck }: Pick<Parameters<typeof react>[1], 'tellStuck'>,
): Promise<Position | undefined> {
  const wanted = events.filter((event) => reaction.on.includes(event.type));
  const [first] = wanted;
  if (!first) return events.at(-1)?.position;
  try {
    await reaction.write(tx, wanted);
  } catch (error) {
    // a page of many may only be too large: it is halved until one event is left
    if (events.length === 1 && !isDatabaseUnavailable(error)) tellStuck(reaction, first, error);
    throw error;
  }
  return events.at(-1)?.position;
}

/**
 * Runs one round inside `tx`: one page of events for each distinct cursor, so that a reaction that starts far behind does
 * not keep the others waiting.
 * @param limit how many events of each cursor at most
 * @param tellStuck called for a rule that threw, whose cursor stays before that event, and for a mirror that cannot write one
 *   event: its fault is thrown, too, so the whole round is undone
 * @returns whether any cursor moved, and where those stand now that were not left to another process.
 */
export async function react(
  tx: Tx,
  options: {
    reactions: readonly (Reaction | Mirror)[];
    limit: number;
    jobs: Pick<Jobs, 'enqueueAll' | 'gather'>;
    tellStuck(reaction: Reaction | Mirror, event: StoredEvent, error: unknown): void;
  },
): Promise<{ moved: boolean; positions: Position[] }> {
  const { reactions, limit } = options;
  const cursors = await lockCursors(
    tx,
    reactions.map((reaction) => reaction.name),
  );
  const pages: { after: Position; events: StoredEvent[] }[] = [];
  const moved: Cursor[] = [];
  const positions: Position[] = [];
  for (const { name, position } of cursors) {
    const reaction = reactions.find((one) => one.name === name);
    if (!reaction) continue;
    let page = pages.find((one) => comparePositions(one.after, position) === 0);
    if (!page) {
      const request = { accountId: null, after: position, limit, filter: {} };
      page = { after: position, events: (await readEvents(tx, request)).events };
      pages.push(page);
    }
    const reached =
      'job' in reaction
        ? await enqueue(tx, reaction, page.events, options)
        : await mirror(tx, reaction, page.events, options);
    if (reached) moved.push({ name, position: reached });
    positions.push(reached ?? position);
  }
  if (moved.length > 0) await moveCursors(tx, moved);
  return { moved: moved.length > 0, positions };
}
