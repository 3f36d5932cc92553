// The provider without a key: what it draws from a call, that it says so when there is nothing to draw, and that nothing it
// says was not said.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExtractive, InsightError, type Turn } from '#platform/ai/index.ts';

const extractive = createExtractive();
const talk = (...lines: string[]): Turn[] =>
  lines.map((line, n) => ({
    n,
    speaker: line.startsWith('C:') ? 'CALLER' : line.startsWith('A:') ? 'AGENT' : 'UNKNOWN',
    startMs: n * 4_000,
    text: line.slice(3),
  }));
const write = (turns: Turn[], language = 'en') =>
  extractive.write({ turns, language, business: 'Harbor', rubric: [] });
const failureOf = (turns: Turn[], language?: string) =>
  write(turns, language).then(
    () => null,
    (error: unknown) => (error instanceof InsightError ? error.reason : error),
  );

const PLUMBER = talk(
  'A: Thank you for calling Harbor Plumbing. How can I help you today?',
  'C: Hi there, I found you through an ad. I have a leak under my kitchen sink and the water heater makes a strange noise.',
  'A: I am sorry to hear that. How long has the leak been going on?',
  'C: It started last night. There is water on the floor and I am worried about the cabinet.',
  'A: Okay. We can send a technician tomorrow morning. Would 9:30 work for you?',
  'C: Yes, 9:30 is perfect. I would like to book an appointment. Can you give me a quote first?',
  'A: The service call is $89, and that goes toward the repair. May I have your card?',
  'C: It is [CARD_NUMBER].',
  'A: You are all set for tomorrow at [DIGITS]. We will text you when the technician is on the way.',
  'C: Great, thank you so much, you have been very helpful.',
);

describe('a summary', () => {
  it('tells why they called, the price, what came of it and what comes next, in the order of speech', async () => {
    const [summary] = await write(PLUMBER);
    expect(summary?.kind).toBe('SUMMARY');
    expect(summary?.findings.map(({ text, n, quote }) => [text, n, quote])).toEqual([
      [
        'Why they called',
        1,
        'I have a leak under my kitchen sink and the water heater makes a strange noise.',
      ],
      ['Price', 6, 'The service call is $89, and that goes toward the repair.'],
      ['Sale', 6, 'May I have your card?'],
      ['Appointment', 8, 'You are all set for tomorrow at [DIGITS].'],
      ['What comes next', 8, 'We will text you when the technician is on the way.'],
    ]);
    expect(summary?.text).toBe(
      'Caller: “I have a leak under my kitchen sink and the water heater makes a strange noise.” Agent: “The service call is $89, and that goes toward the repair.” Agent: “May I have your card?” Agent: “You are all set for tomorrow at [DIGITS].” Agent: “We will text you when the technician is on the way.”',
    );
  });

  it('is filled up with what the talk was most about where no rule fits', async () => {
    const [summary] = await write(
      talk(
        'U: Some people paint a roof blue in this town.',
        'U: The roof tiles were red before and the roof was old.',
        'U: Nobody remembers who laid the old tiles on it.',
        'U: Birds sat there in summer, and that was nice to watch.',
      ),
    );
    expect(summary?.findings.map(({ n }) => n)).toContain(1);
    expect(summary?.findings).toHaveLength(3);
  });
});

describe('moods', () => {
  it('are estimated for each speaker who said enough, the end counting double, and shown by a quote', async () => {
    const [, moods] = await write(PLUMBER);
    expect(moods?.kind).toBe('SENTIMENT');
    expect(moods?.text).toMatch(/^Estimate from word lists\. Caller: positive \(0\.\d+\), Agent: /);
    const [caller] = moods?.findings ?? [];
    expect(caller).toMatchObject({ text: 'Caller: positive', n: 9 });
  });

  it('tell an angry caller from a pleased one', async () => {
    const about = (mood: string) => [
      ...PLUMBER.slice(0, 3),
      ...talk(`C: ${mood}`, `C: ${mood}`).map((turn) => ({
        ...turn,
        n: turn.n + 20,
        startMs: 99_000,
      })),
    ];
    const score = async (mood: string) =>
      (await write(about(mood)))[1]?.findings.find(({ text }) => text.startsWith('Caller'))?.score;
    expect(await score('This is the worst service ever, I am angry and I hate it.')).toBeLessThan(
      -0.3,
    );
    expect(await score('You are wonderful, this is the best help I ever had.')).toBeGreaterThan(
      0.3,
    );
  });
});

