// How two people talked with each other, measured on the segments of a transcript: shares, silence, interruptions, pace,
// monologues. Pure.
import type { TranscriptSegment } from '#generated/prisma/client.ts';

/** Fewer words than this are a sign of listening ("mhm", "okay"), neither an interruption nor the end of a monologue. */
const LEAST_WORDS_OF_A_TURN = 3;
/** Somebody who begins this little before the other ends has waited for them. */
const OVERLAP_MS = 300;
/** Who says nothing for longer holds nobody's floor: a hold, somebody who looks something up. */
const LONGEST_PAUSE_MS = 10_000;
/** Somebody whose segments lie closer together goes on: engines cut talk where it pleases them. */
const GOES_ON_MS = 800;
/** Below this much speech a pace would be a guess. */
const LEAST_PACED_MS = 1_000;
const MINUTE_MS = 60_000;

type Spoken = Pick<TranscriptSegment, 'n' | 'speaker' | 'startMs' | 'endMs' | 'text'>;
type Person = 'CALLER' | 'AGENT';

/** A stretch of a recording, in ms from its begin. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/** How one of the two talked. */
export interface SpeakerTalk {
  speaker: Person;
  /** how long they spoke, in ms */
  talkMs: number;
  /** their share of all that was spoken, 0 to 100; both add up to 100 */
  talkPercent: number;
  words: number;
  /** null where they spoke for less than a second */
  wordsPerMinute: number | null;
  /** how often they began while the other was speaking, and went on */
  interruptions: number;
  /** null when they said nothing of three words */
  longestMonologue: Stretch | null;
}

/** How one segment stands among the others. */
export interface SegmentTalk {
  n: number;
  wordsPerMinute: number | null;
  /** for how long nobody had spoken when it began, in ms */
  silenceBeforeMs: number;
  /** it began while the other was speaking, and went on */
  interrupts: boolean;
}

/** How a conversation was talked. */
export interface Talk {
  /** the caller, then the agent */
  speakers: [SpeakerTalk, SpeakerTalk];
  /** how long nobody spoke between the first word and the last, in ms */
  silenceMs: number;
  longestSilence: Stretch | null;
  /** how long both spoke at once, in ms */
  bothMs: number;
  segments: SegmentTalk[];
}

const byBegin = (a: Pick<Spoken, 'startMs' | 'n'>, b: Pick<Spoken, 'startMs' | 'n'>) =>
  a.startMs - b.startMs || a.n - b.n;

/**
 * Measures a conversation.
 * @param segments of one transcript, in any order
 * @returns null where both did not speak, or where one channel holds both, so that nobody knows who spoke
 */
export function measureTalk(segments: readonly Spoken[]): Talk | null {
  const spoken = segments.toSorted(byBegin);
  const of = (person: Person) => spoken.filter(({ speaker }) => speaker === person);
  if (spoken.some(({ speaker }) => speaker === 'UNKNOWN')) return null;
  const caller = of('CALLER');
  const agent = of('AGENT');
  if (caller.length === 0 || agent.length === 0) return null;
  const silences = between(unite(spoken));
  const silenceUpTo = new Map(silences.map(({ startMs, endMs }) => [endMs, endMs - startMs]));
  const interrupting = new Set(
    interruptionsIn([...turnsOf(caller), ...turnsOf(agent)].sort(byBegin)).map(({ n }) => n),
  );
  const judged = spoken.map(({ n, startMs, endMs, text }) => ({
    n,
    wordsPerMinute: paceOf(countWords(text), endMs - startMs),
    silenceBeforeMs: silenceUpTo.get(startMs) ?? 0,
    interrupts: interrupting.has(n),
  }));
  const both = [caller, agent].map((own) => lengthOf(unite(own)));
  const total = (both[0] ?? 0) + (both[1] ?? 0);
  const callerPercent = total === 0 ? 50 : Math.round((100 * (both[0] ?? 0)) / total);
  return {
    speakers: [
      talkOf('CALLER', caller, { spoken, judged, talkPercent: callerPercent }),
      talkOf('AGENT', agent, { spoken, judged, talkPercent: 100 - callerPercent }),
    ],
    silenceMs: lengthOf(silences),
    longestSilence: longest(silences),
    bothMs: total - lengthOf(unite(spoken)),
    segments: judged,
  };
}

