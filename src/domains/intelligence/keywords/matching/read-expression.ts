// Reads keyword expressions. From the strongest to the weakest:
//   term       leak · broken spring · plumb* · "call me back", with speaker:agent and within:first-30s behind it
//   near       term NEAR/5 term · term NOT NEAR/10s term
//   negation   NOT near
//   all, any   negation AND negation · all OR all; parentheses group, and take speaker: and within: too
import {
  type Apart,
  ExpressionFault,
  readExpressionTokens,
  type Token,
  type Window,
} from './expression-tokens.ts';
import { hasWords, isPrefixLongEnough, type Keyword } from './match-keywords.ts';
import { splitWords } from './match-words.ts';

/** What is looked for, as a tree. */
export type Expression = Term | Near | Joined | { kind: 'NOT'; of: Expression };
interface Term {
  kind: 'TERM';
  term: Keyword;
  /** all of them have to hold */
  windows: readonly Window[];
}
interface Near {
  kind: 'NEAR';
  of: Expression;
  /** each is measured from `of` */
  to: readonly { apart: Apart; isNegated: boolean; other: Expression }[];
}
interface Joined {
  kind: 'AND' | 'OR';
  of: readonly Expression[];
}

const MAX_TERMS = 25;
const MAX_DEPTH = 10;
/** Of one term, as of a keyword that is no expression. */
export const MAX_TERM_WORDS = 8;

/** A term whose speaker nothing has told yet has null. */
type Draft =
  | {
      kind: 'TERM';
      term: Omit<Keyword, 'speaker'>;
      speaker: Keyword['speaker'] | null;
      windows: Window[];
    }
  | { kind: 'NEAR'; of: Draft; to: { apart: Apart; isNegated: boolean; other: Draft }[] }
  | { kind: 'AND' | 'OR'; of: Draft[] }
  | { kind: 'NOT'; of: Draft };

/**
 * Reads an expression.
 * @param speaker of terms that name none
 * @throws ExpressionFault: the character to blame, and what to do
 */
export function readExpression(text: string, speaker: Keyword['speaker'] = 'ANY'): Expression {
  const tokens = readExpressionTokens(text);
  let place = 0;
  let terms = 0;
  const look = (ahead = 0) => tokens[place + ahead] ?? { kind: 'END' as const, at: text.length };
  const take = () => {
    const token = look();
    place += 1;
    return token;
  };
  const takes = (kind: Token['kind']) => look().kind === kind && Boolean(take());

  function readJoined(kind: 'AND' | 'OR', depth: number): Draft {
    const part = () => (kind === 'OR' ? readJoined('AND', depth) : readNegation(depth));
    const of = [part()];
    while (takes(kind)) of.push(part());
    return of.length === 1 && of[0] ? of[0] : { kind, of };
  }

  function readNegation(depth: number): Draft {
    const { at } = look();
    if (!takes('NOT')) return readNear(depth);
    return { kind: 'NOT', of: readNegation(deeper(depth, at)) };
  }

  function readNear(depth: number): Draft {
    const startsAt = look().at;
    const of = readPrimary(depth);
    const to: { apart: Apart; isNegated: boolean; other: Draft }[] = [];
    for (;;) {
      const isNegated = look().kind === 'NOT' && look(1).kind === 'NEAR';
      const near = look(isNegated ? 1 : 0);
      if (near.kind !== 'NEAR') break;
      place += isNegated ? 2 : 1;
      const { at } = look();
      const other = readPrimary(depth);
      refuseUnplaced(other, at);
      to.push({ apart: near.apart, isNegated, other });
    }
    if (to.length === 0) return of;
    refuseUnplaced(of, startsAt);
    return { kind: 'NEAR', of, to };
  }

  function readPrimary(depth: number): Draft {
    const token = take();
    if (token.kind === 'OPEN') {
      const group = readJoined('OR', deeper(depth, token.at));
      const { at } = look();
      if (!takes('CLOSE')) throw new ExpressionFault(at, nextOr('a closing ) is missing here', at));
      return readQualifiers(group);
    }
    if (token.kind === 'PHRASE') return readQualifiers(readTerm(token.text, token, true));
    if (token.kind === 'SPEAKER') {
      throw new ExpressionFault(token.at, 'speaker: stands behind its term: refund speaker:agent.');
    }
    if (token.kind === 'WITHIN') {
      throw new ExpressionFault(
        token.at,
        'within: stands behind its term: refund within:first-30s.',
      );
    }
    if (token.kind !== 'WORD') {
      throw new ExpressionFault(token.at, 'a word, a "phrase" or ( is missing here.');
    }
    const words = [token.text];
    for (let next = look(); next.kind === 'WORD'; next = look()) {
      words.push(next.text);
      take();
    }
    return readQualifiers(readTerm(words.join(' '), token, false));
  }

  function readTerm(written: string, { at }: Token, isQuoted: boolean): Draft {
    terms += 1;
    if (terms > MAX_TERMS) {
      throw new ExpressionFault(
        at,
        `an expression takes at most ${MAX_TERMS} terms. Make a second keyword for more.`,
      );
    }
    const isPrefix = written.includes('*');
    const match = isPrefix ? 'PREFIX' : isQuoted ? 'EXACT' : 'STEM';
    const fault = faultOf(written, isPrefix);
    if (fault) throw new ExpressionFault(at, fault);
    return { kind: 'TERM', term: { text: written.trim(), match }, speaker: null, windows: [] };
  }

  function readQualifiers(one: Draft): Draft {
    let isSpoken = false;
    for (;;) {
      const token = look();
      if (token.kind === 'WITHIN') eachTerm(one, (term) => term.windows.push(token.window));
      else if (token.kind !== 'SPEAKER') return one;
      else if (isSpoken) {
        throw new ExpressionFault(token.at, 'a speaker is named already. Leave one speaker: here.');
      } else {
        isSpoken = true;
        // what stands nearer to a term counts
        eachTerm(one, (term) => {
          term.speaker ??= token.speaker;
        });
      }
      take();
    }
  }

  function nextOr(missing: string, at: number): string {
    return look().kind === 'END'
      ? `${missing}.`
      : `put AND, OR or NEAR/5 before "${text.slice(at, at + 20)}", or quotation marks around a phrase.`;
  }

  const whole = readJoined('OR', 0);
  const { at, kind } = look();
  if (kind === 'CLOSE') throw new ExpressionFault(at, 'this ) was never opened. Take it out.');
  if (kind !== 'END') throw new ExpressionFault(at, nextOr('', at));
  return settle(whole, speaker);
}

