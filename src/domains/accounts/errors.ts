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

/** The viewer is known but may not do this: what is missing, and what to do about it. */
export class Forbidden extends Error {
  readonly code = 'FORBIDDEN';
  /** which of the walls refused */
  readonly missing: 'SCOPE' | 'ROLE' | 'COMPANY' | 'PERSON';
  /** the scope that is missing, as the API spells it: SANDBOX_WRITE; null when that is not what is missing */
  readonly scope: string | null;
  constructor(missing: Forbidden['missing'], message: string, scope: string | null = null) {
    super(message);
    this.name = 'Forbidden';
    this.missing = missing;
    this.scope = scope;
  }
}
