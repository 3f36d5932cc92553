// Why a text did not go, or did not arrive: ours first, then what the carrier's codes come to.
import type { RefusalCode } from '#values/refusals.ts';

/** The rules that a text which waits can meet after all. */
const RULES = [
  'LEAD_CENTER_REQUIRED',
  'DESTINATION_NOT_US_CA',
  'TOLL_FREE_NOT_ALLOWED',
  'OPTED_OUT',
  'A2P_NOT_REGISTERED',
  'NO_CONSENT',
  'CONSENT_EXPIRED',
  'QUIET_HOURS',
  'AGENT_MESSAGES_EXHAUSTED',
  'INBOUND_RATIO_LOW',
  'BULK_MESSAGING',
  'RATE_LIMITED',
  'MEDIA_INVALID',
] as const satisfies RefusalCode[];

export const MESSAGE_FAILURES = [
  ...RULES,
  'CANCELLED',
  'UNCONFIRMED',
  'UNDELIVERED',
  'BLOCKED_AS_SPAM',
  'UNREACHABLE',
  'CARRIER_REFUSED',
] as const;
export type MessageFailure = (typeof MESSAGE_FAILURES)[number];

/** The carrier's codes that have a name of ours (reference: its list of messaging errors). */
const NAMED: Readonly<Record<string, MessageFailure>> = {
  '40300': 'OPTED_OUT',
  '40010': 'A2P_NOT_REGISTERED',
  '40305': 'A2P_NOT_REGISTERED',
  '40309': 'DESTINATION_NOT_US_CA',
  '40317': 'MEDIA_INVALID',
  '40002': 'BLOCKED_AS_SPAM',
  '40003': 'BLOCKED_AS_SPAM',
  '40001': 'UNREACHABLE',
  '40008': 'UNDELIVERED',
};

/**
 * What a code of the carrier comes to.
 * @param otherwise for codes without a name
 */
export function failureOfCode(code: string | null, otherwise: MessageFailure): MessageFailure {
  return (code !== null && NAMED[code]) || otherwise;
}
