// What of a robots.txt concerns us; and files that are made to hold a reader up.
import { expect, it } from 'vitest';
import { robotsForUs } from '#domains/installation/robots-for-us.ts';

const read = (text: string) => robotsForUs(text, 'Switchboard-Scanner');

it('keeps the groups for us and for everybody, and leaves out the others', () => {
  const text = [
    'Disallow: /before-any-group',
    'User-Agent: Other',
    'Disallow: /theirs',
    'User-agent: Other # and',
    'user-agent: SWITCHBOARD-scanner/1.0',
    'Disallow: /ours # not this',
    'Allow: /ours/open',
    'Sitemap: https://garage.example/map.xml',
    '',
    'User-agent: *',
    'Crawl-delay: 2',
  ].join('\r\n');
  expect(read(text)?.split('\n')).toEqual([
    'user-agent: switchboard-scanner',
    'disallow: /ours',
    'allow: /ours/open',
    'user-agent: *',
    'crawl-delay: 2',
  ]);
});

it('keeps of thousands of agents with thousands of rules those that concern us, each once', () => {
  const agents = Array.from({ length: 3_000 }, (_, n) => `User-agent: agent${n}`);
  const rules = Array.from({ length: 3_000 }, (_, n) => `Disallow: /${n}`);
  expect(read([...agents, ...rules].join('\n'))).toBe('');
  expect(read(['User-agent: *', ...agents, ...rules].join('\n'))?.split('\n')).toHaveLength(3_001);
});

it.each([
  ['stars', `User-agent: *\n${`Disallow: /${'*a'.repeat(900)}$\n`.repeat(270)}`],
  ['characters in a rule', `User-agent: *\nDisallow: /${'a'.repeat(3_000)}`],
])('gives up on one with too many %s', (_what, text) => {
  expect(read(text)).toBeNull();
});
