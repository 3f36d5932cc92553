// The aims of the evaluation, and whether they were met.
import type { CallScore, Found } from './measure-call.ts';
import type { ClipScore } from './measure-clip.ts';
import type { measureClasses } from './redaction/classes/measure-classes.ts';
import type { RedactionScore } from './redaction/measure.ts';

/** One line of the last table. */
export interface Aim {
  what: string;
  wanted: string;
  was: string;
  isMet: boolean;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const sum = <T>(all: readonly T[], of: (one: T) => number) =>
  all.reduce((total, one) => total + of(one), 0);

const add = (all: readonly Found[]): Found => ({
  right: sum(all, ({ right }) => right),
  wrong: sum(all, ({ wrong }) => wrong),
  missing: sum(all, ({ missing }) => missing),
});

const precisionOf = ({ right, wrong }: Found) => right / Math.max(1, right + wrong);
const recallOf = ({ right, missing }: Found) => right / Math.max(1, right + missing);
const f1Of = ({ right, wrong, missing }: Found) => (2 * right) / (2 * right + wrong + missing || 1);
const ratios = (found: Found) =>
  `${f1Of(found).toFixed(3)} (precision ${precisionOf(found).toFixed(3)}, recall ${recallOf(found).toFixed(3)}; ${found.right + found.missing} labels)`;

/** What is asked of a set of labelled calls. */
export function aimsOfCalls(set: string, scores: readonly CallScore[]): Aim[] {
  const errors = sum(scores, (one) => one.errors);
  const words = sum(scores, (one) => one.words);
  const keywords = add(scores.map((one) => one.keywords));
  const signals = add(scores.map((one) => one.signals));
  const items = sum(scores, (one) => one.items);
  const shown = sum(scores, (one) => one.shown);
  const secrets = sum(scores, (one) => one.secrets);
  const hidden = sum(scores, (one) => one.hidden);
  const muted = sum(scores, (one) => one.muted);
  const took = sum(scores, (one) => one.tookSeconds);
  const audio = sum(scores, (one) => one.audioSeconds);
  return [
    {
      what: `${set} set: word errors of ${scores.length} calls`,
      wanted: 'at most 8 %',
      was: `${percent(errors / words)} (${errors} of ${words} words)`,
      isMet: errors / words <= 0.08,
    },
    {
      what: `${set} set: keywords, right speaker, within 0.5 s: F1`,
      wanted: 'at least 0.98',
      was: ratios(keywords),
      isMet: f1Of(keywords) >= 0.98,
    },
    {
      what: `${set} set: why keywords are missing`,
      wanted: 'told',
      was: `${sum(scores, ({ missing }) => missing.misheard)} misheard, ${sum(scores, ({ missing }) => missing.misplaced)} more than 0.5 s off, ${sum(scores, ({ missing }) => missing.otherSpeaker)} of the other speaker`,
      isMet: true,
    },
    {
      what: `${set} set: insight items whose quote was said`,
      wanted: '100 %',
      was: `${percent(shown / items)} (${items} items)`,
      isMet: shown === items,
    },
    {
      what: `${set} set: signals, extractive: F1`,
      wanted: 'at least 0.85',
      was: ratios(signals),
      isMet: f1Of(signals) >= 0.85,
    },
    {
      what: `${set} set: secret numbers hidden in the text`,
      wanted: 'at least 99 %',
      was: `${percent(hidden / secrets)} (${hidden} of ${secrets})`,
      isMet: hidden / secrets >= 0.99,
    },
    {
      what: `${set} set: secret numbers muted whole`,
      wanted: 'at least 99 %',
      was: `${percent(muted / secrets)} (${muted} of ${secrets})`,
      isMet: muted / secrets >= 0.99,
    },
    {
      what: `${set} set: time of the engine per second of audio`,
      wanted: 'below 1 s',
      was: `${(took / audio).toFixed(3)} s (${audio.toFixed(0)} s of audio)`,
      isMet: took < audio,
    },
  ];
}

/** What is asked of one half of the written set. */
export function aimsOfWritten(half: string, { recall, precision }: RedactionScore): Aim[] {
  return [
    {
      what: `cards and social security numbers hidden, ${half} half`,
      wanted: 'at least 99 %',
      was: percent(recall),
      isMet: recall >= 0.99,
    },
    {
      what: `share of secrets in what was hidden, ${half} half`,
      wanted: 'at least 95 %',
      was: percent(precision),
      isMet: precision >= 0.95,
    },
  ];
}

/** What came out of the classes beside SECURE; nothing is promised of them. */
export function aimsOfClasses(classes: ReturnType<typeof measureClasses>): Aim[] {
  return classes.map(({ name, half, score: { recall, precision, kept } }) => ({
    what: `class ${name}, ${half} half`,
    wanted: 'told',
    was: `recall ${percent(recall)}, precision ${percent(precision)}; of near misses ${percent(kept)} stayed`,
    isMet: true,
  }));
}

/** What is asked of the spoken set. */
export function aimsOfClips(scores: readonly ClipScore[]): Aim[] {
  const strict = scores.filter(({ kind }) => kind === 'card' || kind === 'ssn');
  const secrets = scores.filter(({ kind }) => kind !== 'no secret');
  const others = scores.filter(({ kind }) => kind === 'no secret');
  const right = (all: readonly ClipScore[]) => all.filter(({ isRight }) => isRight).length;
  const muted = strict.filter(({ isMuted }) => isMuted).length;
  const precision = right(secrets) / (right(secrets) + others.length - right(others));
  return [
    {
      what: 'spoken: cards and social security numbers hidden',
      wanted: 'at least 99 %',
      was: `${percent(right(strict) / strict.length)} (${right(strict)} of ${strict.length})`,
      isMet: right(strict) / strict.length >= 0.99,
    },
    {
      what: 'spoken: the same muted whole in the sound',
      wanted: 'at least 99 %',
      was: `${percent(muted / strict.length)} (${muted} of ${strict.length})`,
      isMet: muted / strict.length >= 0.99,
    },
    {
      what: 'spoken: share of secrets in what was hidden',
      wanted: 'at least 95 %',
      was: `${percent(precision)} (${right(others)} of ${others.length} others stayed whole)`,
      isMet: precision >= 0.95,
    },
  ];
}
