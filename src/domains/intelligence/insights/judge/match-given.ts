// What is given in a text, and what of: "the estimate is free, the repair is not" gives the estimate alone. Pure, and English. A
// clause that names nothing tells of what was named last, in its turn or in the one before: "Do you charge for estimates?" – "No."
import { NUMBER_WORDS } from '#values/number-words.ts';
import { stemOfWord } from '../../keywords/matching/match-forms.ts';
import { denialsIn } from './match-negations.ts';

const SENTENCE = /[.?!]\s+/;
const CLAUSE =
  /[,;:–—]\s+(?:(?:and|but|so|then)\s+)?|\s+(?:but|because|while|although|though)\s+|\s+and\s+(?=(?:that|this|it|we|you|they|i|there)(?:['’]\w+)?\s|(?:(?:the|your|our|an?)\s+)?(?:(?:[\w-]+\s+){1,3}?(?:is|are|was|will|would|can|comes?|costs?)|free|complimentary)\b)/;
/** What has none of these is a part of the clause behind it: "For new patients, the exam is free." */
const IS_CLAUSE =
  /\b(?:i|we|you|they|it|that|he|she|there|is|are|was|were|be|will|would|can|could|do|does|did|has|have|had|costs?|comes?|gives?|gets?)\b/;
/** On what it is given, which is not what is given. */
const CONDITION =
  /\b(?:if|when|once|unless)\b[^,;]*|(?<=\b(?:free|waived|complimentary|included|charge|cost|on us) )with\b[^,;]*/g;
const POINTS_BACK = /\b(?:it|that|this|those|these|them)\b/;
/** "No, it is free." */
const ANSWER = /^(?:(?:oh|well|uh|um),? )?(?:no|nope)\b(?:,|\.|$| (?=(?:it|that|the|we|you)\b))/;

/** Words of a clause that tell nothing of what it is about. */
const EMPTY = new Set(
  `that this there they them your yours with will would have been from what when which each every come comes give gives given
   offer offers free charge charges cost costs extra additional also completely any waive waived please course just only nothing
   included complimentary without cover covers covered dollars bucks like want need know thanks thank sorry okay yeah well here then
   than more about into over very really actually always usually normally sure still today tomorrow monday tuesday wednesday
   thursday friday saturday sunday`.split(/\s+/),
);
/** They name what is paid, and not for what: beside another word they tell nothing. */
const OF_ALL = new Set(['fee', 'fees', 'price', 'amount'].map(stemOfWord));

/** What a text says about: stems. */
type Topics = ReadonlySet<string>;

/** Something given; topics are null where it may be anything. */
export interface Gift {
  clause: string;
  topics: Topics | null;
}

/** Things of three letters; "ray" is of an x-ray. */
const SHORT_THINGS =
  /^(?:fee|tax|key|gas|car|tow|ray|oil|tub|fan|bed|pet|dog|cat|van|cap|lab|rug|air|ice|mat|bag|box|kit|pad|pan|lid|lot|bus|cab|gym|spa)$/;

function topicsOf(text: string): Topics {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  const telling = words.filter((word) => word.length > 3 || SHORT_THINGS.test(word));
  const own = telling.filter((word) => !EMPTY.has(word) && !NUMBER_WORDS.has(word));
  return new Set(own.map(stemOfWord));
}

/** The clauses of a sentence in small letters. */
export function clausesOf(sentence: string): string[] {
  const clauses: string[] = [];
  let open = '';
  for (const part of sentence.split(CLAUSE)) {
    open += open && part ? `, ${part}` : part;
    if (!IS_CLAUSE.test(part)) continue;
    clauses.push(open);
    open = '';
  }
  return open ? [...clauses, open] : clauses;
}

/** What a clause tells of, when before it there was told of others. */
function aboutOf(clause: string, last: Topics | null): Topics | null {
  const own = topicsOf(clause.replace(CONDITION, ' '));
  if (own.size > 0) return own;
  const whole = topicsOf(clause);
  return whole.size > 0 && !POINTS_BACK.test(clause) ? whole : last;
}

/**
 * What is given in a text.
 * @param text in small letters, a turn on each line
 * @param options.words what gives it
 * @param options.talk the text among the turns of others, which it may answer
 */
export function giftsIn(
  text: string,
  { words, talk = text }: { words: readonly RegExp[]; talk?: string },
): Gift[] {
  const turns = talk.split('\n');
  return text.split('\n').flatMap((turn) => {
    const asked = topicsOf(turns[turns.indexOf(turn) - 1] ?? '');
    let last: Topics | null = asked.size > 0 ? asked : null;
    return turn.split(SENTENCE).flatMap((sentence) =>
      clausesOf(sentence).flatMap((clause) => {
        const topics = aboutOf(clause, last);
        if (topicsOf(clause.replace(CONDITION, ' ')).size > 0) last = topics;
        return isGiving(clause, words) ? [{ clause, topics }] : [];
      }),
    );
  });
}

/** Whether a clause has one of the words, and does not deny it. */
function isGiving(clause: string, words: readonly RegExp[]): boolean {
  if (!words.some((word) => word.test(clause))) return false;
  const all = (word: RegExp) => new RegExp(word.source, 'g');
  const plain = clause.replace(CONDITION, ' ').replace(ANSWER, ' ');
  return denialsIn(words.reduce((rest, word) => rest.replace(all(word), ' '), plain)) === 0;
}

/** Whether two may be the same, by what they tell of. */
export function isSameGift({ topics: one }: Gift, { topics: other }: Gift): boolean {
  if (one === null || other === null) return true;
  const [own, others] = [withoutGeneral(one), withoutGeneral(other)];
  if (own.size === 0 || others.size === 0) return overlap(one, other) || others.size === own.size;
  return overlap(own, others);
}

const withoutGeneral = (topics: Topics) =>
  new Set([...topics].filter((topic) => !OF_ALL.has(topic)));
const overlap = (one: Topics, other: Topics) =>
  [...one].some((topic) => [...other].some((also) => begins(topic, also) || begins(also, topic)));
/** "Cancel" and "cancellation". */
const begins = (word: string, beginning: string) =>
  word === beginning || (beginning.length > 4 && word.startsWith(beginning));
