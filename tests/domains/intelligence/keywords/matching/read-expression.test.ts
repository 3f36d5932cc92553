// What an expression says, and what is wrong with one that says nothing: where, and what to do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ExpressionFault,
  refuseForeignSigns,
} from '#domains/intelligence/keywords/matching/expression-tokens.ts';
import {
  type Expression,
  readExpression,
} from '#domains/intelligence/keywords/matching/read-expression.ts';

/** An expression as one line, every group in brackets. */
function show(one: Expression): string {
  if (one.kind === 'NOT') return `[NOT ${show(one.of)}]`;
  if (one.kind === 'NEAR') {
    const others = one.to.map(
      ({ apart, isNegated, other }) =>
        `${isNegated ? 'NOT ' : ''}NEAR ${'ms' in apart ? `${apart.ms}ms` : apart.words} ${show(other)}`,
    );
    return `[${[show(one.of), ...others].join(' ')}]`;
  }
  if (one.kind !== 'TERM') return `[${one.of.map(show).join(` ${one.kind} `)}]`;
  const { term, windows } = one;
  const within = windows.map((window) =>
    'lastMs' in window ? ` last ${window.lastMs}` : ` ${window.fromMs}-${window.toMs}`,
  );
  const speaker = term.speaker === 'ANY' ? '' : ` ${term.speaker}`;
  return `${term.match}(${term.text})${speaker}${within.join('')}`;
}

