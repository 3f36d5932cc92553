// The words of the AI port: what a conversation is, what can be drawn from it, and how that may fail. Whoever reads a
// conversation brings evidence: each item is a quote that stands in it.

/** What one speaker said without a pause, redacted. `n` names it; `startMs` is counted from the recording's begin. */
export interface Turn {
  n: number;
  speaker: 'CALLER' | 'AGENT' | 'UNKNOWN';
  startMs: number;
  text: string;
}

/** One thing that was found: what it is, and the words of turn `n` that show it, exactly as they stand there. */
export interface Finding {
  text: string;
  n: number;
  quote: string;
  /** -1 (bad) to 1 (good) where the finding is a mood, else null */
  score: number | null;
}

/** Something drawn from a conversation. */
export interface WrittenInsight {
  kind: 'SUMMARY' | 'SENTIMENT';
  text: string;
  findings: Finding[];
}

export type InsightFailure = 'TRANSCRIPT_EMPTY' | 'TRANSCRIPT_TOO_SHORT' | 'LANGUAGE_UNSUPPORTED';

/** A conversation from which nothing can be drawn. `reason` is for programs, `message` for people; neither quotes it. */
export class InsightError extends Error {
  readonly reason: InsightFailure;

  constructor(reason: InsightFailure, sentence: string) {
    super(sentence);
    this.name = 'InsightError';
    this.reason = reason;
  }
}

/** Something that draws insights from conversations. */
export interface InsightProvider {
  /** what did it: extractive */
  engine: string;
  /** its model or method, with a version */
  model: string;
  /**
   * Reads a conversation.
   * @param conversation.turns in the order of speech
   * @param conversation.language a BCP 47 tag
   * @throws InsightError when nothing can be drawn from it, and never will be
   */
  write(conversation: { turns: readonly Turn[]; language: string }): Promise<WrittenInsight[]>;
}
