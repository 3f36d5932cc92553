// How disorderly webhooks arrive: delayed, out of order, twice, or with a lost first attempt. Decided per event from the
// seed and the event's place in its call, so that a run can be repeated whatever the timing was.
import { z } from 'zod';
import { drawsFor } from '../seeded.ts';

export const ChaosProfile = z.strictObject({
  /** every event is held for a time drawn from 0 to this, which lets later ones overtake */
  reorderWindowMs: z.number().min(0).max(60_000).default(0),
  /** every event is late by this much */
  delayMs: z.number().min(0).max(60_000).default(0),
  duplicateProbability: z.number().min(0).max(1).default(0),
  dropFirstAttemptProbability: z.number().min(0).max(1).default(0),
});
export type ChaosProfile = z.infer<typeof ChaosProfile>;

export const CALM: ChaosProfile = {
  reorderWindowMs: 0,
  delayMs: 0,
  duplicateProbability: 0,
  dropFirstAttemptProbability: 0,
};

export interface DeliveryPlan {
  holdMs: number;
  dropFirst: boolean;
  /** when a second copy goes out, counted from the event; null for none */
  duplicateMs: number | null;
}

/**
 * Decides how one event travels.
 * @param key the event's place: session, leg and number within the leg
 */
export function planDelivery(profile: ChaosProfile, seed: number, key: string): DeliveryPlan {
  const draw = drawsFor(seed, `chaos:${key}`);
  const holdMs = Math.round(profile.delayMs + draw() * profile.reorderWindowMs);
  const dropFirst = draw() < profile.dropFirstAttemptProbability;
  const duplicate = draw() < profile.duplicateProbability;
  const lagMs = Math.round(draw() * Math.max(500, profile.reorderWindowMs));
  return { holdMs, dropFirst, duplicateMs: duplicate ? holdMs + lagMs : null };
}
