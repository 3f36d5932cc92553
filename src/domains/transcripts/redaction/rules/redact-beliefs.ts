// Religions and parties of people: "I'm Catholic", "we keep kosher", "a registered Democrat", and the answer to what somebody
// is. A hospital, a paper or a firm of such a name stays, and so does a guess that is conservative.
import type { Asked } from './redact-asked.ts';
import {
  ADHERENTS,
  FAITHS,
  LOOSE_PARTISANS,
  OBSERVANCES,
  PARTISANS,
} from './redact-belief-words.ts';
import { answerTo, PERSON, readSpeech, SAID_OF_PERSON, type Speech } from './redact-people.ts';
import type { TimedToken } from './redact-runs.ts';
import { soundOf } from './redact-smooth.ts';

/** Tokens `first` to `last` of one channel. */
interface BeliefSpan {
  kind: 'RELIGION' | 'POLITICS';
  first: number;
  last: number;
}

const HOW =
  '(?: (?:a|an|the|devout|strict|practicing|non-practicing|observant|lifelong|life-long|registered|proud|staunch|born-again|good|old|conservative|liberal|from a|raised|born|in a|of the|with the|politically|mostly|typical|big))*';
const IS = new RegExp(`(?:${SAID_OF_PERSON})${HOW}$`);
/** "I am a": a weak word behind it is what somebody is, and not how. */
const IS_A = / (?:a|an|lifelong|life-long|registered|proud|staunch|politically)$/;
const BECAME =
  /\b(?:raised|brought up|grew up|baptized|became|become|becoming|marr(?:y|ied)|identify as|consider (?:my|him|her|our|them)sel(?:f|ves)|as) ?(?:a|an)?$/;
const WORSHIPS =
  /\b(?:convert(?:ed|ing)? (?:to|from)|practi[cs](?:e|es|ed|ing)|follow(?:s|ed|ing)?|believ(?:e|es|ed|ing) in|stud(?:y|ies|ied)|(?:religion|faith) is|raised in|born into|left)(?: the)?$/;
const KEEPS =
  /\b(?:keep(?:s|ing)?|kept|observ(?:e|es|ed|ing)|eat(?:s|ing)?|ate|celebrat(?:e|es|ed|ing)|fast(?:s|ed|ing)? (?:for|on|during)|(?:he|she|i)(?:'s| is|'m| am))(?: (?:only|strictly|strict|fully|always|the))*$/;
const VOTES =
  /\b(?:vot(?:e|es|ed|ing|er)|lean(?:s|ing)?)(?: (?:always|mostly|usually|only|straight|for|the|a|an|as))*$/;
const LIFELONG =
  /\b(?:lifelong|life-long|registered|staunch|proud|diehard|die-hard|card-carrying)(?: (?:as|a|an|with|the))*$/;
const JOINS =
  /\b(?:member of|belongs? to|joined|join|support(?:s|ed|er of)?|donat(?:e|ed) to|volunteer(?:s|ed)? for|campaign(?:s|ed)? for|registered with|left|with)(?: the)?$/;
const PARTY = /^(?:party|ticket|candidates?|voters?|side)$/;
const OF_PEOPLE = new RegExp(`^(?:${PERSON}|faith|background|upbringing|home)$`);
const OWNED = /\b(?:my|his|her|our|their|a|an)$/;
const ANSWER_REACH_MS = 10_000;
const MOST_ANSWER_WORDS = 8;
const MOST_WORDS_BEFORE = 9;

type Vocabulary = ReadonlyMap<string, readonly (readonly string[])[]>;
const vocabulary = (phrases: readonly string[]): Vocabulary =>
  Map.groupBy(
    phrases.map((phrase) => phrase.split(' ').map(soundOf)),
    ([first]) => first ?? '',
  );
const adherents = vocabulary(ADHERENTS);
const faiths = vocabulary(FAITHS);
const observances = vocabulary(OBSERVANCES);
const partisans = vocabulary(PARTISANS);
const loose = vocabulary(LOOSE_PARTISANS);

