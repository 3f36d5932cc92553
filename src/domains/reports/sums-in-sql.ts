// Measures in SQL: summed up over rows, and read out of what an interaction is counted with.
import { sqlPart } from '#platform/db/index.ts';
import { MEASURES, type Measures } from './measures.ts';

/** Every measure summed over rows b, as text. */
export const SUMS = sqlPart`sum(b.sign * b.interactions)::text as interactions,
  sum(b.sign * b.answered)::text as answered, sum(b.sign * b.missed)::text as missed,
  sum(b.sign * b.abandoned)::text as abandoned, sum(b.sign * b.voicemails)::text as voicemails,
  sum(b.sign * b.first_time)::text as "firstTime", sum(b.sign * b.leads)::text as leads,
  sum(b.sign * b.good_leads)::text as "goodLeads",
  sum(b.sign * b.duration_seconds)::text as "durationSeconds",
  sum(b.sign * b.value_cents)::text as "valueCents"`;

/** Reads what SUMS has selected; null sums are 0. */
export function toMeasures(row: Record<string, string | null>): Measures {
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, BigInt(row[measure] ?? 0)]),
  ) as Measures;
}

/** What a fact f adds, as a: to be joined. */
export const ADDS_OF_FACT = sqlPart`jsonb_to_record(f.adds) as a(
  interactions bigint, answered bigint, missed bigint, abandoned bigint, voicemails bigint,
  "firstTime" bigint, leads bigint, "goodLeads" bigint, "durationSeconds" bigint,
  "valueCents" numeric)`;

/** Measures a as the columns of a sum, in their order. */
export const ADDS = sqlPart`a.interactions, a.answered, a.missed, a.abandoned, a.voicemails,
  a."firstTime" as first_time, a.leads, a."goodLeads" as good_leads,
  a."durationSeconds" as duration_seconds, a."valueCents" as value_cents`;
