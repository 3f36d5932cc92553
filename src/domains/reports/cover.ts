// Which sums make up a time: as few as can be, some of them taken off. The 30 days to 20 November are the month of November
// without its last ten days, and the last ten of October; what a zone's days are shifted by is made up of hours. Pure.
import type { ReportSpan } from '#generated/prisma/enums.ts';
import { endOf, SPANS, startOf } from './spans.ts';

/** The sums of one span. */
export interface Block {
  /** to which interval of the series they belong, from 0 */
  n: number;
  span: ReportSpan;
  /** its first moment, in ms */
  at: number;
  /** -1 = to be taken off */
  sign: 1 | -1;
}

type Stretch = Omit<Block, 'n'>;

/** Sums of one span that follow each other. */
export interface Run extends Block {
  /** where the last one of them ends, in ms */
  until: number;
}

/** The same with those that follow each other as one. */
export function runsOf(blocks: readonly Block[]): Run[] {
  const runs: Run[] = [];
  for (const block of blocks) {
    const { n, span, at, sign } = block;
    const until = endOf(span, at);
    const last = runs.at(-1);
    if (last?.until === at && last.n === n && last.span === span && last.sign === sign) {
      last.until = until;
    } else runs.push({ ...block, until });
  }
  return runs;
}

/**
 * The sums that make up each interval of a series.
 * @param moments at which the intervals begin, and the last one ends: ascending, each a multiple of a quarter of an hour
 */
export function coverOf(moments: readonly number[]): Block[] {
  return moments
    .slice(0, -1)
    .flatMap((start, n) =>
      coverBy(SPANS, start, moments[n + 1] as number).map((block) => ({ n, ...block })),
    );
}

function coverBy(spans: readonly ReportSpan[], start: number, end: number): Stretch[] {
  if (start === end) return [];
  if (start > end) return takenOff(coverBy(spans, end, start));
  const [span, ...shorter] = spans;
  if (!span) throw new Error(`${start} and ${end} ms are no multiples of a quarter of an hour.`);
  const first = nearest(span, start);
  const last = nearest(span, end);
  if (first >= last) return coverBy(shorter, start, end);
  const whole: Stretch[] = [];
  for (let at = first; at < last; at = endOf(span, at)) whole.push({ span, at, sign: 1 });
  const edges = [...coverBy(shorter, start, first), ...coverBy(shorter, last, end)];
  const covered = [...whole, ...edges];
  if (whole.length > 1 || edges.length === 0) return covered;
  // a month less all but some days of it is more than these days
  const without = coverBy(shorter, start, end);
  return without.length <= covered.length ? without : covered;
}

const takenOff = (blocks: readonly Stretch[]): Stretch[] =>
  blocks.map((block) => ({ ...block, sign: block.sign === 1 ? -1 : 1 }));

/** Where a span begins that is closest to a moment. */
function nearest(span: ReportSpan, at: number): number {
  const start = startOf(span, at);
  const end = endOf(span, start);
  return at - start < end - at ? start : end;
}