/** How many words from here on are in a vocabulary. */
function knownFrom({ bare }: Speech, at: number, known: Vocabulary): number {
  const isOne = (place: number, sound: string) =>
    soundOf(bare(place)) === sound || soundOf(bare(place).replace(/s$/, '')) === sound;
  const keys = new Set([soundOf(bare(at)), soundOf(bare(at).replace(/s$/, ''))]);
  const fitting = [...keys]
    .flatMap((key) => known.get(key) ?? [])
    .filter((phrase) => phrase.every((sound, n) => isOne(at + n, sound)));
  return Math.max(0, ...fitting.map((phrase) => phrase.length));
}

/** "Catholic Charities", "the Democrat and Chronicle": what is written large behind it goes with it. */
const isOfName = ({ bare, ends, isLarge }: Speech, at: number) =>
  !ends(at - 1) && (isLarge(at) || (bare(at) === 'and' && isLarge(at + 1)));

function religionFrom(speech: Speech, at: number): number {
  const { bare, before, isOver } = speech;
  const said = before(at, MOST_WORDS_BEFORE);
  const faith = knownFrom(speech, at, faiths);
  if (faith > 0) return WORSHIPS.test(said) || IS.test(said) ? faith : 0;
  const kept = knownFrom(speech, at, observances);
  if (kept > 0)
    return KEEPS.test(said) && (isOver(at + kept) || bare(at + kept) === 'at') ? kept : 0;
  const adherent = knownFrom(speech, at, adherents);
  const end = at + adherent;
  if (adherent === 0) return 0;
  if (OF_PEOPLE.test(bare(end))) return IS.test(said) || OWNED.test(said) ? adherent : 0;
  if (isOfName(speech, end) && !/^(?:i|i'm|i'll|i've)$/.test(bare(end))) return 0;
  const isSaid = IS.test(said) || BECAME.test(said) || WORSHIPS.test(said);
  return isSaid && isOver(end) ? adherent : 0;
}

function partyFrom(speech: Speech, at: number): number {
  const { bare, before, isOver, isLarge } = speech;
  const said = before(at, MOST_WORDS_BEFORE);
  if (/\bvoted for$/.test(said) && isLarge(at)) return isLarge(at + 1) && !speech.ends(at) ? 2 : 1;
  const strong = knownFrom(speech, at, partisans);
  const count = Math.max(strong, knownFrom(speech, at, loose));
  if (count === 0) return 0;
  const hasParty = PARTY.test(bare(at + count));
  const end = at + count + (hasParty ? 1 : 0);
  if (!isOver(end) || (isOfName(speech, end) && !/^i\b/.test(bare(end)))) return 0;
  if (VOTES.test(said) || LIFELONG.test(said)) return count;
  if (JOINS.test(said)) return hasParty || (strong > 0 && /s$/.test(bare(at))) ? count : 0;
  if (!IS.test(said)) return 0;
  return strong > 0 || IS_A.test(said) || /s$/.test(bare(at)) ? count : 0;
}

/**
 * Finds them in one channel.
 * @param texts the words as they are written
 * @param asked where the other side asks for a religion or a party
 */
export function findBeliefs(
  tokens: readonly TimedToken[],
  texts: readonly string[],
  asked: readonly Asked[],
): BeliefSpan[] {
  const speech = readSpeech(tokens, texts);
  const { words } = speech;
  const span = (kind: BeliefSpan['kind'], at: number, count: number): BeliefSpan[] =>
    count > 0
      ? [{ kind, first: words[at]?.first ?? 0, last: words[at + count - 1]?.last ?? 0 }]
      : [];
  const told = words.flatMap((_, at) => [
    ...span('RELIGION', at, religionFrom(speech, at)),
    ...span('POLITICS', at, partyFrom(speech, at)),
  ]);
  const answered = asked.flatMap(({ endMs }): BeliefSpan[] => {
    const from = answerTo(speech, tokens, endMs, ANSWER_REACH_MS);
    for (let at = from; from >= 0 && at < from + MOST_ANSWER_WORDS && at < words.length; at++) {
      // it was hidden before
      if (tokens[words[at]?.first ?? -1]?.label) return [];
      const religion = Math.max(
        ...[adherents, faiths, observances].map((known) => knownFrom(speech, at, known)),
      );
      if (religion > 0) return span('RELIGION', at, religion);
      const party = Math.max(knownFrom(speech, at, partisans), knownFrom(speech, at, loose));
      if (party > 0) return span('POLITICS', at, party);
    }
    return [];
  });
  return [...told, ...answered];
}
