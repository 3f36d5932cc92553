// Whether a text may be sent: every rule in one fixed order (rules.md), over a state that was read. Pure. The first refusal
// is the one that a send meets; a dry run is told all of them.
import { type AgentUsage, exhausted, type MessageLimits } from '#domains/agents/index.ts';
import { type Consent, type ConsentRefusal, judgeConsent } from '#domains/consent/index.ts';
import { isTollFree, isUsOrCanada, isUsTerritory } from '#values/phone-number.ts';
import { invalidInput, policyRefused, type Refused } from '#values/refusals.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './limits.ts';
import { quietUntil } from './quiet-hours.ts';

/** What is known of a text that is to be sent. */
export interface SendState {
  /** when it is to go */
  at: Date;
  kind: 'PERSONAL' | 'OPT_OUT_CONFIRMATION' | 'HELP_ANSWER';
  /** who sends it, if they have a seat that serves this company; usage without this text */
  agent: { usage: AgentUsage } | null;
  /** E.164; null when the company has no number that texts */
  from: string | null;
  /** E.164 */
  to: string;
  /** whether the account texts with the territories of the US, too (L09) */
  textsToTerritories: boolean;
  /** whether that number stands on a registered campaign */
  isRegistered: boolean;
  consent: Consent;
  /** of the account in the 30 days before, without this text */
  traffic: { inbound: number; outbound: number };
  /** other people to whom nearly the same text went in the hour and the day before */
  same: { inHour: number; inDay: number };
  /** whether this text begins a conversation; and of a day's texts, how many there are and how many of them did */
  begun: { isNew: boolean; texts: number; conversations: number };
  /** since when the account begins no conversations; null when this text is not held by that */
  heldSince: Date | null;
  /** texts that went out in the times before, without this one */
  pace: { agentInMinute: number; inHour: number; inDay: number };
  /** what is wrong with its length; null when nothing is, left out where it was judged before */
  textFault?: string | null;
  /** what is wrong with its files; null when nothing is */
  mediaFault: string | null;
  /** how they were given; left out: by address */
  mediaField?: 'mediaUrls' | 'mediaIds';
  limits: MessageLimits;
}

/** Why this text may not be sent, in the order in which the rules are kept; empty when it may. */
export function judgeSend(state: SendState): Refused[] {
  const { kind } = state;
  // what the service answers by itself is owed to whoever wrote: only where and by whom it may be sent is asked (L05, L08)
  const rules = kind === 'PERSONAL' ? [...FOR_ALL, ...FOR_PERSONAL] : FOR_ALL;
  return RULES.filter((rule) => rules.includes(rule)).flatMap((rule) => rule(state) ?? []);
}

/** Whether they wrote within 24 hours: what is sent then is an answer. */
export function isReply({ consent: { lastInboundAt }, at }: Pick<SendState, 'consent' | 'at'>) {
  return lastInboundAt !== null && at.getTime() - lastInboundAt.getTime() < DAY_MS;
}

type Rule = (state: SendState) => Refused | null;

const seat: Rule = ({ agent }) =>
  agent
    ? null
    : policyRefused(
        'LEAD_CENTER_REQUIRED',
        'Texts are sent by people with a seat in the Lead Center that serves this company. Give one with addAgent; a key names the agent for whom it acts in agentId.',
        { field: 'agentId' },
      );

const region: Rule = ({ from, to, textsToTerritories }) => {
  const mayBe = (number: string) =>
    isUsOrCanada(number) || (textsToTerritories && isUsTerritory(number));
  const end = [to, from ?? to].find((number) => !mayBe(number));
  if (!end) return null;
  const which = end === to ? 'The recipient’s number' : 'The company’s number';
  const way = isUsTerritory(end)
    ? ' For the territories of the US, turn textsToTerritories on for the account (updateAccount).'
    : '';
  const message = `${which} is not of the US or Canada. Texts go to numbers of these countries only.${way}`;
  return policyRefused('DESTINATION_NOT_US_CA', message, { field: 'to' });
};

const tollFree: Rule = ({ from, to }) => {
  const end = [to, from ?? to].find(isTollFree);
  if (!end) return null;
  const which = end === to ? 'The recipient’s number' : 'The company’s number';
  const message = `${which} is toll-free. Texts go from and to ordinary numbers only.`;
  return policyRefused('TOLL_FREE_NOT_ALLOWED', message, { field: 'to' });
};

const CONSENT: Record<ConsentRefusal, string> = {
  OPTED_OUT:
    'They have asked for no more texts of this company, or seem to have. They can write START; what they meant otherwise is judged with reviewOptOutRequest.',
  NO_CONSENT:
    'They have not agreed to be texted by this company. Record their opt-in with recordConsent, or wait until they write.',
  CONSENT_EXPIRED:
    'They wrote 24 hours ago or more, and have not agreed to more. Record their opt-in with recordConsent, or wait until they write.',
};

const consentOf = ({ consent, at }: SendState, wanted: readonly ConsentRefusal[]) => {
  const refusal = judgeConsent(consent, at);
  if (refusal === null || !wanted.includes(refusal)) return null;
  return policyRefused(refusal, CONSENT[refusal], { field: 'to' });
};

const optOut: Rule = (state) => consentOf(state, ['OPTED_OUT']);

const registration: Rule = ({ from, isRegistered }) => {
  if (isRegistered) return null;
  const message = from
    ? 'The company’s number is on no registered campaign, so carriers do not deliver its texts. Register the company’s brand and campaign first.'
    : 'This company has no number that can text. Buy one, and register the company’s brand and campaign.';
  return policyRefused('A2P_NOT_REGISTERED', message);
};

