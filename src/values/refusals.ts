// Refusals: what a verb throws when it will not do what was asked, for a reason that the caller can act on. The GraphQL
// layer answers them as userErrors. Rights, limits and bugs are not refusals: they are top-level errors.

/** Every code a refusal can carry, with the sentence that describes it in the schema (enum UserErrorCode). */
export const REFUSAL_CODES = {
  INVALID_INPUT: 'A field of the input is malformed, out of range or contradicts another one.',
  NOT_FOUND: 'The thing named by an id does not exist, or this viewer may not see it.',
  VERSION_CONFLICT: 'The thing has changed since `expectedVersion`. Read it again, then decide.',
  IDEMPOTENCY_KEY_CONFLICT:
    'This idempotencyKey was already used in the last 24 hours with another input.',
  SCOPE_EXCEEDED: 'A key cannot be given scopes or companies that its maker does not have.',
  LAST_ADMIN: 'An account keeps at least one user with the role ADMIN.',
  LAST_COMPANY: 'An account keeps at least one active company.',
  TEST_ACCOUNT_REQUIRED: 'Only accounts in TEST mode can do this.',
  NUMBER_UNAVAILABLE: 'The telephone number cannot be had: it is taken, or not on offer any more.',
  RESERVATION_EXPIRED: 'The reservation has run out, or was given up. Reserve the number again.',
  TRUNKING_PROHIBITED:
    'A tracking number cannot forward to a tracking number, nor a destination be used as a trunk.',
  EMERGENCY_CALL: 'Emergency numbers cannot be dialled or forwarded to.',
  RECORDING_NOTICE_REQUIRED: 'Recording is announced: a tracker that records needs a notice.',
  ALREADY_GOOD_LEAD: 'An earlier interaction already made this lead a good one.',
  DESTINATION_NOT_US_CA:
    'Only numbers of the US and Canada are included, unless the account pays per minute.',
  TOLL_FREE_NOT_ALLOWED: 'Toll-free numbers are not allowed here.',
  LEAD_CENTER_REQUIRED: 'This takes a seat in the Lead Center that serves the company.',
  OPTED_OUT: 'They have asked for no more texts of this company.',
  A2P_NOT_REGISTERED: 'The number that texts is on no registered campaign.',
  NO_CONSENT: 'They have not agreed to be texted by this company.',
  CONSENT_EXPIRED: 'They wrote 24 hours ago or more, and have not agreed to more.',
  QUIET_HOURS: 'It is too early or too late where they are; see `retryAt`.',
  INBOUND_RATIO_LOW: 'Too few of the account’s texts come in for those that go out.',
  BULK_MESSAGING: 'Nearly the same text goes to too many people, or faster than a person writes.',
  MEDIA_INVALID: 'A file is no image, audio, video or contact card, or too large.',
  CHAT_AGENT_INITIATED: 'Only the visitor opens a chat, or takes up again one that was ended.',
  CARRIER_REFUSED: 'The carrier refused; the message carries its reason.',
  SEAT_IN_USE: 'The seat is taken by another device, or was taken over by it.',
  SEAT_SHARING: 'A seat is for one person, who has to be named.',
  AGENT_MESSAGES_EXHAUSTED: 'The agent has used the messages of this month; see `retryAt`.',
  LIMIT_REACHED: 'There are as many of these as there can be; the message tells how many.',
  SIGN_IN_REFUSED: 'The e-mail address or the password is wrong.',
  LINK_INVALID: 'The link of a mail was used, is too old, or is not whole.',
  RATE_LIMITED: 'Too many tries in a short time; see `retryAt`.',
  AI_REVIEW_REQUIRED: 'A person has to approve what a machine wrote before it goes to a customer.',
  AI_PROCESSING_NOT_ALLOWED:
    'The company has not said that its sound or words may go to a third party; the message names the switch.',
  WRONG_STATE: 'The thing is in a state in which this cannot be done.',
} as const;
export type RefusalCode = keyof typeof REFUSAL_CODES;

