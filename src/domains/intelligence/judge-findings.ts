// What is kept of what was brought. Whatever an engine says, only an item whose quote stands in the talk is kept, with the
// talk's own words; and only if every number that it tells was said. A mail may tell no name, time or address besides, and
// no number that only the customer said.
import { type Finding, SIGNALS, TASK_OWNERS, type WrittenInsight } from '#platform/ai/index.ts';
import { hasFacts, hasPlainFacts, isAddressedToMachine } from './match-claims.ts';
import { findQuote } from './match-quote.ts';
import type { StoredItem } from './store-insights.ts';

/** A talk, with what is known of the business besides. */
export interface Talk {
  segments: readonly { n: number; text: string; speaker: string }[];
  business: string;
}

/** Judges the findings of one talk. */
export function openJudge({ segments, business }: Talk) {
  const all = [business, ...segments.map(({ text }) => text)].join('\n');
  const others = segments.filter(({ speaker }) => speaker !== 'CALLER');
  const promised = [business, ...others.map(({ text }) => text)].join('\n');
  const holds = (text: string, kind: WrittenInsight['kind']) =>
    kind === 'FOLLOW_UP_EMAIL'
      ? hasFacts(text, all) && hasPlainFacts(text, promised)
      : hasPlainFacts(text, all);
  return {
    /** The item as it is kept; null when nothing shows it. */
    keep(finding: Finding, kind: WrittenInsight['kind']): StoredItem | null {
      const place = findQuote(segments, finding);
      const turn = segments.find(({ n }) => n === finding.n);
      if (!place || !turn || isAddressedToMachine(turn.text)) return null;
      const { text, score, signal, criterion, owner, due = null } = finding;
      if (!holds(text, kind)) return null;
      return {
        ...{ text, score, ...place },
        ...(signal && SIGNALS.includes(signal) && { signal }),
        ...(criterion && { criterion }),
        ...(owner && TASK_OWNERS.includes(owner) && { owner }),
        // a date that nobody said is no date
        ...(due !== null && hasFacts(due, all) && { due }),
      };
    },
    /** Whether a heading tells nothing that was not said. */
    holds,
  };
}
