// Opaque cursors: a position in the event log, and the place of a row in a keyset list.

/** A place in the event log. Positions are compared as the triple (epoch, xid, seq). */
export interface Position {
  epoch: number;
  xid: bigint;
  seq: bigint;
}

/** A cursor that was not made by us, or was damaged on the way. */
export class MalformedCursor extends Error {
  constructor() {
    super('This cursor was not issued by this API. Pass a cursor exactly as it was returned.');
    this.name = 'MalformedCursor';
  }
}

const POSITION = /^e1:(\d{1,9}):(\d{1,19}):(\d{1,19})$/;

/** Writes a position as the opaque text that clients keep. */
export function encodePosition(position: Position): string {
  return toBase64Url(`e1:${position.epoch}:${position.xid}:${position.seq}`);
}

/** Reads what `encodePosition` wrote. Throws MalformedCursor. */
export function decodePosition(cursor: string): Position {
  const [, epoch, xid, seq] = POSITION.exec(fromBase64Url(cursor)) ?? [];
  if (!epoch || !xid || !seq) throw new MalformedCursor();
  return { epoch: Number(epoch), xid: BigInt(xid), seq: BigInt(seq) };
}

/** Negative when a is before b in the log, 0 when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  if (a.seq !== b.seq) return a.seq < b.seq ? -1 : 1;
  return 0;
}

/** The place of a row in a list that is sorted by one value and then by id. */
export interface RowKey {
  /** the sort value as text: an ISO time, a number, a name */
  value: string;
  id: string;
}

/** Writes a row's place as the opaque text of `edge.cursor`. */
export function encodeRowKey(key: RowKey): string {
  return toBase64Url(JSON.stringify(['r1', key.value, key.id]));
}

/** Reads what `encodeRowKey` wrote. Throws MalformedCursor. */
export function decodeRowKey(cursor: string): RowKey {
  let parts: unknown;
  try {
    parts = JSON.parse(fromBase64Url(cursor));
  } catch {
    throw new MalformedCursor();
  }
  if (!Array.isArray(parts) || parts[0] !== 'r1') throw new MalformedCursor();
  const [, value, id] = parts as unknown[];
  if (typeof value !== 'string' || typeof id !== 'string') throw new MalformedCursor();
  return { value, id };
}

function toBase64Url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function fromBase64Url(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}
