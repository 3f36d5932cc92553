// What a deprecation promises: a day of removal at least six months after the release that tells of it, and nothing gone before.

import type { GraphQLSchema } from 'graphql';
import { listMembers } from './list-members.ts';

const MONTHS_OF_NOTICE = 6;
const REMOVAL = /\(removal (\d{4}-\d{2}-\d{2})\)$/;

/** The day of removal that a deprecation reason ends in, as YYYY-MM-DD; undefined where there is none or it is no day. */
function removalOf(reason: string): string | undefined {
  const day = REMOVAL.exec(reason)?.[1];
  const time = Date.parse(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(`${day}T`);
  return isDay ? day : undefined;
}

/** The first day on which what is deprecated in a release of `releasedOn` may go; both YYYY-MM-DD. */
function earliestRemoval(releasedOn: string): string {
  const day = new Date(`${releasedOn}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + MONTHS_OF_NOTICE);
  return day.toISOString().slice(0, 10);
}

/**
 * Finds what breaks the promise between the schema as last released and the current one.
 * @param days `deprecatedOn`: day of the release that brings what is deprecated anew; `removedOn`: of the one that removes;
 *   both YYYY-MM-DD
 * @returns one sentence for each fault, with what to do
 */
export function findDeprecationFaults(
  released: GraphQLSchema,
  current: GraphQLSchema,
  days: { deprecatedOn: string; removedOn: string },
): string[] {
  const before = listMembers(released);
  const after = listMembers(current);
  const earliest = earliestRemoval(days.deprecatedOn);
  const faults: string[] = [];
  for (const { at, deprecationReason } of after.values()) {
    if (deprecationReason === undefined) continue;
    const promised = removalOf(before.get(at)?.deprecationReason ?? '');
    const removal = removalOf(deprecationReason);
    if (!removal) {
      faults.push(
        `${at} is deprecated without a day of removal: end the reason in "(removal YYYY-MM-DD)".`,
      );
    } else if (removal < (promised ?? earliest)) {
      faults.push(
        promised
          ? `${at} was promised until ${promised} and is now to go on ${removal}: a day once told may only move away.`
          : `${at} is deprecated with removal on ${removal}: six months of notice end on ${earliest}, name that day or a later one.`,
      );
    }
  }
  for (const { at, deprecationReason } of before.values()) {
    const promised = removalOf(deprecationReason ?? '');
    if (promised && !after.has(at) && days.removedOn < promised) {
      faults.push(`${at} is gone, and was promised until ${promised}: put it back until then.`);
    }
  }
  return faults;
}
