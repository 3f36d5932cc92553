// An insight in words, made of the items that were kept, so that nothing is told that nothing shows.
import type { WrittenInsight } from '#platform/ai/index.ts';
import type { StoredItem } from './store-insights.ts';

const SCORES = {
  VERY_POOR: 'Very poor',
  POOR: 'Poor',
  FAIR: 'Fair',
  GOOD: 'Good',
  VERY_GOOD: 'Very good',
} as const;

/** The words. What an engine told as a whole itself stays as it is. */
export function tellInsight(
  { kind, text, leadScore }: Pick<WrittenInsight, 'kind' | 'text' | 'leadScore'>,
  items: readonly StoredItem[],
  business: string,
): string {
  if (text !== null) return text;
  const texts = items.map((item) => item.text);
  switch (kind) {
    case 'SENTIMENT':
      return `${items.map(({ text: mood, score }) => `${mood} (${(score ?? 0).toFixed(2)})`).join(', ')}.`;
    case 'SIGNALS':
      return `${texts.join(', ')}.`;
    case 'LEAD_SCORE':
      return `${leadScore ? `${SCORES[leadScore]}: ` : ''}${texts.join(' ')}`;
    case 'ACTION_PLAN':
      return items
        .map(({ text: task, owner, due }) => {
          const who = owner === 'CUSTOMER' ? 'Customer' : 'Business';
          return `${who}: ${task}${due ? ` (${due})` : ''}`;
        })
        .join('\n');
    case 'FOLLOW_UP_EMAIL':
      return `Hello,\n\n${texts.join(' ')}\n\nKind regards,\n${business}`;
    default:
      return texts.join(kind === 'COACHING' ? '\n' : ' ');
  }
}
