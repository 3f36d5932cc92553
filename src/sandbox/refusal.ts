// What the carrier says when it will not do something: Telnyx's error body with its codes.

export interface RefusalDetail {
  status: number;
  code: string;
  title: string;
  detail: string;
  pointer?: string;
  headers?: Record<string, string>;
}

/** Thrown by anything that serves a request; the HTTP door turns it into `{ errors: [...] }`. */
export class Refusal extends Error {
  readonly details: RefusalDetail;

  constructor(details: RefusalDetail) {
    super(`${details.code} ${details.title}: ${details.detail}`);
    this.name = 'Refusal';
    this.details = details;
  }
}

/** 90018 and the other call control codes, worded as in Telnyx's documents. */
export const refusals = {
  ended: () =>
    new Refusal({
      status: 422,
      code: '90018',
      title: 'Call has already ended',
      detail: "This call is no longer active and can't receive commands.",
    }),
  invalidCallControlId: () =>
    new Refusal({
      status: 422,
      code: '90015',
      title: 'Invalid Call Control ID',
      detail: 'The call_control_id provided was not valid.',
      pointer: '/call_control_id',
    }),
  notAnswered: () =>
    new Refusal({
      status: 422,
      code: '90034',
      title: 'Call not answered yet',
      detail: "This call can't receive this command because it has not been answered yet.",
    }),
  recordingBeforeAudio: () =>
    new Refusal({
      status: 422,
      code: '90020',
      title: 'Call recording triggered before audio started',
      detail: 'Call recording cannot be started until audio has commenced on the call.',
    }),
  transcribing: () =>
    new Refusal({
      status: 422,
      code: '90054',
      title: 'Transcription already in progress',
      detail: 'This call is being transcribed already.',
    }),
  impossible: (detail: string) =>
    new Refusal({ status: 422, code: '90033', title: 'Unable to execute command', detail }),
  invalid: (pointer: string, detail: string, code = '10015', title = 'Invalid value') =>
    new Refusal({ status: 422, code, title, detail, pointer }),
  unauthorised: () =>
    new Refusal({
      status: 401,
      code: '10009',
      title: 'Authentication failed',
      detail:
        'The required authentication headers were either invalid or not included in the request.',
    }),
  notFound: (what: string) =>
    new Refusal({
      status: 404,
      code: '10005',
      title: 'Resource not found',
      detail: `The requested ${what} does not exist.`,
    }),
  tooMany: (headers: Record<string, string>) =>
    new Refusal({
      status: 429,
      code: '10011',
      title: 'Too many requests',
      detail:
        'You have exceeded the maximum number of allowed requests. Try again after x-ratelimit-reset.',
      headers,
    }),
} as const;

/** Telnyx's error body for a refusal. */
export function errorBody(details: RefusalDetail) {
  const { code, title, detail, pointer } = details;
  const meta = { url: `https://developers.telnyx.com/docs/overview/errors/${code}` };
  return {
    errors: [
      { code, title, detail, meta, ...(pointer === undefined ? {} : { source: { pointer } }) },
    ],
  };
}
