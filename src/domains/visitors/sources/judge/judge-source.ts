// Where a visit comes from, by the order of product.md 4.4: the company's rules, click ids, utm values, marks of mail
// programs, the referrer, else direct. The first that finds something decides; those before it say why they did not.
import { RULES_VERSION } from '../tables/tables.ts';
import { byClickId, byLinkMark, clickIdsOf, type Evidence } from './by-click-id.ts';
import { byReferrer } from './by-referrer.ts';
import { byUtm } from './by-utm.ts';
import { NETWORKS, type NetworkIndex } from './index-networks.ts';
import { placeOfHost, readVisit } from './read-visit.ts';
import { failingCondition, type SourceRule, tellCondition } from './source-rule.ts';
import type { Finding, SourceVerdict, Stage, Trial } from './source-verdict.ts';
import { utmValuesOf } from './utm-values.ts';

/** What is judged; all of it may be anything. */
export interface JudgedVisit {
  /** the first page's address */
  readonly url: string;
  /** what the browser gave as referrer; null or '' = nothing */
  readonly referrer: string | null | undefined;
  /** the company's rules, in their order */
  readonly rules: readonly SourceRule[];
  /** hosts of the company's pages; that of `url` is always one of them */
  readonly ownHosts: readonly string[];
}

/**
 * Judges a visit. Never throws, whatever stands in it; of each URL 8,192 characters are read. The same visit is judged the
 * same for as long as `rulesVersion` is the same.
 * @param networks another index than that of this version's tables, for tests
 */
export function judgeSource(
  { url, referrer, rules, ownHosts }: JudgedVisit,
  networks: NetworkIndex = NETWORKS,
): SourceVerdict {
  const visit = readVisit(url, referrer);
  const utm = utmValuesOf(visit.landing);
  const evidence: Evidence = { visit, utm, networks };
  const own = [visit.landing, ...ownHosts.map(placeOfHost)];
  const ownDomains = new Set(own.flatMap((place) => (place?.domain ? [place.domain] : [])));
  const stages = [
    () => byRule(evidence, rules),
    () => byClickId(evidence),
    () => byUtm(evidence),
    () => byLinkMark(evidence),
    () => byReferrer(evidence, ownDomains),
  ];
  const { finding, tried } = firstFinding(stages);
  return {
    network: finding.network,
    name: finding.name,
    medium: finding.medium,
    campaign: finding.campaign ?? utm.campaign,
    term: utm.term || (finding.term ?? ''),
    content: utm.content,
    clickIds: clickIdsOf(visit.landing),
    kept: finding.kept ?? false,
    ruleId: finding.ruleId,
    rulesVersion: RULES_VERSION,
    confidence: finding.confidence,
    explanation: finding.explanation,
    tried,
  };
}

/** Stage 0: what the company itself says of such visits. */
function byRule({ visit, utm, networks }: Evidence, rules: readonly SourceRule[]): Stage {
  if (rules.length === 0) return [{ ruleId: 'company', reason: 'The company has no rules.' }];
  const trials: Trial[] = [];
  for (const rule of rules) {
    const failing = failingCondition(rule, visit, utm);
    const ruleId = `company.${rule.id}`;
    if (!failing) {
      const { name, medium, campaign, conditions } = rule;
      return {
        // "Google Ads" is Google to who looks for paid search, whoever says so
        network: networks.byListedName(name)?.network.name ?? name,
        name,
        medium,
        ...(campaign !== null && { campaign }),
        ruleId,
        confidence: 'CERTAIN',
        tried: trials,
        explanation: `${name}, because a rule of the company says so: ${conditions.map(tellCondition).join(', and ')}.`,
      };
    }
    trials.push({
      ruleId,
      reason: `This rule of the company wants that ${tellCondition(failing)}.`,
    });
  }
  return trials;
}

/** The last stage always finds something. */
function firstFinding(stages: readonly (() => Stage)[]): { finding: Finding; tried: Trial[] } {
  const tried: Trial[] = [];
  for (const stage of stages) {
    const result = stage();
    if (!isTrials(result)) return { finding: result, tried: [...tried, ...(result.tried ?? [])] };
    tried.push(...result);
  }
  throw new Error('No stage has found a source.');
}

function isTrials(stage: Stage): stage is readonly Trial[] {
  return Array.isArray(stage);
}
