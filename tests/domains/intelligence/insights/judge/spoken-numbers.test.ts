// Numbers as they are said on the telephone, and what is told of them (spoken-numbers.txt: said | claimed | kept or dropped).
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';

const PAIRS = readFileSync(new URL('spoken-numbers.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split(' | '));

it.each(PAIRS)('%s Told: %s It is %s', (said = '', text = '', is) => {
  const judge = openJudge({
    segments: [{ n: 0, text: said, speaker: 'AGENT' }],
    business: 'Harbor Plumbing',
  });
  const kept = judge.keep({ text, n: 0, quote: said, score: null }, 'SUMMARY');
  expect(kept === null ? 'dropped' : 'kept').toBe(is);
});
