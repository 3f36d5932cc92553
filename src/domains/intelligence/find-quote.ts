// Where a quote stands in a transcript. Whatever an engine says, only what stands there letter by letter is shown.
import type { TranscriptSegment } from '#generated/prisma/client.ts';

/** Letters of a segment: `length` of them from `from` on. */
export interface QuotePlace {
  n: number;
  from: number;
  length: number;
}

/** The place of a quote in segment `n`; null when it does not stand there. */
export function findQuote(
  segments: readonly Pick<TranscriptSegment, 'n' | 'text'>[],
  { n, quote }: { n: number; quote: string },
): QuotePlace | null {
  const from = segments.find((segment) => segment.n === n)?.text.indexOf(quote) ?? -1;
  return from < 0 || quote.trim() === '' ? null : { n, from, length: quote.length };
}
