// The words of the AI port: what a conversation is, what can be drawn from it, and how that may fail. Whoever reads a
// conversation brings evidence: each item is a quote that stands in it.

/** What one speaker said without a pause, redacted. `n` names it; `startMs` is counted from the recording's begin. */
export interface Turn {
  n: number;
  speaker: 'CALLER' | 'AGENT' | 'UNKNOWN';
  startMs: number;
  text: string;
}

/** What a conversation came to, as far as the business is concerned. */
export const SIGNALS = [
  'APPOINTMENT_BOOKED',
  'APPOINTMENT_REQUESTED',
  'APPOINTMENT_MOVED',
  'APPOINTMENT_DECLINED',
  'SALE_MADE',
  'SALE_LOST',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** How promising a lead is, from worst to best. */
export const LEAD_SCORES = ['VERY_POOR', 'POOR', 'FAIR', 'GOOD', 'VERY_GOOD'] as const;
export type LeadScore = (typeof LEAD_SCORES)[number];

/** Who is to do a task. */
export const TASK_OWNERS = ['BUSINESS', 'CUSTOMER'] as const;
export type TaskOwner = (typeof TASK_OWNERS)[number];

/** One thing that was found: what it is, and the words of turn `n` that show it. */
export interface Finding {
  text: string;
  n: number;
  quote: string;
  /** -1 (bad) to 1 (good) where the finding is a mood, 0 to 1 where a criterion of coaching was met, else null */
  score: number | null;
  signal?: Signal;
  /** the key of a criterion of coaching */
  criterion?: string;
  /** of a task: who does it, and until when, in the talk's own words */
  owner?: TaskOwner;
  due?: string | null;
}

/** Something drawn from a conversation. */
export interface WrittenInsight {
  kind:
    | 'SUMMARY'
    | 'SENTIMENT'
    | 'SIGNALS'
    | 'LEAD_SCORE'
    | 'ACTION_PLAN'
    | 'COACHING'
    | 'FOLLOW_UP_EMAIL';
  /** null: it is told by the texts of the findings that are kept */
  text: string | null;
  findings: Finding[];
  leadScore?: LeadScore;
  subject?: string;
}

/** What coaching looks at: a key, which no other criterion has in other capitals either, and what is looked for. */
export interface Criterion {
  key: string;
  question: string;
}

/** What a model was given and gave, over all requests for one conversation. */
export interface Usage {
  tokensIn: number;
  tokensOut: number;
  requests: number;
}

/** Why nothing can be drawn, for good. */
export type InsightFailure =
  | 'TRANSCRIPT_EMPTY'
  | 'TRANSCRIPT_TOO_SHORT'
  | 'LANGUAGE_UNSUPPORTED'
  | 'MODEL_ANSWER_INVALID'
  | 'MODEL_REFUSED';

/** A conversation from which nothing can be drawn. `reason` is for programs, `message` for people; neither quotes it. */
export class InsightError extends Error {
  readonly reason: InsightFailure;

  constructor(reason: InsightFailure, sentence: string) {
    super(sentence);
    this.name = 'InsightError';
    this.reason = reason;
  }
}

/** A model that does not answer now: busy, away or too slow. The message quotes nothing that was sent. */
export class ModelAway extends Error {
  /** whether it surely did no work for it: it was not reached, or said so */
  readonly isFree: boolean;

  constructor(sentence: string, { isFree }: { isFree: boolean }) {
    super(sentence);
    this.name = 'ModelAway';
    this.isFree = isFree;
  }
}

/** A reading that was left before its end, since `mayGoOn` said no. */
export class ReadingLeft extends Error {
  constructor() {
    super('The conversation may not be sent any more.');
    this.name = 'ReadingLeft';
  }
}

/** A conversation to read. */
export interface Conversation {
  /** in the order of speech */
  turns: readonly Turn[];
  /** a BCP 47 tag */
  language: string;
  /** what the business is called */
  business: string;
  /** what coaching looks at; none = no coaching */
  rubric: readonly Criterion[];
  /** whether a draft of a mail to the customer is written, too; absent = yes */
  wantsMail?: boolean;
  signal?: AbortSignal;
  /** Whether a finding will be kept; a model that brings too many others is asked once more. */
  isKept?: (finding: Finding, kind: WrittenInsight['kind']) => boolean;
  /** Asked before every request but the first: whether the conversation may still be sent. */
  mayGoOn?: () => Promise<boolean>;
  /** Told before and after every request what was used so far, so that a failure is paid for too. */
  onUsage?: (usage: Usage) => void;
}

/** Something that draws insights from conversations. */
export interface InsightProvider {
  /** what does it: extractive, openai, anthropic, ollama */
  engine: string;
  /** its model or method, with a version */
  model: string;
  /** which wording of what is asked; raised when that changes, so that a conversation is read anew */
  promptVersion: string;
  /**
   * Reads a conversation.
   * @throws InsightError when nothing can be drawn from it, and never will be; ModelAway when it may be later; ReadingLeft
   */
  write(conversation: Conversation): Promise<WrittenInsight[]>;
}

/** A provider that costs something. */
export interface ModelReader extends InsightProvider {
  /** How many tokens reading a conversation takes at most, as far as that can be told before. */
  mostTokens(conversation: Conversation): number;
}
