// Which interactions came over a tracker: only their channels know, which come after this domain. Each tells its own part.
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { type SqlPart, sqlPart } from '#platform/db/index.ts';

type Part = (trackerIds: readonly string[]) => SqlPart;
const parts = new Map<InteractionKind, Part>();

/**
 * Says how a channel's interactions i are those of trackers; called once, when its schema is built.
 * @param part a condition in SQL that is false for other channels
 */
export function tellTrackers(kind: InteractionKind, part: Part): void {
  parts.set(kind, part);
}

/**
 * The condition that an interaction i came over one of these trackers. Channels that told nothing have none.
 * @throws when no channel has told anything: the schema is not built
 */
export function ofTrackers(trackerIds: readonly string[]): SqlPart {
  if (parts.size === 0) throw new Error('No channel has told how it comes over trackers.');
  const any = [...parts.values()].reduce<SqlPart>(
    (all, part) => sqlPart`${all} or ${part(trackerIds)}`,
    sqlPart`false`,
  );
  return sqlPart`(${any})`;
}
