// Which stretches of the sound go with the words that redaction hid, and where it had no words to hide.

import type { TranscriptSegment } from '#generated/prisma/client.ts';
import type { RedactableSegment, Redaction } from './redact.ts';
import { LABELS } from './rules/redact-labels.ts';
import { findUnheard } from './rules/redact-unheard.ts';

const KINDS = Object.keys(LABELS) as (keyof typeof LABELS)[];

/** A span of the recording in milliseconds from its first sample. */
interface Stretch {
  startMs: number;
  endMs: number;
}

// The voice detector is right to about 0.2 s.
const AROUND_SEGMENT_MS = 300;
const AROUND_WORDS_MS = 500;

function widen(spans: readonly Stretch[], byMs: number): Stretch {
  return {
    startMs: Math.min(...spans.map(({ startMs }) => startMs)) - byMs,
    endMs: Math.max(...spans.map(({ endMs }) => endMs)) + byMs,
  };
}

/**
 * The stretches to be silenced, on every channel: an echo carries the number to the other side. Where word times are
 * estimates (off by 0.4 s on clear speech, by more where recognition dropped words) the whole segment goes. So does one that
 * nobody could write down where a secret was asked for and had not come (redact-unheard.ts).
 * @param segments both sides, as they were before or after redaction
 * @param redactions what was hidden in them
 * @param wordTimes whether the words' times were measured
 * @returns stretches sorted by start that neither overlap nor touch
 */
export function stretchesToMute(
  segments: readonly RedactableSegment[],
  redactions: readonly Redaction[],
  wordTimes: 'native' | 'estimated',
): Stretch[] {
  const wanted = redactions.map((hidden) => {
    if (wordTimes === 'native') return widen([hidden], AROUND_WORDS_MS);
    const said = segments.filter(
      ({ channel, startMs, endMs }) =>
        channel === hidden.channel && startMs <= hidden.endMs && endMs >= hidden.startMs,
    );
    return widen([hidden, ...said], AROUND_SEGMENT_MS);
  });
  const unheard = findUnheard(segments).map((one) => widen([one], AROUND_SEGMENT_MS));
  const merged: Stretch[] = [];
  for (const { startMs, endMs } of [...wanted, ...unheard].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs: Math.max(0, startMs), endMs });
  }
  return merged;
}

/**
 * What is hidden in stored segments, as their labels tell. Where a person wrote the words, nobody knows when each was said:
 * it may be anywhere in the segment.
 */
export function hiddenBefore(
  segments: readonly Pick<
    TranscriptSegment,
    'speaker' | 'startMs' | 'endMs' | 'text' | 'edited' | 'words'
  >[],
): Redaction[] {
  return segments.flatMap(({ speaker, startMs, endMs, text, edited, words }) => {
    const timed = words as unknown as RedactableSegment['words'];
    const texts = text.split(/\s+/).filter(Boolean);
    const isTimed = !edited && timed.length === texts.length;
    return texts.flatMap((word, at): Redaction[] => {
      const kind = KINDS.find((one) => LABELS[one] === word.replace(/[.,?!;]$/, ''));
      const said = (isTimed && timed[at]) || { startMs, endMs };
      const { startMs: from, endMs: to } = said;
      return kind ? [{ kind, channel: speaker === 'AGENT' ? 1 : 0, startMs: from, endMs: to }] : [];
    });
  });
}