function talkOf(
  speaker: Person,
  own: readonly Spoken[],
  all: { spoken: readonly Spoken[]; judged: readonly SegmentTalk[]; talkPercent: number },
): SpeakerTalk {
  const talkMs = lengthOf(unite(own));
  const words = own.reduce((sum, { text }) => sum + countWords(text), 0);
  const numbers = new Set(own.map(({ n }) => n));
  return {
    speaker,
    talkMs,
    talkPercent: all.talkPercent,
    words,
    wordsPerMinute: paceOf(words, talkMs),
    interruptions: all.judged.filter(({ n, interrupts }) => interrupts && numbers.has(n)).length,
    longestMonologue: longest(monologuesOf(speaker, all.spoken)),
  };
}

/** What one person said without a pause to speak of; `n` is its first segment's. */
interface Turn extends Stretch {
  n: number;
  speaker: Spoken['speaker'];
  words: number;
}

/** The turns of one person; `own` are their segments in the order of speech. */
function turnsOf(own: readonly Spoken[]): Turn[] {
  const turns: Turn[] = [];
  for (const { n, speaker, startMs, endMs, text } of own) {
    const last = turns.at(-1);
    const words = countWords(text);
    if (last && startMs - last.endMs < GOES_ON_MS) {
      last.endMs = Math.max(last.endMs, endMs);
      last.words += words;
    } else {
      turns.push({ n, speaker, startMs, endMs, words });
    }
  }
  return turns;
}

/** Those that began while a turn of the other went on; `turns` of both, in the order of speech. */
function interruptionsIn(turns: readonly Turn[]): Turn[] {
  const last = new Map<Spoken['speaker'], Turn>();
  return turns
    .filter(({ words }) => words >= LEAST_WORDS_OF_A_TURN)
    .filter((turn) => {
      // turns of one person do not overlap: what began before the last one is over
      const other = last.get(turn.speaker === 'CALLER' ? 'AGENT' : 'CALLER');
      last.set(turn.speaker, turn);
      return other && other.startMs < turn.startMs && other.endMs - turn.startMs > OVERLAP_MS;
    });
}

/** Runs of one person's segments that neither a turn of the other breaks nor a long pause, in which they say nothing at all. */
function monologuesOf(speaker: Person, spoken: readonly Spoken[]): Stretch[] {
  const runs: Stretch[] = [];
  let run: Stretch | null = null;
  let saidMs = 0;
  for (const segment of spoken) {
    if (segment.speaker === speaker) {
      if (segment.startMs - saidMs > LONGEST_PAUSE_MS) run = null;
      saidMs = Math.max(saidMs, segment.endMs);
    }
    if (countWords(segment.text) < LEAST_WORDS_OF_A_TURN) continue;
    if (segment.speaker !== speaker) {
      run = null;
    } else if (run) {
      run.endMs = Math.max(run.endMs, segment.endMs);
    } else {
      run = { startMs: segment.startMs, endMs: segment.endMs };
      runs.push(run);
    }
  }
  return runs;
}

/** Stretches that overlap or touch as one, in their order. */
function unite(stretches: readonly Stretch[]): Stretch[] {
  const united: Stretch[] = [];
  for (const { startMs, endMs } of stretches) {
    const last = united.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else united.push({ startMs, endMs });
  }
  return united;
}

/** What lies between stretches that do not touch. */
function between(united: readonly Stretch[]): Stretch[] {
  return united
    .slice(1)
    .map(({ startMs }, index) => ({ startMs: united[index]?.endMs ?? startMs, endMs: startMs }));
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/** The longest one, of equals the first. */
function longest(stretches: readonly Stretch[]): Stretch | null {
  return stretches.reduce<Stretch | null>(
    (best, one) =>
      best && best.endMs - best.startMs >= one.endMs - one.startMs ? best : { ...one },
    null,
  );
}

/** Words that were said; the label of something hidden stands for one. */
function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

function paceOf(words: number, ms: number): number | null {
  return ms < LEAST_PACED_MS ? null : Math.round((words * MINUTE_MS) / ms);
}