const consent: Rule = (state) => consentOf(state, ['NO_CONSENT', 'CONSENT_EXPIRED']);

const quietHours: Rule = (state) => {
  const { at, to, limits } = state;
  if (isReply(state)) return null;
  const retryAt = quietUntil(to, at, limits);
  if (!retryAt) return null;
  const message = `Conversations are begun between ${limits.earliestHour}:00 and ${limits.latestHour}:00 where the recipient is. Give sendAt a time of the day.`;
  return policyRefused('QUIET_HOURS', message, { field: 'sendAt', figures: { retryAt } });
};

const quota: Rule = ({ agent }) =>
  agent && agent.usage.messages >= agent.usage.limit ? exhausted(agent.usage) : null;

const ratio: Rule = (state) => {
  const { traffic, limits } = state;
  const outbound = traffic.outbound + 1;
  const all = traffic.inbound + outbound;
  if (outbound < limits.ratioFrom || traffic.inbound * 100 >= all * limits.inboundPercent) {
    return null;
  }
  if (isReply(state)) return null;
  const current = Math.floor((traffic.inbound * 100) / all);
  const message = `At least ${limits.inboundPercent} % of an account’s texts of 30 days come in; with this one ${current} % would. Answers to those who wrote within 24 hours still go.`;
  return policyRefused('INBOUND_RATIO_LOW', message, {
    figures: { limit: limits.inboundPercent, current },
  });
};

/** Bulk that was tried holds what the account would begin until an administrator lets it go on (L12). */
const held: Rule = (state) => {
  const { heldSince } = state;
  if (heldSince === null || isReply(state)) return null;
  const message = `Since ${heldSince.toISOString()} only answers to those who wrote within 24 hours go: bulk was tried. An administrator looks at it, and lets conversations be begun again with releaseSending.`;
  return policyRefused('BULK_MESSAGING', message);
};

const begun: Rule = (state) => {
  const { begun: day, limits } = state;
  const [texts, conversations] = [day.texts + 1, day.conversations + 1];
  if (!day.isNew || isReply(state) || texts < limits.begunFrom) return null;
  if (conversations * 100 <= texts * limits.begunPercent) return null;
  const current = Math.floor((conversations * 100) / texts);
  const message = `At most ${limits.begunPercent} % of an account’s texts of a day begin conversations; with this one ${current} % would.`;
  return policyRefused('BULK_MESSAGING', message, {
    figures: { limit: limits.begunPercent, current },
  });
};

/**
 * Whether this refusal holds the account's conversations from then on: time alone does not mend it. Being held is no new
 * try: what was refused by that, and comes behind a release, would hold anew what has just been released.
 */
export function holdsSending({ code, figures }: Refused): boolean {
  return code === 'BULK_MESSAGING' && figures.limit !== undefined && !figures.retryAt;
}

const bulk: Rule = (state) => held(state) ?? alike(state) ?? begun(state) ?? pace(state);

const alike: Rule = (state) => {
  const { at, same, limits } = state;
  const told = 'One text is for one person: nearly the same has gone to';
  const refuse = (limit: number, current: number, message: string, ms: number) => {
    const retryAt = isReply(state) && { retryAt: new Date(at.getTime() + ms) };
    return policyRefused('BULK_MESSAGING', message, { figures: { limit, current, ...retryAt } });
  };
  if (same.inHour >= limits.samePeopleInHour) {
    const message = `${told} ${same.inHour} people within an hour; ${limits.samePeopleInHour} is the most.`;
    return refuse(limits.samePeopleInHour, same.inHour, message, HOUR_MS);
  }
  if (same.inDay >= limits.samePeopleInDay) {
    const message = `${told} ${same.inDay} people within a day; ${limits.samePeopleInDay} is the most.`;
    return refuse(limits.samePeopleInDay, same.inDay, message, DAY_MS);
  }
  return null;
};

const pace: Rule = ({ at, pace: { agentInMinute: current }, limits: { agentInMinute: limit } }) => {
  if (current < limit) return null;
  const message = `This agent has sent ${current} texts within a minute, which no person writes.`;
  const retryAt = new Date(at.getTime() + MINUTE_MS);
  return policyRefused('BULK_MESSAGING', message, { figures: { limit, current, retryAt } });
};

const rate: Rule = ({ at, pace, limits }) => {
  const refuse = (limit: number, current: number, time: string, ms: number) =>
    policyRefused('RATE_LIMITED', `An account sends at most ${limit} texts ${time}.`, {
      figures: { limit, current, retryAt: new Date(at.getTime() + ms) },
    });
  if (pace.inHour >= limits.accountInHour) {
    return refuse(limits.accountInHour, pace.inHour, 'an hour', HOUR_MS);
  }
  if (pace.inDay < limits.accountInDay) return null;
  return refuse(limits.accountInDay, pace.inDay, 'a day', DAY_MS);
};

const media: Rule = ({ mediaFault, mediaField: field = 'mediaUrls' }) =>
  mediaFault === null ? null : policyRefused('MEDIA_INVALID', mediaFault, { field });

const length: Rule = ({ textFault = null }) =>
  textFault === null ? null : invalidInput('text', textFault);

/** in the order of rules.md */
const RULES: readonly Rule[] = [
  ...[seat, region, tollFree, optOut, registration, consent, quietHours],
  ...[quota, ratio, bulk, rate, media, length],
];
const FOR_ALL: readonly Rule[] = [region, tollFree, registration];
const FOR_PERSONAL: readonly Rule[] = RULES.filter((rule) => !FOR_ALL.includes(rule));
