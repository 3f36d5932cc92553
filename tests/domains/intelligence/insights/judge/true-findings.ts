// What an honest reader finds in each call of eval/calls, in words of his own (true-findings.txt: kind | turn | quote | text).
import { readFileSync } from 'node:fs';
import type { Finding, WrittenInsight } from '#platform/ai/index.ts';

interface TrueFinding {
  kind: WrittenInsight['kind'];
  finding: Finding;
}

function readFindings(): Map<string, TrueFinding[]> {
  const found = new Map<string, TrueFinding[]>();
  let ofCall: TrueFinding[] = [];
  const lines = readFileSync(new URL('true-findings.txt', import.meta.url), 'utf8').trim();
  for (const line of lines.split('\n')) {
    if (line.startsWith('# ')) {
      ofCall = [];
      found.set(line.slice(2), ofCall);
      continue;
    }
    const [kind = '', n, quote = '', text = ''] = line.split(' | ');
    const finding = { text, n: Number(n), quote, score: null };
    ofCall.push({ kind: kind as TrueFinding['kind'], finding });
  }
  return found;
}

/** By the names of the calls. */
export const TRUE_FINDINGS: ReadonlyMap<string, readonly TrueFinding[]> = readFindings();
