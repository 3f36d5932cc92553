// Why a request goes no further: nobody known asks (Unauthenticated), or somebody known may not (Forbidden). Both are
// top-level errors of the API, never userErrors.

export type UnauthenticatedReason = 'MISSING' | 'MALFORMED' | 'UNKNOWN' | 'EXPIRED' | 'REVOKED';

const REASONS: Record<UnauthenticatedReason, string> = {
  MISSING: 'No API key was sent. Send the header "Authorization: Bearer sb_…", or sign in.',
  MALFORMED: 'This is not an API key of Switchboard: it is cut short or mistyped. Copy it again.',
  UNKNOWN: 'This API key does not exist. Make a new one with createApiKey.',
  EXPIRED: 'This API key has expired. Make a new one with createApiKey or rotateApiKey.',
  REVOKED: 'This API key was revoked. Make a new one with createApiKey.',
};

const SESSION_ENDED = 'This session has ended. Sign in again.';

/** The request carries no credential that is good now: no key, or, for people, no session. */
export class Unauthenticated extends Error {
  readonly code = 'UNAUTHENTICATED';
  readonly reason: UnauthenticatedReason;
  constructor(reason: UnauthenticatedReason, credential: 'key' | 'session' = 'key') {
    super(credential === 'key' ? REASONS[reason] : SESSION_ENDED);
    this.name = 'Unauthenticated';
    this.reason = reason;
  }
}

/** The viewer is known but may not do this. `missing` tells which of the walls refused. */
export class Forbidden extends Error {
  readonly code = 'FORBIDDEN';
  readonly verb: string;
  readonly missing: 'SCOPE' | 'ROLE' | 'COMPANY' | 'PERSON';
  constructor(verb: string, missing: 'SCOPE' | 'ROLE' | 'COMPANY' | 'PERSON', why: string) {
    super(`You may not do ${verb}: ${why}.`);
    this.name = 'Forbidden';
    this.verb = verb;
    this.missing = missing;
  }
}
