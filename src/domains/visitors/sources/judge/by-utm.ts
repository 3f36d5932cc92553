// Stage 2: the company's own marks on its links. utm_source is read as a whole, then by its words, never by any part of a
// word; a name that no table knows is taken as it stands.
import { NAMES_OF_MEDIUMS } from '../tables/medium-words.ts';
import { PASSAGES } from '../tables/tables.ts';
import type { Evidence } from './by-click-id.ts';
import { mediumOf, nameSource } from './name-source.ts';
import { cutText } from './read-text.ts';
import { domainOfText } from './read-visit.ts';
import type { Finding, Stage } from './source-verdict.ts';

/** By utm_source, or by utm_medium alone when that says what kind of link it was. */
export function byUtm({ visit, utm, networks }: Evidence): Stage {
  const told = mediumOf(utm.medium);
  if (!utm.source) return byMediumAlone({ visit, utm, networks }, told);
  const listing = listingOf({ visit, utm, networks });
  if (listing) return listing;
  const known = networks.bySourceValue(utm.source);
  if (known) {
    // a medium that no table knows is the company's own word
    const source = nameSource(known, told ?? (cutText(utm.medium.toLowerCase()) || null));
    const part = known.whole ? '' : ` by its word "${known.by}"`;
    return {
      ...source,
      ruleId: known.whole ? 'utm.source' : 'utm.source-word',
      confidence: known.whole ? 'HIGH' : 'MEDIUM',
      explanation: `${source.name}, because utm_source is "${utm.source}", which names ${known.network.name}${part}; ${mediumPart(utm.medium, source.medium)}`,
    };
  }
  const name = domainOfText(utm.source) ?? cutText(utm.source.toLowerCase());
  const medium = told ?? cutText(utm.medium.toLowerCase());
  return {
    network: name,
    name,
    medium,
    ruleId: 'utm.source-as-given',
    confidence: 'MEDIUM',
    explanation: `${name}, because utm_source says so; no table knows that name, so it stands as it was given. ${medium ? `utm_medium makes its medium ${medium}.` : 'There is no utm_medium, so it has no medium.'}`,
  };
}

function mediumPart(utmMedium: string, medium: string): string {
  return utmMedium
    ? `utm_medium is "${utmMedium}", so its medium is ${medium}.`
    : `there is no utm_medium, so its medium is ${medium}.`;
}

const LISTING = 'Google Business Profile';
const LISTING_WORD = /(?:^|[^a-z0-9])(?:gmb|gbp)(?:[^a-z0-9]|$)/i;

/** Google's guide has links in a business profile say utm_source=google, and what they are in another value. */
function listingOf({ utm, networks }: Evidence): Finding | null {
  const listing = networks.byName(LISTING);
  if (!listing || networks.bySourceValue(utm.source)?.network.name !== 'Google') return null;
  const medium = mediumOf(utm.medium);
  const isFree = medium === 'organic' || medium === 'referral' || !utm.medium;
  const telling =
    medium === 'local'
      ? 'medium'
      : (['campaign', 'content'] as const).find((part) => isFree && LISTING_WORD.test(utm[part]));
  if (!telling) return null;
  return {
    ...nameSource(listing, null),
    ruleId: 'utm.listing',
    confidence: 'HIGH',
    explanation: `${LISTING}, because utm_source is "${utm.source}" and utm_${telling} is "${utm[telling]}", as links in such a profile are marked.`,
  };
}

function byMediumAlone({ visit, utm, networks }: Evidence, told: string | null): Stage {
  if (!utm.medium) return [{ ruleId: 'utm', reason: 'The landing URL has no utm_source.' }];
  if (!told || !(told in NAMES_OF_MEDIUMS)) {
    const reason = `The landing URL has no utm_source, and utm_medium "${utm.medium}" alone names nobody.`;
    return [{ ruleId: 'utm', reason }];
  }
  const from = visit.referrer && networks.byPlace(visit.referrer);
  const sent = from && !PASSAGES.has(from.room.id) ? from : null;
  const isListing =
    told === 'local' && (LISTING_WORD.test(utm.medium) || sent?.network.name === 'Google');
  const known = (isListing && networks.byName(LISTING)) || sent;
  const source = known
    ? nameSource(known, told)
    : { network: named(told), name: named(told), medium: told };
  return {
    ...source,
    ruleId: 'utm.medium',
    confidence: 'MEDIUM',
    explanation: `${source.name}, because utm_medium is "${utm.medium}", and ${sent ? `the visitor came from ${sent.network.name}` : 'nothing says more'}: there is no utm_source.`,
  };
}

const named = (medium: string) => NAMES_OF_MEDIUMS[medium] ?? medium;
