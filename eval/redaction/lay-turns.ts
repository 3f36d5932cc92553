// Turns of a call as redaction takes them: one behind another, 400 ms a word.

interface Word {
  text: string;
  startMs: number;
  endMs: number;
}

/** One turn; times in milliseconds. */
export interface Segment {
  channel: number;
  startMs: number;
  endMs: number;
  text: string;
  words: Word[];
}

const MS_PER_WORD = 400;

/** The words of a line. */
export const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean);

/** Lays them: `turn` begins one, `say` adds a word to it and tells when that begins. */
export function layTurns() {
  const segments: Segment[] = [];
  let clockMs = 0;
  const turn = (channel: number) => {
    segments.push({ channel, startMs: clockMs, endMs: clockMs, text: '', words: [] });
  };
  const say = (text: string) => {
    const segment = segments.at(-1);
    if (!segment) return 0;
    const startMs = clockMs;
    clockMs += MS_PER_WORD;
    segment.words.push({ text, startMs, endMs: clockMs });
    segment.endMs = clockMs;
    segment.text = segment.words.map((word) => word.text).join(' ');
    return startMs;
  };
  return { segments, turn, say };
}