describe('too little to draw from', () => {
  it.each([
    ['nothing', [], 'TRANSCRIPT_EMPTY'],
    ['only labels', talk('C: [CARD_NUMBER]', 'A: [unclear]'), 'TRANSCRIPT_EMPTY'],
    [
      'a greeting',
      talk('A: Hello, how can I help you?', 'C: Wrong number.'),
      'TRANSCRIPT_TOO_SHORT',
    ],
    ['one long sentence', talk(`C: ${'well '.repeat(60)}`), 'TRANSCRIPT_TOO_SHORT'],
    ['nods', talk(...Array.from({ length: 40 }, () => 'A: Okay, sure.')), 'TRANSCRIPT_TOO_SHORT'],
  ])('%s has a named outcome', async (_what, turns, reason) => {
    expect(await failureOf(turns)).toBe(reason);
  });

  it('is another language than English', async () => {
    expect(await failureOf(PLUMBER, 'es')).toBe('LANGUAGE_UNSUPPORTED');
    expect(await failureOf(PLUMBER, 'en-GB')).toBeNull();
  });
});

it('any talk: every quote stands in its turn, every sentence of the summary is one, and the same talk gives the same', async () => {
  const word = fc.constantFrom(
    ...'leak sink need tomorrow 9:30 $89 we will see you book appointment not happy great terrible the a [DIGITS] [unclear] don’t okay'.split(
      ' ',
    ),
  );
  const mark = fc.constantFrom('', '', '', '.', '?', '!', ',', '...');
  const text = fc
    .array(fc.tuple(word, mark), { minLength: 3, maxLength: 20 })
    .map((words) => words.map(([one, sign]) => one + sign).join(' '));
  const turn = fc.record({ speaker: fc.constantFrom('CALLER', 'AGENT', 'UNKNOWN'), text });
  let drawn = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 4, maxLength: 15 }), async (said) => {
      const turns = said.map((one, n) => ({ ...one, n, startMs: n * 3_000 })) as Turn[];
      const written = await write(turns).catch((error: unknown) => {
        if (!(error instanceof InsightError)) throw error;
        return [];
      });
      for (const { kind, text: whole, findings } of written) {
        drawn += 1;
        expect(findings.length).toBeGreaterThan(0);
        for (const { n, quote, score } of findings) {
          expect(turns[n]?.text).toContain(quote);
          expect(quote.trim()).not.toBe('');
          if (kind === 'SUMMARY') expect(whole).toContain(`“${quote}”`);
          if (kind === 'SENTIMENT') expect(Math.abs(score ?? 9)).toBeLessThanOrEqual(1);
        }
        if (kind === 'SUMMARY') {
          const left = findings.reduce(
            (rest, { quote }) => rest.replace(`“${quote}”`, ''),
            whole ?? '',
          );
          expect(left.replace(/Caller:|Agent:|Somebody:|\s/g, '')).toBe('');
          expect(findings.map(({ n }) => n)).toEqual(
            findings.map(({ n }) => n).toSorted((a, b) => a - b),
          );
          expect(findings.length).toBeLessThanOrEqual(5);
        }
      }
      expect(await write(turns).catch(() => [])).toEqual(written);
    }),
    { seed: 20_261_125, numRuns: 200 },
  );
  expect(drawn).toBeGreaterThan(100);
});
