// How much may be texted: each limit with its figure of the service description and how far an account may move it. What
// the contract or the law states is kept or made stricter, never looser (product.md, L04, L05, L12, L27; 47 CFR
// 64.1200(c)(1) for the hours). Pure.

interface Limit {
  /** holds while an account says nothing else */
  standard: number;
  least: number;
  most: number;
  /** what it is, in the API */
  says: string;
}

export const MESSAGE_LIMITS = {
  agentInMonth: {
    ...{ standard: 5_000, least: 1, most: 5_000 },
    says: 'Texts that an agent may send and receive in a month; what comes in beyond it is kept all the same',
  },
  inboundPercent: {
    ...{ standard: 20, least: 20, most: 50 },
    says: 'The least share of inbound texts in 30 days, in percent; below it only answers go',
  },
  ratioFrom: {
    ...{ standard: 50, least: 1, most: 100 },
    says: 'From how many outbound texts in 30 days on that share is asked for',
  },
  earliestHour: {
    ...{ standard: 8, least: 8, most: 17 },
    says: 'The hour of the recipient’s day from which conversations are begun',
  },
  latestHour: {
    ...{ standard: 21, least: 12, most: 21 },
    says: 'The hour of the recipient’s day from which they are begun no more; at least four after earliestHour',
  },
  samePeopleInHour: {
    ...{ standard: 25, least: 1, most: 50 },
    says: 'To how many people nearly the same text may go in an hour',
  },
  samePeopleInDay: {
    ...{ standard: 100, least: 1, most: 200 },
    says: 'To how many people nearly the same text may go in a day',
  },
  begunFrom: {
    ...{ standard: 200, least: 1, most: 200 },
    says: 'From how many texts in a day on it is asked how many of them began conversations',
  },
  begunPercent: {
    ...{ standard: 50, least: 1, most: 50 },
    says: 'How many of those may begin conversations, in percent',
  },
  agentInMinute: {
    ...{ standard: 60, least: 1, most: 60 },
    says: 'Texts that an agent may send in a minute',
  },
  accountInHour: {
    ...{ standard: 150, least: 1, most: 1_000 },
    says: 'Texts that the account may send in an hour',
  },
  // of a day's texts so many are compared at the most for what is nearly the same
  accountInDay: {
    ...{ standard: 1_000, least: 1, most: 2_000 },
    says: 'Texts that the account may send in a day',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof MESSAGE_LIMITS;
export const LIMIT_NAMES = Object.keys(MESSAGE_LIMITS) as LimitName[];

/** What holds for an account. */
export type MessageLimits = { readonly [Name in LimitName]: number };

/** The limits that hold, and their version: 0 while the account has set none. */
export type VersionedLimits = MessageLimits & { readonly version: number };

/** within which the hours of all zones of one area code meet: they lie three hours apart at the most */
export const LEAST_HOURS = 4;

/** The limits of an account by what it has set; what is null or absent is standard. */
export function limitsOf(set: { readonly [Name in LimitName]?: number | null }): MessageLimits {
  const entries = LIMIT_NAMES.map((name) => [name, set[name] ?? MESSAGE_LIMITS[name].standard]);
  return Object.fromEntries(entries) as MessageLimits;
}

export const STANDARD_LIMITS: MessageLimits = limitsOf({});