describe('an expression', () => {
  it.each([
    ['leak', 'STEM(leak)'],
    ['  broken   spring ', 'STEM(broken spring)'],
    ['"call me back"', 'EXACT(call me back)'],
    ['“call me back”', 'EXACT(call me back)'],
    ['plumb*', 'PREFIX(plumb*)'],
    ['"water heat*"', 'PREFIX(water heat*)'],
    ['10:00', 'STEM(10:00)'],
    ['"AND"', 'EXACT(AND)'],
    ["don't call", "STEM(don't call)"],
    ['a OR b AND c', '[STEM(a) OR [STEM(b) AND STEM(c)]]'],
    ['(a OR b) AND c', '[[STEM(a) OR STEM(b)] AND STEM(c)]'],
    ['a AND b AND c', '[STEM(a) AND STEM(b) AND STEM(c)]'],
    ['a AND NOT b', '[STEM(a) AND [NOT STEM(b)]]'],
    ['NOT NOT a', '[NOT [NOT STEM(a)]]'],
    ['NOT a NEAR/5 b', '[NOT [STEM(a) NEAR 5 STEM(b)]]'],
    ['a NEAR/10s b', '[STEM(a) NEAR 10000ms STEM(b)]'],
    ['a NOT NEAR/5 b', '[STEM(a) NOT NEAR 5 STEM(b)]'],
    ['a NEAR/1 b NEAR/2 c', '[STEM(a) NEAR 1 STEM(b) NEAR 2 STEM(c)]'],
    ['a NEAR/5 (b OR "c d")', '[STEM(a) NEAR 5 [STEM(b) OR EXACT(c d)]]'],
    ['a speaker:agent', 'STEM(a) AGENT'],
    ['a within:first-30s', 'STEM(a) 0-30000'],
    ['a within:last-2m speaker:caller', 'STEM(a) CALLER last 120000'],
    ['a within:30s-2m', 'STEM(a) 30000-120000'],
    ['(a AND b speaker:caller) speaker:agent', '[STEM(a) AGENT AND STEM(b) CALLER]'],
    ['(a OR NOT b) within:first-5s', '[STEM(a) 0-5000 OR [NOT STEM(b) 0-5000]]'],
    ['(a within:first-9s) within:5s-20s', 'STEM(a) 0-9000 5000-20000'],
    [
      'NOT "recorded line" speaker:agent within:first-30s',
      '[NOT EXACT(recorded line) AGENT 0-30000]',
    ],
  ])('%s', (text, shown) => {
    expect(show(readExpression(text))).toBe(shown);
  });

  it('gives its speaker to terms that name none', () => {
    expect(show(readExpression('a AND b speaker:any AND c speaker:agent', 'CALLER'))).toBe(
      '[STEM(a) CALLER AND STEM(b) AND STEM(c) AGENT]',
    );
  });

  const terms = (count: number) => Array.from({ length: count }, () => 'a').join(' OR ');
  it.each([
    ['', 1, /is missing/],
    ['a AND', 6, /is missing/],
    ['AND a', 1, /is missing/],
    ['NOT', 4, /is missing/],
    ['a NEAR/5', 9, /is missing/],
    ['(a OR b', 8, /closing \) is missing/],
    ['(a b "c")', 6, /AND, OR or NEAR\/5 before/],
    ['a) OR b', 2, /never opened/],
    ['a "b"', 3, /AND, OR or NEAR\/5 before/],
    ['a speaker:agent b', 17, /AND, OR or NEAR\/5 before/],
    ['a NOT b', 3, /AND, OR or NEAR\/5 before/],
    ['leak and drip', 6, /AND in capitals/],
    ['leak "drip', 6, /never closed/],
    ['a NEAR b', 3, /NEAR\/5 has at most 5/],
    ['a NEAR/0 b', 3, /1 to 100/],
    ['a NEAR/101 b', 3, /1 to 100/],
    ['a NEAR/601s b', 3, /1 to 600/],
    ['a NEAR/5 (b AND c)', 10, /joined by OR/],
    ['(a AND NOT b) NEAR/5 c', 1, /joined by OR/],
    ['speeker:agent', 1, /only speaker: and within:/],
    ['speaker:agent refund', 1, /speaker: stands behind its term: refund speaker:agent\./],
    ['leak AND speaker:agent', 10, /speaker: stands behind/],
    ['within:first-30s refund', 1, /within: stands behind its term: refund within:first-30s\./],
    ['a speaker:bob', 3, /agent, caller or any/],
    ['a speaker:agent speaker:agent', 17, /already/],
    ['a within:soon', 3, /first-30s/],
    ['a within:9s-3s', 3, /the earlier first/],
    ['a within:first-0s', 3, /first-30s/],
    ['a within:first-25h', 3, /first-30s/],
    ['a OR pl*mb', 6, /at the end/],
    ['p*', 1, /2 letters/],
    ['"?!"', 1, /letter or digit/],
    ['a b c d e f g h i', 1, /8 words/],
    [terms(26), 126, /at most 25 terms/],
    [`${'('.repeat(11)}a`, 11, /at most 10 deep/],
    [`${'NOT '.repeat(11)}a`, 41, /at most 10 deep/],
  ])('%s is refused at character %i', (text, at, message) => {
    const refused = () => readExpression(text);
    expect(refused).toThrow(message);
    expect(refused).toThrow(`At character ${at}:`);
  });

  it.each([
    ['refund near/9 cancel', 8],
    ['refund | cancel', 8],
    ['refund || cancel', 8],
    ['refund|cancel', 7],
    ['refund && cancel', 8],
    ['refund, cancel', 7],
    ['-refund', 1],
    ['!refund', 1],
    ['cancel -refund', 8],
    ['cancel - refund', 8],
  ])('%s joins nothing, which is told at character %i', (text, at) => {
    const refused = () => refuseForeignSigns(text);
    expect(refused).toThrow(/write AND, OR, NOT or NEAR\/9 in capitals/);
    expect(refused).toThrow(`At character ${at}:`);
    // what is kept from before is still looked for
    expect(() => readExpression(text)).not.toThrow();
  });

  it.each([
    'follow-up AND 24/7',
    '1,200 OR "refund, cancel"',
    'parts & labor',
    'a NEAR/9 b',
    "don't",
  ])('%s is no such', (text) => {
    expect(() => refuseForeignSigns(text)).not.toThrow();
  });

  it('at its limits is read', () => {
    expect(() => readExpression(terms(25))).not.toThrow();
    expect(() => readExpression(`${'('.repeat(10)}a${')'.repeat(10)}`)).not.toThrow();
  });
});

const piece = fc.constantFrom(
  ...'a b* "a b" AND OR NOT NEAR/5 NEAR/3s ( ) speaker:agent within:first-9s " * : and constructor __proto__'.split(
    ' ',
  ),
);
it('any text is read or refused, in no time', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200, unit: 'grapheme' }),
    fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(' ')),
    fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        show(readExpression(given.slice(0, 500)));
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionFault);
        expect((error as Error).message).toMatch(/^At character \d+: \S.*\.$/s);
      }
    }),
    { seed: 20_261_126, numRuns: 2_000 },
  );
});
