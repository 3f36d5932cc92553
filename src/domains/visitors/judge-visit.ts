// Where a visit came from, in the words that sessions keep.
import type { Words } from './machine.ts';
import type { OpenSite, SiteSettings } from './open-site.ts';
import { judgeSource } from './sources/judge/judge-source.ts';
import { PAID_MEDIUMS } from './sources/tables/medium-words.ts';

/** A visit's source. */
export interface JudgedVisit {
  /** of a visit that goes on with its session: what it would be if there were none */
  words: Words;
  ruleId: string;
  /** of the tables */
  rulesVersion: string;
  /** the session it belongs to stays: from the site itself, from paying or from signing in */
  isKept: boolean;
  isDirect: boolean;
  isPaid: boolean;
}

/** Judges a visit by its landing page and its referrer. */
export function judgeVisit(
  { settings, rules }: { settings: Pick<SiteSettings, 'domains'> } & Pick<OpenSite, 'rules'>,
  { url, referrer }: { url: string; referrer: string },
): JudgedVisit {
  const verdict = judgeSource({ url, referrer, rules, ownHosts: settings.domains });
  const {
    network,
    name,
    medium,
    campaign,
    term,
    content,
    kept: isKept,
    ruleId,
    rulesVersion,
  } = verdict;
  const clickIds = Object.fromEntries(
    verdict.clickIds.map(({ parameter, value }) => [parameter, value]),
  );
  const words = { network, name, medium, campaign, term, content, clickIds };
  const isPaid = PAID_MEDIUMS.has(medium);
  return { words, ruleId, rulesVersion, isKept, isDirect: medium === 'direct', isPaid };
}