/** The codes of rules.md: limits and compliance rules, whose refusals are told as events. */
export const POLICY_CODES: ReadonlySet<RefusalCode> = new Set([
  'RECORDING_NOTICE_REQUIRED',
  'TRUNKING_PROHIBITED',
  'EMERGENCY_CALL',
  'DESTINATION_NOT_US_CA',
  'TOLL_FREE_NOT_ALLOWED',
  'SEAT_IN_USE',
  'SEAT_SHARING',
  'AGENT_MESSAGES_EXHAUSTED',
  'LEAD_CENTER_REQUIRED',
  'OPTED_OUT',
  'A2P_NOT_REGISTERED',
  'NO_CONSENT',
  'CONSENT_EXPIRED',
  'QUIET_HOURS',
  'INBOUND_RATIO_LOW',
  'BULK_MESSAGING',
  'MEDIA_INVALID',
  'CHAT_AGENT_INITIATED',
  'AI_REVIEW_REQUIRED',
  'AI_PROCESSING_NOT_ALLOWED',
]);

/** What else a refusal can tell: the limit it keeps, the current figure, when to try again. */
export interface RefusalFigures {
  limit?: number;
  current?: number;
  retryAt?: Date;
}

export class Refused extends Error {
  readonly code: RefusalCode;
  /** the path of the offending field inside the input: ['source', 'name']; empty when no field is to blame */
  readonly field: readonly string[];
  readonly figures: RefusalFigures;
  /** the version that stands, on a VERSION_CONFLICT */
  readonly currentVersion: number | null;
  /** further refusals of the same request: every bad field is named at once */
  readonly also: readonly Refused[];

  constructor(
    code: RefusalCode,
    message: string,
    more: {
      field?: readonly string[];
      figures?: RefusalFigures;
      currentVersion?: number;
      also?: readonly Refused[];
    } = {},
  ) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.field = more.field ?? [];
    this.figures = more.figures ?? {};
    this.currentVersion = more.currentVersion ?? null;
    this.also = more.also ?? [];
  }
}

/** The input is malformed. `field` is a name or a path; the message says what is allowed. */
export function invalidInput(field: string | readonly string[], message: string): Refused {
  return new Refused('INVALID_INPUT', message, { field: pathOf(field) });
}

/** The id in `field` leads to nothing that this viewer may see. `what` is the thing's type: 'Tracker'. */
export function notFound(field: string | readonly string[], what: string): Refused {
  return new Refused('NOT_FOUND', `There is no ${what} with this id that you may see.`, {
    field: pathOf(field),
  });
}

/** The row has moved on since the caller read it. */
export function versionConflict(currentVersion: number): Refused {
  const message = `It has changed: its version is ${currentVersion} now. Read it again and repeat with that expectedVersion.`;
  return new Refused('VERSION_CONFLICT', message, { field: ['expectedVersion'], currentVersion });
}

/** The idempotency key was used before with another input. */
export function idempotencyConflict(): Refused {
  const message =
    'This idempotencyKey was used with another input in the last 24 hours. Use a new key for a new request.';
  return new Refused('IDEMPOTENCY_KEY_CONFLICT', message, { field: ['idempotencyKey'] });
}

/** Throws the first of these with the others in `also`, so that every bad field is named at once; nothing when there is none. */
export function refuseAll(refusals: readonly Refused[]): void {
  const [first, ...also] = refusals;
  if (!first) return;
  throw new Refused(first.code, first.message, { field: first.field, also });
}

/** A rule of the house says no (rules.md). `figures` name the limit, the current figure and when to try again. */
export function policyRefused(
  code: RefusalCode,
  message: string,
  more: { field?: string | readonly string[]; figures?: RefusalFigures } = {},
): Refused {
  return new Refused(code, message, {
    field: pathOf(more.field ?? []),
    figures: more.figures ?? {},
  });
}

function pathOf(field: string | readonly string[]): readonly string[] {
  return typeof field === 'string' ? [field] : field;
}
