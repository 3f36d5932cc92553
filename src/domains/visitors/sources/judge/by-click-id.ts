// Stage 1: ids that ad networks add to a link when an ad is clicked. Stage 3: marks that mail programs and others add.
import { CLICK_IDS, FBCLID, LINK_MARKS, type Mark, META_SITES } from '../tables/click-ids.ts';
import { PAID_MEDIUMS } from '../tables/medium-words.ts';
import type { Known, NetworkIndex } from './index-networks.ts';
import { mediumOf, nameSource } from './name-source.ts';
import { readId } from './read-text.ts';
import type { Place, Visit } from './read-visit.ts';
import type { ClickId, Finding, Stage } from './source-verdict.ts';
import type { UtmValues } from './utm-values.ts';

/** What the stages after the company's rules look at. */
export interface Evidence {
  readonly visit: Visit;
  readonly utm: UtmValues;
  readonly networks: NetworkIndex;
}

/** Every click id of the landing URL, in the table's order. */
export function clickIdsOf(landing: Place | null): ClickId[] {
  return [...CLICK_IDS.map(({ parameter }) => parameter), FBCLID].flatMap((parameter) => {
    const value = readId(landing?.parameters.get(parameter) ?? '');
    return value ? [{ parameter, value }] : [];
  });
}

/** By a click id: the first of the table; fbclid, which posts carry too, says where and not that it was paid. */
export function byClickId({ visit, utm, networks }: Evidence): Stage {
  const found = clickIdsOf(visit.landing);
  const mark = CLICK_IDS.find(({ parameter }) => found[0]?.parameter === parameter);
  if (mark) return byPaidClick(mark, networks, utm);
  if (found.length === 0)
    return [{ ruleId: 'click-id', reason: 'The landing URL has no click id.' }];
  return byMetaClick({ visit, utm, networks });
}

function byPaidClick(mark: Mark, networks: NetworkIndex, utm: UtmValues): Finding {
  const told = mediumOf(utm.medium);
  // an ad that was shown as a banner is told apart by its utm_medium; nothing makes a paid click unpaid
  const medium = mark.medium === 'cpc' && told === 'display' ? told : mark.medium;
  const source = nameSource(
    { ...knownAs(networks, mark.network), paid: medium !== 'affiliate' },
    medium,
  );
  return {
    ...source,
    ruleId: `click-id.${mark.parameter}`,
    confidence: 'CERTAIN',
    explanation: `${source.name}, because the landing URL carries the click id ${mark.parameter}, which ${mark.network} adds to links that it is paid for.`,
  };
}

function byMetaClick({ visit, utm, networks }: Evidence): Stage {
  const named = networks.bySourceValue(utm.source);
  if (named && !META_SITES.has(named.network.name)) {
    const reason = `fbclid tells only that the link was clicked on a site of Meta; utm_source says ${named.network.name}.`;
    return [{ ruleId: `click-id.${FBCLID}`, reason }];
  }
  const sent = visit.referrer && networks.byPlace(visit.referrer);
  const site =
    named ?? (sent && META_SITES.has(sent.network.name) ? sent : knownAs(networks, 'Facebook'));
  const told = mediumOf(utm.medium);
  const isPaid = site.paid || (told !== null && PAID_MEDIUMS.has(told));
  const source = nameSource({ ...site, paid: isPaid }, told);
  const proof = isPaid
    ? `${utm.medium ? 'utm_medium' : 'utm_source'} says that it was paid for`
    : 'nothing says that it was paid for, and posts carry that id as well as ads';
  return {
    ...source,
    ruleId: `click-id.${FBCLID}`,
    confidence: isPaid ? 'HIGH' : 'MEDIUM',
    explanation: `${source.name}, because the landing URL carries fbclid, which Meta adds to every link; ${proof}.`,
  };
}

/** By what mail programs and search engines add to links that nobody pays for. */
export function byLinkMark({ visit, networks }: Evidence): Stage {
  const mark = LINK_MARKS.find(({ parameter }) => visit.landing?.parameters.get(parameter));
  if (!mark) {
    const reason = 'The landing URL has no parameter that a mail program or search engine adds.';
    return [{ ruleId: 'link-mark', reason }];
  }
  const source = nameSource(knownAs(networks, mark.network), mark.medium);
  return {
    ...source,
    ruleId: `link-mark.${mark.parameter}`,
    confidence: 'HIGH',
    explanation: `${source.name}, because the landing URL carries ${mark.parameter}, which ${mark.network} adds to its links.`,
  };
}

function knownAs(networks: NetworkIndex, name: string): Known {
  const known = networks.byName(name);
  if (!known) throw new Error(`The tables name ${name}, which stands in no room.`);
  return known;
}
