// To redact what was redacted changes nothing: an edit of one word must hide no other that could stay.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { DEVELOPMENT, FROZEN } from '#eval/redaction/grammar.ts';
import { type Variant, variantsOf } from '#eval/redaction/variants.ts';
import { seeded } from '#tests/support/seeded.ts';
import { REDACTION_CLASSES, type RedactionClass } from '#values/redaction-classes.ts';
import { talk } from './redact-support.ts';

const CLASSES: [string, RedactionClass[]][] = [
  ['always', []],
  ['for a company that wants more', ['PERSONAL', 'MEDICAL']],
  ['for one that wants all', [...REDACTION_CLASSES]],
];

/** One call after another, three seconds apart. */
function join(calls: readonly Variant[]) {
  let beginMs = 0;
  return calls.flatMap(({ segments }) => {
    const by = beginMs;
    beginMs += (segments.at(-1)?.endMs ?? 0) + 3_000;
    const move = <T extends { startMs: number; endMs: number }>(one: T): T => ({
      ...one,
      startMs: one.startMs + by,
      endMs: one.endMs + by,
    });
    return segments.map((one) => ({ ...move(one), words: one.words.map(move) }));
  });
}

describe.each(CLASSES)('%s', (_when, classes) => {
  it('the second time changes nothing', () => {
    const calls = variantsOf([...FROZEN, ...DEVELOPMENT], 6, seeded);
    const changed = calls.flatMap((call, n) => {
      const next = calls[(7 * n + 3) % calls.length];
      const once = redactTranscript(join(next ? [call, next] : [call]), classes).segments;
      const twice = redactTranscript(once, classes).segments;
      return once.flatMap(({ text }, at) =>
        twice[at]?.text === text ? [] : [`${text} → ${twice[at]?.text}`],
      );
    });
    expect(changed).toEqual([]);
  });
});

it('nor does it behind a list of prices that was hidden, as a card was spoken of', () => {
  const calls = variantsOf([...FROZEN, ...DEVELOPMENT], 6, seeded);
  const changed = calls.flatMap((call) => {
    const segments = join([call]);
    const from = Math.ceil((segments.at(-1)?.endMs ?? 0) / 1_000);
    const more = talk(
      `B ${from + 3}s: Which card is it?`,
      `A ${from + 36}s: The quotes were 4200, 3950, 4100 and 3800`,
      `A ${from + 70}s: My fone is 512 555 0173 and I live at 2217 Elm, it is 4471 at the gate.`,
    );
    const once = redactTranscript([...segments, ...more]).segments;
    const twice = redactTranscript(once).segments;
    return once.flatMap(({ text }, at) =>
      twice[at]?.text === text ? [] : [`${text} → ${twice[at]?.text}`],
    );
  });
  expect(changed).toEqual([]);
});

it('a phone number that was told after a card stays when another word is corrected', () => {
  const once = redactTranscript(
    talk(
      'A: My card is 4242 4242 4242 4242.',
      'B: Thankz.',
      'A: My phone number is 415 555 0148.',
      'B 90s: And your social?',
      'A: 123 45 6789. I live at 1200 Oak Street.',
    ),
  ).segments;
  const texts = once.map(({ text }) => text);
  expect(texts.slice(2)).toEqual([
    'My phone number is 415 555 0148.',
    'And your social?',
    '[SSN]. I live at 1200 Oak Street.',
  ]);
  const again = redactTranscript(
    once.map((one, n) => (n === 1 ? { ...one, text: 'Thanks.', words: [] } : one)),
  );
  expect(again.segments.map(({ text }) => text)).toEqual(texts.with(1, 'Thanks.'));
});

it.each([
  ['what begins like a label', '[visa]4111111111111111', '[CARD_NUMBER]'],
  ['what only stands in brackets', '[visa] 4111 1111 1111 1111', '[visa] [CARD_NUMBER]'],
  ['a number in them', 'card [4111111111111111]', 'card [CARD_NUMBER]'],
  [
    'what stands behind a label in its word',
    'my card [CARD_NUMBER]4242424242424242',
    'my card [CARD_NUMBER]',
  ],
])('%s is no label', (_what, said, left) => {
  expect(redactTranscript(talk(`A: ${said}`)).segments[0]?.text).toBe(left);
});

it('what goes on behind a label is hidden with it', () => {
  const { segments } = redactTranscript(
    talk('B: Your social?', 'A: [SSN] and 45 6789.', 'B: And the card?', 'A: [CARD_NUMBER] 4242'),
  );
  expect(segments.map(({ text }) => text)).toEqual([
    'Your social?',
    expect.stringMatching(/^\[SSN\] and \[\w+\]\.$/),
    'And the card?',
    expect.stringMatching(/^\[CARD_NUMBER\] \[\w+\]$/),
  ]);
});
