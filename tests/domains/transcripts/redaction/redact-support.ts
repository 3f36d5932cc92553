// Makes transcript segments out of plain lines, with words spread evenly over time, for the redaction tests.

import type { RedactableSegment } from '#domains/transcripts/redaction/redact.ts';

const MS_PER_WORD = 400;

/** A line of talk: "A: …" is channel 0, "B: …" channel 1; "…s" before the colon ("B 60s: …") sets its start in seconds. */
export function talk(...lines: string[]): RedactableSegment[] {
  let clockMs = 0;
  return lines.map((line) => {
    const [, speaker, atSeconds, text = ''] = /^([AB])(?: (\d+)s)?: (.*)$/.exec(line) ?? [];
    if (!speaker) {
      throw new Error(`not a line of talk: ${line}`);
    }
    const startMs = atSeconds ? Number(atSeconds) * 1_000 : clockMs;
    const words = text
      .split(/\s+/)
      .filter(Boolean)
      .map((word, i) => ({
        text: word,
        startMs: startMs + i * MS_PER_WORD,
        endMs: startMs + (i + 1) * MS_PER_WORD,
      }));
    clockMs = startMs + words.length * MS_PER_WORD;
    return { channel: speaker === 'A' ? 0 : 1, startMs, endMs: clockMs, text, words };
  });
}
