// A sentence that repeats itself is read to its end, however long: what costs by the square of the length, or worse,
// takes longer here than a test has. Nothing else is asked of the time.
import { expect, it } from 'vitest';
import { extractSignals } from '#platform/ai/extract-signals.ts';
import { extractTasks } from '#platform/ai/extract-tasks.ts';
import { cutSentences } from '#platform/ai/sentences.ts';

const SHORT = 20;
/** enough that what costs 20 ms for a thousand repetitions, and by their square, would take longer than MOST_MS */
const LONG = 60_000;
const MOST_MS = 60_000;
const SPEAKERS = ['CALLER', 'AGENT'] as const;

const repeat = (words: string, times: number, speaker: (typeof SPEAKERS)[number]) =>
  cutSentences([{ n: 0, speaker, startMs: 0, text: `${words.repeat(times)}!` }]);
const kindsOf = (read: { findings: { signal?: string; owner?: string }[] } | null) =>
  new Set(read?.findings.map(({ signal, owner }) => signal ?? owner));

/** The long sentence says what the short one does, whoever says it. */
function expectReadAlike(read: typeof extractSignals | typeof extractTasks, words: string): void {
  for (const speaker of SPEAKERS) {
    const [short, long] = [SHORT, LONG].map((times) =>
      kindsOf(read(repeat(words, times, speaker))),
    );
    expect(long).toEqual(short);
  }
}

it.each([
  'I have a ',
  'my visit ',
  'and I really can not be able to ',
  'someone is coming ',
  'can you cancel my own ',
  'drop the ',
  'pay the old ',
  'we left my old ',
  'taken you off and ',
  'so see you at seven or ',
  'checking on my ',
  'we have got already got ',
  'okay um yeah the ',
  'in the morning two thanks ',
  'three two fifty ',
  'I have a haircut with ',
  'not gonna be coming to his ',
  'they came in about a thousand ',
  'we ended up getting it from ',
  'I bought it last week and we need a ',
  'I would like to get ',
  'an appointment with another ',
  'I can do Monday until two ',
  'that would be awesome yes ',
  'twenty one thousand minutes from ',
  'you will not need us, we can not beat it ',
])(
  'a sentence that repeats "%s" is read for signals',
  (words) => expectReadAlike(extractSignals, words),
  MOST_MS,
);

it.each([
  'I’ll call and ',
  'Mr. Ruiz will ',
  'okay by Friday ',
  'let me ask ',
  'you’ll get the ',
  'and we ',
])(
  'a sentence that repeats "%s" is read for tasks',
  (words) => expectReadAlike(extractTasks, words),
  MOST_MS,
);
