// Word error rate of a transcript against what was said: (substitutions + deletions + insertions) / words said.
// Spelling that carries no error is levelled: case, punctuation, hyphens, contractions, numbers in words or figures, and
// whether a word is written in two ("good-bye", "half past").

const NUMBERS: Record<string, string> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, number) => [word, String(number)]),
);
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const HYPHENED_NUMBER = new RegExp(`\\b(${TENS.join('|')})-(?=[a-z])`, 'g');

/** "one hundred and eighty" is 180, "six hundred" 600. */
function joinHundreds(words: string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const before = joined.at(-1) ?? '';
    if (word !== 'hundred' || !/^\d$/.test(before)) {
      joined.push(word);
      continue;
    }
    if (words[i + 1] === 'and' && /^\d$/.test(words[i + 2] ?? '')) i++;
    const tens = /^\d$/.test(words[i + 1] ?? '') ? (words[++i] ?? '0') : '0';
    const ones = tens !== '0' && /^\d$/.test(words[i + 1] ?? '') ? (words[++i] ?? '0') : '0';
    joined.push(tens, ones);
  }
  return joined;
}

function level(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/\$(\d+)(?:\.00)?/g, '$1 dollars')
    .replace(/’/g, "'")
    .replace(/\bcan't\b/g, 'can not')
    .replace(/\bcannot\b/g, 'can not')
    .replace(/n't\b/g, ' not')
    .replace(/'m\b/g, ' am')
    .replace(/'re\b/g, ' are')
    .replace(/'ll\b/g, ' will')
    .replace(/'ve\b/g, ' have')
    .replace(/\b(it|that|what|he|she|there|here)'s\b/g, '$1 is')
    .replace(/\bok\b/g, 'okay')
    .replace(/(\d)[-:,](?=\d)/g, '$1 ')
    // a name that is spelled: "q-u-i" is three letters
    .replace(/\b([a-z])-(?=[a-z]\b)/g, '$1 ')
    .replace(HYPHENED_NUMBER, '$1 ')
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
  return joinHundreds(levelled);
}

/** How many words were wrong, missing or too many, of how many that were said. */
export function countWordErrors(said: string, heard: string): { errors: number; words: number } {
  const truth = level(said);
  const words = level(heard);
  // the fewest errors between the first i words said and the first j heard
  const errors = Array.from(
    { length: truth.length + 1 },
    () => new Array<number>(words.length + 1),
  );
  const at = (i: number, j: number) => errors[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (const [i, row] of errors.entries()) {
    for (let j = 0; j <= words.length; j++) {
      const [spoken, before] = [truth[i - 1] ?? '', truth[i - 2]];
      const [word, wordBefore] = [words[j - 1] ?? '', words[j - 2]];
      row[j] = Math.min(
        i + j === 0 ? 0 : Number.POSITIVE_INFINITY,
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (spoken === word ? 0 : 1),
        before && before + spoken === word ? at(i - 2, j - 1) : Number.POSITIVE_INFINITY,
        wordBefore && wordBefore + word === spoken ? at(i - 1, j - 2) : Number.POSITIVE_INFINITY,
      );
    }
  }
  return { errors: at(truth.length, words.length), words: truth.length };
}

/** The word error rate (0 = perfect) of `heard` against `said`. */
export function measureWordErrors(said: string, heard: string): number {
  const { errors, words } = countWordErrors(said, heard);
  return errors / words;
}
