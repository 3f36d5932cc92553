// The pieces of a keyword expression: words, "quoted phrases", AND OR NOT NEAR/n, parentheses, speaker: and within:.
import type { Keyword } from './match-keywords.ts';

/** How far two places may lie from each other: so many other words between them, or so many ms between their begins. */
export type Apart = { words: number } | { ms: number };

/** A part of the talk, in ms: from its begin on, or the last of it. */
export type Window = { fromMs: number; toMs: number } | { lastMs: number };

/** A piece of an expression; `at` counts its characters from 0. */
export type Token = { at: number } & (
  | { kind: 'OPEN' | 'CLOSE' | 'AND' | 'OR' | 'NOT' | 'END' }
  | { kind: 'WORD' | 'PHRASE'; text: string }
  | { kind: 'NEAR'; apart: Apart }
  | { kind: 'SPEAKER'; speaker: Keyword['speaker'] }
  | { kind: 'WITHIN'; window: Window }
);

/** What is wrong with an expression, where, and what to do. */
export class ExpressionFault extends Error {
  /** @param at the character, from 0; the message counts from 1 */
  constructor(at: number, message: string) {
    super(`At character ${at + 1}: ${message}`);
    this.name = 'ExpressionFault';
  }
}

const MAX_WORDS_APART = 100;
const MAX_SECONDS_APART = 600;
const MAX_WINDOW_SECONDS = 24 * 60 * 60;

const PIECE = /\s+|[()]|["“”]([^"“”]*)(["“”]?)|[^\s()"“”]+/gu;
const QUALIFIER = /^([a-z]+):(.*)$/is;
const DURATION = /^(\d{1,6})(s|m)$/;

/**
 * Cuts an expression; the last token is END.
 * @throws ExpressionFault
 */
export function readExpressionTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: piece, 1: quoted, 2: closing, index: at } of text.matchAll(PIECE)) {
    if (piece.trim() === '') continue;
    if (quoted === undefined) tokens.push(readPiece(piece, at));
    else if (closing) tokens.push({ kind: 'PHRASE', text: quoted, at });
    else
      throw new ExpressionFault(
        at,
        'this quotation mark is never closed. Add " behind the phrase.',
      );
  }
  return [...tokens, { kind: 'END', at: text.length }];
}

/** near/9 · | || && · -refund !refund +refund · refund, cancel */
const FOREIGN = /^near\/\S*$|^(?:\|+|&&|[-–!+]+)$|^[-–!+]+(?=[\p{L}\p{N}])|(?<!\d),|,(?!\d)|\|/iu;

/**
 * Refuses what other languages join words by, where somebody writes an expression: it would be read as a mark between words.
 * @throws ExpressionFault
 */
export function refuseForeignSigns(text: string): void {
  for (const { 0: piece, 1: quoted, index } of text.matchAll(PIECE)) {
    const found = quoted === undefined && !piece.startsWith('NEAR/') && FOREIGN.exec(piece);
    if (!found) continue;
    throw new ExpressionFault(
      index + found.index,
      `"${found[0]}" joins nothing here: write AND, OR, NOT or NEAR/9 in capitals, as in refund AND NOT cancel, or quotation marks around a phrase.`,
    );
  }
}

function readPiece(piece: string, at: number): Token {
  if (piece === '(' || piece === ')') return { kind: piece === '(' ? 'OPEN' : 'CLOSE', at };
  if (piece === 'AND' || piece === 'OR' || piece === 'NOT') return { kind: piece, at };
  if (piece === 'NEAR' || piece.startsWith('NEAR/'))
    return { kind: 'NEAR', apart: readApart(piece, at), at };
  if (/^(and|or|not|near)$/i.test(piece)) {
    const upper = piece.toUpperCase();
    throw new ExpressionFault(
      at,
      `write ${upper} in capitals to join, or put the phrase in quotation marks to look for the word.`,
    );
  }
  const [, name, value = ''] = QUALIFIER.exec(piece) ?? [];
  if (name === undefined) return { kind: 'WORD', text: piece, at };
  if (name === 'speaker') return { kind: 'SPEAKER', speaker: readSpeaker(value, at), at };
  if (name === 'within') return { kind: 'WITHIN', window: readWindow(value, at), at };
  throw new ExpressionFault(
    at,
    `there is no ${name}: here, only speaker: and within:. Put words with a colon in quotation marks.`,
  );
}

function readApart(piece: string, at: number): Apart {
  const [, figures, unit] = /^NEAR\/(\d{1,4})(s?)$/.exec(piece) ?? [];
  const most = unit ? MAX_SECONDS_APART : MAX_WORDS_APART;
  const count = Number(figures);
  if (figures === undefined || count < 1 || count > most) {
    throw new ExpressionFault(
      at,
      `say how near: NEAR/5 has at most 5 words between (1 to ${MAX_WORDS_APART}), NEAR/10s begins within 10 seconds (1 to ${MAX_SECONDS_APART}).`,
    );
  }
  return unit ? { ms: count * 1_000 } : { words: count };
}

function readSpeaker(value: string, at: number): Keyword['speaker'] {
  if (value === 'caller' || value === 'agent' || value === 'any') {
    return value.toUpperCase() as Keyword['speaker'];
  }
  throw new ExpressionFault(at, 'speaker: takes agent, caller or any, as in speaker:agent.');
}

function readWindow(value: string, at: number): Window {
  const [from = '', to = '', ...more] = value.split('-');
  const [fromMs, toMs] = [from === 'first' ? 0 : readMs(from), readMs(to)];
  if (toMs !== null && toMs > 0 && more.length === 0) {
    if (from === 'last') return { lastMs: toMs };
    if (fromMs !== null && fromMs < toMs) return { fromMs, toMs };
  }
  throw new ExpressionFault(
    at,
    'within: takes first-30s, last-30s or 30s-2m: seconds or minutes, up to a day, the earlier first.',
  );
}

function readMs(duration: string): number | null {
  const [, figures, unit] = DURATION.exec(duration) ?? [];
  const seconds = Number(figures) * (unit === 'm' ? 60 : 1);
  return seconds <= MAX_WINDOW_SECONDS ? seconds * 1_000 : null;
}
