// The tables as one, and their version. Whoever changes a table, or how an address is read, gives it a new version: a
// verdict names the one it was judged by, so that a report can tell why the same address was judged otherwise last year.
import { AD_NETWORKS, AFFILIATES } from './ad-networks.ts';
import { AI_ASSISTANTS } from './ai-assistants.ts';
import { DIRECTORIES } from './directories.ts';
import { MAIL, TEXTS } from './mail.ts';
import { MAPS } from './maps.ts';
import type { Room } from './network.ts';
import { PAYMENTS, SIGN_INS } from './passages.ts';
import { SEARCH_ENGINES } from './search-engines.ts';
import { SOCIAL_SITES } from './social-sites.ts';

/** Year, month, and the number of the change in that month. */
export const RULES_VERSION = '2026.11.2';

/** Every room; their order says nothing, since no host, word or app stands in two of them. */
export const ROOMS: readonly Room[] = [
  SEARCH_ENGINES,
  SOCIAL_SITES,
  MAPS,
  AI_ASSISTANTS,
  MAIL,
  TEXTS,
  DIRECTORIES,
  AD_NETWORKS,
  AFFILIATES,
  PAYMENTS,
  SIGN_INS,
];

/** The rooms that visitors only pass through. */
export const PASSAGES: ReadonlySet<string> = new Set([PAYMENTS.id, SIGN_INS.id]);
