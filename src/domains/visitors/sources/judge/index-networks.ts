// The rooms as an index: which network a host, an app, or the words of utm_source mean.
import { NEGATIONS, PAID_WORDS } from '../tables/medium-words.ts';
import type { Network, Room } from '../tables/network.ts';
import { ROOMS } from '../tables/tables.ts';
import { wordsOf } from './read-text.ts';
import { domainOfText, type Place, placeOfHost } from './read-visit.ts';

/** A network with its room, and whether what it was known by belongs to its ads alone. */
export interface Known {
  readonly network: Network;
  readonly room: Room;
  readonly paid: boolean;
  /** what it was known by: google.*, adwords */
  readonly by: string;
}

export interface NetworkIndex {
  byName(name: string): Known | null;
  /** by a source's name as it is listed: Google, Google Ads, Google Organic; capitals do not matter */
  byListedName(name: string): Known | null;
  byPlace(place: Place): Known | null;
  /** by a value of utm_source; `whole` = the value is the network's name, not only a part of it */
  bySourceValue(value: string): (Known & { whole: boolean }) | null;
}

/** Builds the index. Throws when something stands for two networks: then the order of the tables would decide. */
export function indexNetworks(rooms: readonly Room[]): NetworkIndex {
  const names = new Map<string, Known>();
  const listed = new Map<string, Known>();
  const hosts = new Map<string, Known>();
  const apps = new Map<string, Known>();
  const whole = new Map<string, Known>();
  const words = new Map<string, Known>();
  for (const room of rooms) {
    for (const network of room.networks) {
      const fill = (map: Map<string, Known>, keys: readonly string[] = [], paid = false) => {
        for (const by of keys) {
          if (map.has(by))
            throw new Error(`${by} stands for two networks, one is ${network.name}.`);
          map.set(by, { network, room, paid, by });
        }
      };
      fill(names, [network.name]);
      fill(listed, listedNamesOf(network));
      fill(hosts, network.hosts);
      fill(hosts, network.adHosts, true);
      fill(apps, network.apps);
      fill(whole, network.words);
      fill(whole, network.aliases);
      fill(whole, network.adAliases, true);
      fill(words, network.words);
    }
  }
  const byPlace = (place: Place): Known | null =>
    place.isApp ? (apps.get(place.host) ?? null) : findHost(hosts, place);
  return {
    byName: (name) => names.get(name) ?? null,
    byListedName: (name) => listed.get(name.trim().toLowerCase()) ?? null,
    byPlace,
    bySourceValue: (value) => {
      const host = domainOfText(value) && placeOfHost(value);
      const site = host && byPlace(host);
      if (site) return { ...site, whole: true };
      const text = wordsOf(value);
      const exact = whole.get(text);
      if (exact) return { ...exact, whole: true };
      const part = findWords(words, text);
      if (!part) return null;
      const paid = text.split(' ').some((word) => PAID_WORDS.has(word));
      return { ...part, paid, whole: paid && isNameAndAds(text, part.by) };
    },
  };
}

/** The tables of this version, ready to ask. */
export const NETWORKS = indexNetworks(ROOMS);

/** In small letters. */
function listedNamesOf({ name, paidName }: Network): string[] {
  const names = [name, `${name} Ads`, `${name} Organic`, ...(paidName ? [paidName] : [])];
  return [...new Set(names.map((one) => one.toLowerCase()))];
}

/** The most telling key: the longest host, with its first folder before without. */
function findHost(hosts: ReadonlyMap<string, Known>, { host, brand, domain, folder }: Place) {
  // `maps.google.co.uk` is also asked for as `maps.google.*`
  const anyCountry =
    brand && host.endsWith(domain) ? host.slice(0, host.length - domain.length) + brand : null;
  const labels = host.split('.');
  const lands = anyCountry?.split('.') ?? [];
  for (let at = 0; at < labels.length - 1; at += 1) {
    for (const parts of [labels, lands]) {
      const key = parts.slice(at).join('.');
      const found = hosts.get(`${key}/${folder}`) ?? hosts.get(key);
      if (found) return found;
    }
  }
  return null;
}

/** The network that is named by words of the text: by the most words, and by one network only. */
function findWords(words: ReadonlyMap<string, Known>, text: string): Known | null {
  const tokens = text.split(' ', MAX_WORDS);
  for (let length = LONGEST_NAME; length >= 1; length -= 1) {
    const found = new Map<string, Known>();
    for (let at = 0; at + length <= tokens.length; at += 1) {
      const known = words.get(tokens.slice(at, at + length).join(' '));
      if (known && !NEGATIONS.has(tokens[at - 1] ?? '')) found.set(known.network.name, known);
    }
    if (found.size > 0) return found.size === 1 ? ([...found.values()][0] ?? null) : null;
  }
  return null;
}

const MAX_WORDS = 40;
/** a place for mom */
const LONGEST_NAME = 4;

function isNameAndAds(text: string, name: string): boolean {
  return text
    .replace(name, ' ')
    .split(' ')
    .every((word) => word === '' || PAID_WORDS.has(word));
}
