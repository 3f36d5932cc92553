// What this domain announces.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

const shape = {
  /** the session tracker whose pool it is */
  trackerId: z.uuid(),
  /** numbers in service, and those of them that visitors hold */
  total: z.int(),
  leased: z.int(),
};

/** A pool's share of held numbers has crossed a level, upwards. */
export const poolUtilisation = defineEvent('pool.utilisation', {
  ...shape,
  levelPercent: z.int(),
});

/** A visitor asked a pool for a number, and it had none: told once a spell. */
export const poolExhausted = defineEvent('pool.exhausted', shape);

/** The subject of a pool's events, to be locked before its numbers change hands. */
export function poolSubject(trackerId: string): string {
  return `pool:${trackerId}`;
}

/** The subject to be locked before a visitor's sessions change. */
export function visitorSubject(companyId: string, visitorId: string): string {
  return `visitor:${companyId}:${visitorId}`;
}
