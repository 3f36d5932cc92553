// Word error rate of a transcript against what was said: (substitutions + deletions + insertions) / words said.
// Spelling that carries no error is levelled first: case, punctuation, hyphens, and numbers in words or figures.

const NUMBERS: Record<string, string> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, number) => [word, String(number)]),
);
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function level(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/\$(\d+)/g, '$1 dollars')
    .replace(/(\d)[-:,](?=\d)/g, '$1 ')
    .replaceAll('-', '')
    .replace(/[^a-z0-9' ]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  const levelled: string[] = [];
  for (const [i, word] of words.entries()) {
    const tens = TENS.indexOf(word);
    const isBeforeUnit = /^[1-9]$/.test(NUMBERS[words[i + 1] ?? ''] ?? '');
    if (tens >= 0) {
      levelled.push(String(tens + 2), ...(isBeforeUnit ? [] : ['0']));
    } else {
      const figures = NUMBERS[word] ?? (/^\d+$/.test(word) ? word : undefined);
      levelled.push(...(figures ? figures.split('') : [word]));
    }
  }
  return levelled;
}

/** The word error rate (0 = perfect) of `heard` against `said`. */
export function measureWordErrors(said: string, heard: string): number {
  const truth = level(said);
  const words = level(heard);
  let row = Array.from({ length: words.length + 1 }, (_, i) => i);
  for (const [i, expected] of truth.entries()) {
    const next = [i + 1];
    for (const [j, word] of words.entries()) {
      const substitution = (row[j] ?? 0) + (word === expected ? 0 : 1);
      next.push(Math.min(substitution, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) / truth.length;
}