function deeper(depth: number, at: number): number {
  if (depth < MAX_DEPTH) return depth + 1;
  throw new ExpressionFault(at, `groups and NOT stand at most ${MAX_DEPTH} deep. Make it flatter.`);
}

function faultOf(written: string, isPrefix: boolean): string | null {
  if (!hasWords(written)) return 'a term takes at least one letter or digit.';
  if (splitWords(written).length > MAX_TERM_WORDS) {
    return `a term takes at most ${MAX_TERM_WORDS} words. Give its most telling ones.`;
  }
  if (!isPrefix) return null;
  if (!/^[^*]*\*\s*$/.test(written)) return 'an asterisk stands at the end of a term only: plumb*.';
  return isPrefixLongEnough(written) ? null : 'at least 2 letters stand before an asterisk.';
}

/** What stands beside NEAR has places in the talk. */
function refuseUnplaced(one: Draft, at: number): void {
  const isPlaced = (some: Draft): boolean =>
    some.kind === 'TERM' || some.kind === 'NEAR' || (some.kind === 'OR' && some.of.every(isPlaced));
  if (isPlaced(one)) return;
  throw new ExpressionFault(
    at,
    'NEAR takes terms on both sides, or a group of terms joined by OR.',
  );
}

function eachTerm(one: Draft, change: (term: Extract<Draft, { kind: 'TERM' }>) => void): void {
  if (one.kind === 'TERM') change(one);
  else if (one.kind === 'NOT') eachTerm(one.of, change);
  else if (one.kind === 'NEAR') {
    for (const each of [one.of, ...one.to.map(({ other }) => other)]) eachTerm(each, change);
  } else {
    for (const each of one.of) eachTerm(each, change);
  }
}

function settle(one: Draft, speaker: Keyword['speaker']): Expression {
  if (one.kind === 'TERM') {
    const { kind, term, windows } = one;
    return { kind, windows, term: { ...term, speaker: one.speaker ?? speaker } };
  }
  if (one.kind === 'NOT') return { kind: 'NOT', of: settle(one.of, speaker) };
  if (one.kind !== 'NEAR')
    return { kind: one.kind, of: one.of.map((each) => settle(each, speaker)) };
  const to = one.to.map(({ other, ...rest }) => ({ ...rest, other: settle(other, speaker) }));
  return { kind: 'NEAR', of: settle(one.of, speaker), to };
}

/** Whether it stands once it holds, whatever comes: nothing of it is about what is NOT said, or about the end of the talk. */
export function standsOnceItHolds(one: Expression): boolean {
  if (one.kind === 'TERM') return one.windows.every((window) => !('lastMs' in window));
  if (one.kind === 'NOT') return false;
  if (one.kind !== 'NEAR') return one.of.every(standsOnceItHolds);
  const isSure = one.to.every(({ isNegated, other }) => !isNegated && standsOnceItHolds(other));
  return isSure && standsOnceItHolds(one.of);
}

/** The terms of an expression, from its begin on. */
export function termsOf(one: Expression): Term[] {
  if (one.kind === 'TERM') return [one];
  if (one.kind === 'NEAR') return [one.of, ...one.to.map(({ other }) => other)].flatMap(termsOf);
  return one.kind === 'NOT' ? termsOf(one.of) : one.of.flatMap(termsOf);
}
