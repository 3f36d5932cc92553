// The medium and the name of what a network sent.
import { MEDIUM_TOKENS, MEDIUM_WORDS, NEGATIONS, PAID_MEDIUMS } from '../tables/medium-words.ts';
import type { Known } from './index-networks.ts';
import { wordsOf } from './read-text.ts';

const WHOLE = new Map(
  Object.entries(MEDIUM_WORDS).flatMap(([medium, words]) => words.map((word) => [word, medium])),
);

/** The medium that utm_medium means; null when it is none that we know. */
export function mediumOf(utmMedium: string): string | null {
  const text = wordsOf(utmMedium);
  const whole = WHOLE.get(text);
  if (whole) return whole;
  const tokens = text.split(' ');
  if (tokens.some((token) => NEGATIONS.has(token))) return null;
  const has = (words: readonly string[]) => words.some((word) => tokens.includes(word));
  if (has(['social']) && has(['paid', 'ads', 'cpc', 'ppc'])) return 'paid_social';
  return MEDIUM_TOKENS.find(([, words]) => has(words))?.[0] ?? null;
}

/** The network, name and medium of a source; `medium` null = what is usual for the network. */
export function nameSource({ network, room, paid }: Known, medium: string | null) {
  const fitting = fitMedium(room, paid, medium);
  return { network: network.name, name: nameOf({ network, room }, fitting), medium: fitting };
}

function fitMedium(
  { medium: usual, paidMedium, id }: Known['room'],
  paid: boolean,
  medium: string | null,
): string {
  if (paid && paidMedium && (medium === null || !PAID_MEDIUMS.has(medium))) return paidMedium;
  if (medium === null) return usual;
  // a click that was paid for is called by where it was clicked
  if (medium === 'cpc') return paidMedium ?? usual;
  // an unpaid link on a social site is social, by whatever word for unpaid
  const isPlain = medium === 'organic' || medium === 'referral';
  if (isPlain && (id === 'social' || id === 'ai' || id === 'local')) return usual;
  return medium;
}

function nameOf({ network, room }: Pick<Known, 'network' | 'room'>, medium: string): string {
  if (PAID_MEDIUMS.has(medium)) return network.paidName ?? `${network.name} Ads`;
  return room.id === 'search' && medium === 'organic' ? `${network.name} Organic` : network.name;
}
