// When the words under some ranges of a segment were said. Pure.

/** A word or a segment, in ms from the recording's begin. */
export interface TimedWord {
  text: string;
  startMs: number;
  endMs: number;
}

/** A stretch of a segment's text (UTF-16 offsets, the end exclusive) and its moment in the recording. */
export interface Moment {
  start: number;
  end: number;
  startMs: number;
  endMs: number;
}

/**
 * Adds the moments to ranges.
 * @param segment.words the words as they stand one after another in its text; where they do not, the segment's time is
 *   shared out by its characters
 */
export function momentsOfRanges(
  segment: TimedWord & { words: readonly TimedWord[] },
  ranges: readonly { start: number; end: number }[],
): Moment[] {
  const placed = placeWords(segment.text, segment.words);
  return ranges.map(({ start, end }) => {
    const word = placed?.find((one) => start < one.end && end > one.start);
    return { start, end, ...(word ? word.time : shareOut(segment, start, end)) };
  });
}

function placeWords(text: string, words: readonly TimedWord[]) {
  let from = 0;
  const placed = [];
  for (const { text: word, startMs, endMs } of words) {
    const start = text.indexOf(word, from);
    if (start < 0) return null;
    from = start + word.length;
    placed.push({ start, end: from, time: { startMs, endMs } });
  }
  return placed;
}

function shareOut({ text, startMs, endMs }: TimedWord, start: number, end: number) {
  const at = (offset: number) => Math.round(startMs + ((endMs - startMs) * offset) / text.length);
  return { startMs: at(start), endMs: at(end) };
}
