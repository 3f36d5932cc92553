// Why the collect door does not take what a page sent. Pages of strangers read these, so they name no account.

/** The codes, each with the HTTP status it is answered with. */
export const COLLECT_STATUS = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  UNKNOWN_KEY: 403,
  FOREIGN_ORIGIN: 403,
  FORM_DOMAIN_NOT_ALLOWED: 403,
  SITE_DISABLED: 403,
  CHAT_OFF: 403,
  CHAT_TOKEN_INVALID: 403,
  SESSION_OVER: 410,
  TOO_LARGE: 413,
  FILE_REFUSED: 415,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
} as const;
type CollectCode = keyof typeof COLLECT_STATUS;

export class CollectRefused extends Error {
  readonly code: CollectCode;
  /** the field of the body that is to blame */
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: CollectCode,
    message: string,
    more: { field?: string; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.name = 'CollectRefused';
    this.code = code;
    this.field = more.field;
    this.retryAfterMs = more.retryAfterMs;
  }
}
