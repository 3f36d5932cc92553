// What is kept of what was brought. Whatever an engine says, only an item whose quote stands in the talk is kept, with the
// talk's own words; and only if every number that it tells was said. A mail may tell no name, time or address besides, and
// no number that only the customer said. Coaching names criteria of its rubric alone.
import {
  type Criterion,
  type Finding,
  SIGNALS,
  TASK_OWNERS,
  type WrittenInsight,
} from '#platform/ai/index.ts';
import type { StoredItem } from '../store-insights.ts';
import { hasFacts, hasPlainFacts, isAddressedToMachine } from './match-claims.ts';
import { findQuote } from './match-quote.ts';

/** A talk, with what is known of the business besides. */
export interface Talk {
  /** `source`: of a history, the conversation that it is of. An item then tells what stands in that one only */
  segments: readonly { n: number; text: string; speaker: string; source?: string }[];
  business: string;
  /** what coaching was asked to look at; absent = nothing */
  rubric?: readonly Criterion[];
}

/** Judges the findings of one talk, or of a history of talks. */
export function openJudge({ segments, business, rubric = [] }: Talk) {
  const criteria = new Set(rubric.map(({ key }) => key));
  const textOf = (some: readonly { text: string }[]) =>
    [business, ...some.map(({ text }) => text)].join('\n');
  const saidIn = (source: string | undefined) => {
    const there = segments.filter((one) => source === undefined || one.source === source);
    const others = there.filter(({ speaker }) => speaker !== 'CALLER');
    return { all: textOf(there), promised: textOf(others) };
  };
  const sources = new Map(
    [...new Set(segments.map(({ source }) => source))].map((one) => [one, saidIn(one)]),
  );
  const holds = (text: string, kind: WrittenInsight['kind'], source?: string) => {
    const { all, promised } = sources.get(source) ?? saidIn(source);
    if (kind !== 'FOLLOW_UP_EMAIL') {
      return source === undefined ? hasPlainFacts(text, all) : hasFacts(text, all);
    }
    return hasFacts(text, all) && hasPlainFacts(text, promised);
  };
  return {
    /** The item as it is kept; null when nothing shows it. */
    keep(finding: Finding, kind: WrittenInsight['kind']): StoredItem | null {
      const place = findQuote(segments, finding);
      const turn = segments.find(({ n }) => n === finding.n);
      if (!place || !turn || isAddressedToMachine(turn.text)) return null;
      const { text, score, signal, criterion, owner, due = null } = finding;
      const { source } = turn;
      if (!holds(text, kind, source)) return null;
      if (kind === 'COACHING' && !criteria.has(criterion ?? '')) return null;
      return {
        ...{ text, score, ...place },
        ...(signal && SIGNALS.includes(signal) && { signal }),
        ...(criterion && { criterion }),
        ...(owner && TASK_OWNERS.includes(owner) && { owner }),
        // a date that nobody said is no date
        ...(due !== null && hasFacts(due, sources.get(source)?.all ?? '') && { due }),
      };
    },
    /** Whether a heading tells nothing that was not said. */
    holds,
  };
}
