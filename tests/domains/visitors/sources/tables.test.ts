// The tables are in order: nothing stands in them twice, so that their own order decides nothing; a change has a version.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { indexNetworks, NETWORKS } from '#domains/visitors/sources/judge/index-networks.ts';
import { judgeSource } from '#domains/visitors/sources/judge/judge-source.ts';
import { wordsOf } from '#domains/visitors/sources/judge/read-text.ts';
import * as clickIds from '#domains/visitors/sources/tables/click-ids.ts';
import * as mediumWords from '#domains/visitors/sources/tables/medium-words.ts';
import { ROOMS, RULES_VERSION } from '#domains/visitors/sources/tables/tables.ts';

const networks = ROOMS.flatMap((room) => room.networks);

/** Whoever changes a table writes the new version and what this test then tells. */
const KNOWN = { version: '2026.11.2', sha256: 'c4d320d8760d24b8' };

describe('the tables', () => {
  it('have a new version when they are changed', () => {
    const plain = (_name: string, value: unknown) => (value instanceof Set ? [...value] : value);
    const text = JSON.stringify([ROOMS, { ...clickIds }, { ...mediumWords }], plain);
    const sha256 = createHash('sha256').update(text).digest('hex').slice(0, 16);
    expect({ version: RULES_VERSION, sha256 }).toEqual(KNOWN);
  });

  it('are as big as people expect of them', () => {
    const sizes = Object.fromEntries(ROOMS.map(({ id, networks: all }) => [id, all.length]));
    expect(sizes.search).toBeGreaterThan(50);
    expect(sizes.social).toBeGreaterThan(60);
    expect(sizes.ai).toBeGreaterThan(20);
    expect(sizes.directory).toBeGreaterThan(70);
    expect(clickIds.CLICK_IDS.length).toBeGreaterThan(25);
  });

  it('are written as values are compared: words in small letters, hosts bare', () => {
    const words = networks.flatMap((one) => [
      ...[one.words, one.aliases, one.adAliases].flatMap((list) => list ?? []),
    ]);
    expect(words.filter((word) => wordsOf(word) !== word)).toEqual([]);
    const hosts = networks.flatMap((one) => [...(one.hosts ?? []), ...(one.adHosts ?? [])]);
    const bare = /^(?:[a-z0-9-]+\.)+(?:[a-z][a-z0-9-]*|\*)(?:\/[a-z0-9-]+)?$/;
    expect(hosts.filter((host) => !bare.test(host) || host.startsWith('www.'))).toEqual([]);
    const marks = [...clickIds.CLICK_IDS, ...clickIds.LINK_MARKS];
    expect(marks.filter(({ parameter }) => parameter !== parameter.toLowerCase())).toEqual([]);
    expect(new Set(marks.map(({ parameter }) => parameter)).size).toBe(marks.length);
  });

  it('know every network that a parameter or another table names', () => {
    const named = [...clickIds.CLICK_IDS, ...clickIds.LINK_MARKS].map(({ network }) => network);
    const unknown = [...named, ...clickIds.META_SITES, 'Google Business Profile'].filter(
      (name) => NETWORKS.byName(name) === null,
    );
    expect(unknown).toEqual([]);
  });

  it('name no word of utm_medium twice', () => {
    const words = Object.values(mediumWords.MEDIUM_WORDS).flat();
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    expect(words.filter((word) => wordsOf(word) !== word)).toEqual([]);
  });

  it('say the same in any order', () => {
    const turned = indexNetworks(
      ROOMS.toReversed().map((room) => ({ ...room, networks: room.networks.toReversed() })),
    );
    const visits = networks.flatMap(({ hosts = [], words = [], aliases = [] }) => [
      ...hosts.map((host) => ({
        url: 'https://bluebird.example/',
        referrer: `https://${host.replace('*', 'de')}`,
      })),
      ...[...words, ...aliases].map((word) => ({
        url: `https://bluebird.example/?utm_source=${encodeURIComponent(word)}`,
        referrer: '',
      })),
    ]);
    expect(visits.length).toBeGreaterThan(600);
    for (const visit of visits) {
      const given = { ...visit, rules: [], ownHosts: [] };
      expect(judgeSource(given, turned)).toEqual(judgeSource(given));
    }
  });

  it('that name something twice are refused', () => {
    const [room] = ROOMS;
    if (!room) throw new Error('There is no room.');
    const twice = {
      ...room,
      networks: [
        { name: 'A', words: ['a'] },
        { name: 'B', aliases: ['a'] },
      ],
    };
    expect(() => indexNetworks([twice])).toThrow('a stands for two networks, one is B.');
  });

  it('find every network by its own host, word and app', () => {
    const lost = ROOMS.flatMap(({ networks: all }) => all).flatMap(
      ({ name, hosts = [], words = [] }) => [
        ...hosts
          .map((host) => `https://${host.replace('*', 'com')}/`)
          .filter((url) => {
            const { network, kept } = judgeSource({
              url: 'https://bluebird.example/',
              referrer: url,
              rules: [],
              ownHosts: [],
            });
            return !kept && network !== name;
          }),
        ...words.filter((word) => NETWORKS.bySourceValue(word)?.network.name !== name),
      ],
    );
    expect(lost).toEqual([]);
  });
});
