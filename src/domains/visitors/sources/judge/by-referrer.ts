// Stage 4: the page or app on which the link was clicked. Same site, payment and sign-in tell nothing: the session is kept.
import { PASSAGES } from '../tables/tables.ts';
import type { Evidence } from './by-click-id.ts';
import type { Known } from './index-networks.ts';
import { nameSource } from './name-source.ts';
import { readText } from './read-text.ts';
import { type Place, placeOfHost } from './read-visit.ts';
import type { Finding } from './source-verdict.ts';

const DIRECT = { network: 'Direct', name: 'Direct', medium: 'direct' } as const;

/**
 * By the referrer; direct when there is none. This stage always finds something.
 * @param ownDomains registrable domains of the company's pages
 */
export function byReferrer(
  { visit, networks }: Evidence,
  ownDomains: ReadonlySet<string>,
): Finding {
  const { referrer } = visit;
  if (!referrer) {
    return {
      ...DIRECT,
      ruleId: 'direct',
      confidence: 'LOW',
      explanation:
        'Direct, because the landing URL has no mark and there is no referrer that can be read: typed in, bookmarked, or hidden on the way.',
    };
  }
  const cached = originOf(referrer);
  const page = cached?.page ?? referrer;
  const isOwn = ownDomains.has(page.domain);
  if (isOwn && !cached?.bySearch) {
    return keep('referrer.same-site', `${page.domain}, a site of the company itself`);
  }
  const known = isOwn || !cached ? networks.byPlace(referrer) : networks.byPlace(page);
  if (isOwn) {
    const google = networks.byName('Google');
    if (google)
      return fromKnown(
        google,
        referrer,
        `${referrer.host}, where Google keeps copies of pages that it finds`,
      );
  }
  if (known && PASSAGES.has(known.room.id)) {
    return keep(
      `referrer.${known.room.id}`,
      `${page.host}, ${known.room.kind} (${known.network.name})`,
    );
  }
  if (known) return fromKnown(known, page, `${page.host}, ${known.room.kind}`);
  return {
    network: page.domain,
    name: page.domain,
    medium: 'referral',
    ruleId: 'referrer.other',
    confidence: 'MEDIUM',
    explanation: `A referral by ${page.domain}, because ${page.isApp ? 'the link was clicked in that app' : `the referrer is ${page.host}`}, which no table knows.`,
  };
}

function fromKnown(known: Known, { parameters }: Place, where: string): Finding {
  const source = nameSource(known, null);
  const { network, room } = known;
  return {
    ...source,
    term: readText((network.term && parameters.get(network.term)) || ''),
    ruleId: `referrer.${room.id}`,
    confidence: 'HIGH',
    explanation: `${source.name}, because the visitor came from ${where}${known.paid ? ', which only its ads use' : ', and nothing says that it was paid for'}.`,
  };
}

function keep(ruleId: string, whence: string): Finding {
  return {
    ...DIRECT,
    kept: true,
    ruleId,
    confidence: 'HIGH',
    explanation: `The visitor came back from ${whence}: the session goes on with the source that it has. Where there is none, it is Direct.`,
  };
}

/** Whose page it is that Google shows from a copy: by AMP, its cache, or translated; null for an ordinary referrer. */
function originOf({ host, folder, path, brand }: Place): { page: Place; bySearch: boolean } | null {
  const copy = /^(.+)\.(cdn\.ampproject\.org|translate\.goog)$/.exec(host);
  if (copy) {
    const page = placeOfHost(unfold(copy[1] ?? ''));
    return page && { page, bySearch: copy[2] === 'cdn.ampproject.org' };
  }
  if (brand !== 'google.*' || folder !== 'amp') return null;
  const page = placeOfHost(/^\/amp\/(?:s\/)?([^/]+)/.exec(path)?.[1] ?? '');
  return page && { page, bySearch: true };
}

/** example-com → example.com, my--site-com → my-site.com */
function unfold(label: string): string {
  return label
    .split('--')
    .map((part) => part.replaceAll('-', '.'))
    .join('-');
}
