// Holds what the product made of a labelled call against its labels.
import { countWordErrors } from '#tests/platform/speech/word-errors.ts';
import { CHANNELS, draw, type Heard, spot } from './hear.ts';
import type { CallTruth } from './truth.ts';

/** Right ones, wrong ones that were found, and right ones that were not. */
export interface Found {
  right: number;
  wrong: number;
  missing: number;
}

/** Why keywords are missing: recognition wrote other words, or the right ones at another time, or in the other's mouth. */
export interface Missing {
  misheard: number;
  misplaced: number;
  otherSpeaker: number;
}

/** What came of one call. */
export interface CallScore {
  name: string;
  line: string;
  errors: number;
  words: number;
  keywords: Found;
  missing: Missing;
  /** items of insights, and those whose quote stands in what was said */
  items: number;
  shown: number;
  signals: Found;
  /** numbers that must not be kept, those of which nothing is left in the text, and those muted whole */
  secrets: number;
  hidden: number;
  muted: number;
  audioSeconds: number;
  tookSeconds: number;
  notes: string[];
}

const KEYWORD_WITHIN_MS = 500;
/** further off, it is another place where the word is said */
const MISPLACED_WITHIN_MS = 2_000;
const MUTED_WITHIN_MS = 150;
const NUMBER =
  /\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b/gi;

/** The words of number that stand in the segments of a channel at this time. */
export function numbersLeft(
  { segments }: Pick<Heard, 'segments'>,
  channel: number,
  { startMs, endMs }: { startMs: number; endMs: number },
): string[] {
  return segments
    .filter((one) => one.channel === channel && one.startMs < endMs && one.endMs > startMs)
    .flatMap(({ text }) => text.match(NUMBER) ?? []);
}

/** Whether a stretch of sound was silenced from its begin to its end. */
export function isMuted(
  { muted }: Pick<Heard, 'muted'>,
  { startMs, endMs }: { startMs: number; endMs: number },
): boolean {
  return muted.some(
    (one) => one.startMs <= startMs + MUTED_WITHIN_MS && one.endMs >= endMs - MUTED_WITHIN_MS,
  );
}

function wordErrorsOf(truth: CallTruth, heard: Heard) {
  return CHANNELS.map((speaker, channel) =>
    countWordErrors(
      truth.turns
        .filter((turn) => turn.speaker === speaker)
        .map(({ text }) => text)
        .join(' '),
      heard.raw
        .filter((segment) => segment.channel === channel)
        .map(({ text }) => text)
        .join(' '),
    ),
  );
}

function keywordsOf(truth: CallTruth, heard: Heard, notes: string[]) {
  const wanted = truth.turns.flatMap(({ speaker, keywords }) =>
    keywords.map((one) => ({ ...one, speaker })),
  );
  const found = spot(heard, [...new Set(wanted.map(({ keyword }) => keyword))]);
  const open = [...found];
  const lost: typeof wanted = [];
  let right = 0;
  for (const { keyword, speaker, startMs } of wanted) {
    const at = open.findIndex(
      (one) =>
        one.keyword === keyword &&
        one.speaker === speaker &&
        Math.abs(one.startMs - startMs) <= KEYWORD_WITHIN_MS,
    );
    if (at >= 0) {
      open.splice(at, 1);
      right += 1;
    } else lost.push({ keyword, speaker, startMs });
  }
  const missing: Missing = { misheard: 0, misplaced: 0, otherSpeaker: 0 };
  for (const { keyword, speaker, startMs } of lost) {
    const near = open.filter(
      (one) => one.keyword === keyword && Math.abs(one.startMs - startMs) <= MISPLACED_WITHIN_MS,
    );
    const isHis = near.some((one) => one.speaker === speaker);
    const why = isHis ? 'misplaced' : near.length > 0 ? 'otherSpeaker' : 'misheard';
    missing[why] += 1;
    notes.push(`keyword "${keyword}" of ${speaker} at ${startMs} ms not found: ${why}`);
  }
  for (const one of open)
    notes.push(`keyword "${one.keyword}" of ${one.speaker} at ${one.startMs} ms is none`);
  return { found: { right, wrong: open.length, missing: lost.length }, missing };
}

/** Measures one call. */
export async function measureCall(truth: CallTruth, heard: Heard): Promise<CallScore> {
  const notes: string[] = [];
  const counts = wordErrorsOf(truth, heard);
  const keywords = keywordsOf(truth, heard, notes);
  const items = await draw(heard, truth.business);
  const told = new Set(items.flatMap(({ signal }) => (signal ? [signal] : [])));
  const right = truth.signals.filter((signal) => told.has(signal)).length;
  for (const one of truth.signals) if (!told.has(one)) notes.push(`signal ${one} not found`);
  for (const one of told) if (!truth.signals.includes(one)) notes.push(`signal ${one} is none`);
  const said = heard.segments.map(({ text }) => text);
  const secrets = truth.turns.flatMap(({ speaker, startMs, endMs, secrets: all }) =>
    all.map((one) => ({ channel: CHANNELS.indexOf(speaker), turn: { startMs, endMs }, one })),
  );
  const hidden = secrets.filter(({ channel, turn }) => {
    const left = numbersLeft(heard, channel, turn);
    if (left.length > 0) notes.push(`left of a secret: ${left.join(' ')}`);
    return left.length === 0;
  });
  return {
    ...{ name: truth.name, line: truth.line, notes },
    ...{ keywords: keywords.found, missing: keywords.missing },
    errors: counts.reduce((sum, { errors }) => sum + errors, 0),
    words: counts.reduce((sum, { words }) => sum + words, 0),
    items: items.length,
    shown: items.filter(({ quote }) => quote !== '' && said.some((text) => text.includes(quote)))
      .length,
    signals: { right, wrong: told.size - right, missing: truth.signals.length - right },
    ...{ secrets: secrets.length, hidden: hidden.length },
    muted: secrets.filter(({ one }) => isMuted(heard, one)).length,
    ...{ audioSeconds: heard.audioSeconds, tookSeconds: heard.tookSeconds },
  };
}
