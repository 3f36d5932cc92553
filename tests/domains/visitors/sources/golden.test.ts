// The golden table: every visit of golden.md is judged as that file says, which a marketer can read and correct.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeSource } from '#domains/visitors/sources/judge/judge-source.ts';

const PAGE = 'https://www.bluebird.example';
const KEPT = ['referrer.same-site', 'referrer.payment', 'referrer.sign-in'];

interface Row {
  section: string;
  landing: string;
  referrer: string;
  /** network, source, medium, campaign, rule */
  verdict: string[];
}

/** The rows of every table of the page, each with the heading above it. */
function readGolden(): Row[] {
  let section = '';
  return readFileSync(new URL('golden.md', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('## ')) section = line.slice(3);
      if (!line.startsWith('| ') || line.startsWith('| landing')) return [];
      const [landing = '', referrer = '', ...verdict] = line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => (cell === '-' ? '' : cell));
      return [{ section, landing, referrer, verdict }];
    });
}

const isWhole = (url: string) => /^(?:[a-z-]+:|\/\/|www\.)/.test(url);
const rows = readGolden();

const judged = ({ landing, referrer }: Row) =>
  judgeSource({
    url: isWhole(landing) ? landing : PAGE + landing,
    referrer:
      !referrer || /^[a-z-]+:/.test(referrer.replace(/^[^/]+:\d+$/, ''))
        ? referrer
        : `https://${referrer}/`,
    rules: [],
    ownHosts: [],
  });

describe('the golden table', () => {
  it('has at least 220 visits, each once', () => {
    const visits = rows.map(({ landing, referrer }) => `${landing} ${referrer}`);
    expect(new Set(visits).size).toBe(visits.length);
    expect(rows.length).toBeGreaterThanOrEqual(220);
    expect(rows.filter(({ verdict }) => verdict.length !== 5)).toEqual([]);
  });

  it.each(rows)('$section: $landing from $referrer', (row) => {
    const { network, name, medium, campaign, ruleId, kept, explanation } = judged(row);
    expect([network, name, medium, campaign, ruleId]).toEqual(row.verdict);
    expect(kept).toBe(KEPT.includes(ruleId));
    expect(explanation).toMatch(/^\S.*\.$/);
  });

  it('shows every kind of rule that the tables have', () => {
    const kinds = new Set(rows.map(({ verdict }) => verdict[4]?.split('.').slice(0, 2).join('.')));
    expect([...kinds].filter((kind) => kind?.startsWith('referrer.')).sort()).toEqual([
      'referrer.ai',
      'referrer.directory',
      'referrer.local',
      'referrer.mail',
      'referrer.other',
      'referrer.payment',
      'referrer.same-site',
      'referrer.search',
      'referrer.sign-in',
      'referrer.sms',
      'referrer.social',
    ]);
  });
});
