// What is judged, and the verdict.

/**
 * CERTAIN: a rule of the company, or a paid click id. HIGH: utm values or a referrer that the tables know. MEDIUM: read out
 * of part of a value, or as given. LOW: nothing was told.
 */
export type Confidence = 'CERTAIN' | 'HIGH' | 'MEDIUM' | 'LOW';

/** An id that an ad network added to the link. */
export interface ClickId {
  /** small letters: gclid */
  readonly parameter: string;
  readonly value: string;
}

/** A rule that was asked before the one that decided, and why it did not. */
export interface Trial {
  readonly ruleId: string;
  /** a sentence in English */
  readonly reason: string;
}

/** Where a visit comes from. Texts are at most 200 characters; '' = none. */
export interface SourceVerdict {
  /** who sent the visitor: Google, Facebook, example.com, Direct */
  readonly network: string;
  /** as sources are listed: Google Ads, Google Organic, Facebook */
  readonly name: string;
  /** cpc, paid_social, display, organic, social, local, ai, email, sms, affiliate, referral, direct …; or what utm_medium says */
  readonly medium: string;
  readonly campaign: string;
  readonly term: string;
  readonly content: string;
  readonly clickIds: readonly ClickId[];
  /**
   * The visitor comes from the site itself, from paying or from signing in: the session goes on as it is. The other fields
   * tell of a visit that has no session to go on with: Direct.
   */
  readonly kept: boolean;
  /** click-id.gclid, utm.source, referrer.search, direct; `company.<uuid>` for a rule of the company */
  readonly ruleId: string;
  readonly rulesVersion: string;
  readonly confidence: Confidence;
  /** one or two sentences in English: what decided, and what in the input it saw */
  readonly explanation: string;
  readonly tried: readonly Trial[];
}

/** What a stage of the judgement finds, before the campaign and click ids are added. */
export interface Finding
  extends Pick<
    SourceVerdict,
    'network' | 'name' | 'medium' | 'ruleId' | 'confidence' | 'explanation'
  > {
  readonly kept?: boolean;
  /** what the stage asked before it found this */
  readonly tried?: readonly Trial[];
  /** instead of utm_campaign */
  readonly campaign?: string;
  /** when no parameter tells it */
  readonly term?: string;
}

/** A stage has either found the source, or tells why it has not. */
export type Stage = Finding | readonly Trial[];
