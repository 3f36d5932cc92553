// Holds one condition against what is known of an interaction. What it tells of words is their number and place, never the
// words: explanations are kept where erasing a transcript or a form's field does not look.
import { matchWritten, plainly } from './match-written.ts';
import type { ConditionSubject, RuleCondition } from './rule-words.ts';

/** What conditions can ask about an interaction at a moment; null = this kind has none. */
export interface RuleFacts {
  kind: string;
  companyId: string;
  /** null = no source is known */
  source: string | null;
  medium: string | null;
  campaign: string | null;
  /** the first page of the visit that the source was taken from, and the page before that one; null = not known */
  landingPage: string | null;
  referrer: string | null;
  /** what was searched for */
  searchKeyword: string | null;
  /** the page that the person was on */
  activePage: string | null;
  leadStatus: string;
  tags: readonly string[];
  trackerId: string | null;
  /** the first call, or form, of this person; null where that is not told */
  isFirst: boolean | null;
  direction: string | null;
  outcome: string | null;
  durationSeconds: number | null;
  /** places in transcripts where keywords were said, by keyword and set */
  hits: readonly { setId: string; keyword: string; count: number }[];
  /** as insights have it; null = none was drawn */
  leadScore: string | null;
  signals: readonly string[];
  /** of a form */
  fields: readonly { name: string; value: string }[];
  /** what they wrote: the text or chat message that came, or the chat so far */
  texts: readonly string[];
}

/** Whether a condition holds, and what was found in place of what it asks for. */
export interface ConditionJudgement {
  isMet: boolean;
  actual: string;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

type Found = { isFound: boolean; actual: string };
type Look = (facts: RuleFacts, condition: RuleCondition) => Found;

const oneOf =
  (read: (facts: RuleFacts) => string | null): Look =>
  (facts, { values }) => {
    const actual = read(facts);
    const isFound = actual !== null && values.some((one) => plainly(one) === plainly(actual));
    return { isFound, actual: actual ?? 'none' };
  };

const anyOf =
  (read: (facts: RuleFacts) => readonly string[]): Look =>
  (facts, { values }) => {
    const actual = read(facts);
    const wanted = values.map(plainly);
    const isFound = actual.some((one) => wanted.includes(plainly(one)));
    return { isFound, actual: actual.length === 0 ? 'none' : actual.join(', ') };
  };

const said =
  (read: (hit: RuleFacts['hits'][number]) => string): Look =>
  ({ hits }, { values }) => {
    const wanted = values.map(plainly);
    const places = hits
      .filter((hit) => wanted.includes(plainly(read(hit))))
      .reduce((sum, hit) => sum + hit.count, 0);
    return { isFound: places > 0, actual: `said in ${count(places, 'place')}` };
  };

const written =
  (read: (facts: RuleFacts, condition: RuleCondition) => readonly string[], what: string): Look =>
  (facts, condition) => {
    const texts = read(facts, condition);
    const letters = texts.reduce((sum, text) => sum + [...text].length, 0);
    const first = texts.findIndex(matchWritten(condition.values));
    const looked = `${count(texts.length, what)} of ${count(letters, 'letter')}`;
    return first >= 0
      ? { isFound: true, actual: `found in number ${first + 1}, ${looked}` }
      : { isFound: false, actual: `not found, ${looked}` };
  };

/** Parameters of addresses bear names and numbers, so they are words like others. */
const inAddress =
  (read: (facts: RuleFacts) => string | null): Look =>
  (facts, { values }) => {
    const address = read(facts);
    if (address === null) return { isFound: false, actual: 'none' };
    const isFound = values.some((one) => plainly(address).includes(plainly(one)));
    const letters = count([...address].length, 'letter');
    return { isFound, actual: `${isFound ? 'found' : 'not found'} in ${letters}` };
  };

const LOOKS: Record<ConditionSubject, Look> = {
  KIND: oneOf(({ kind }) => kind),
  DIRECTION: oneOf(({ direction }) => direction),
  OUTCOME: oneOf(({ outcome }) => outcome),
  TRACKER: ({ trackerId }, { values }) => {
    const isFound = trackerId !== null && values.includes(trackerId);
    return { isFound, actual: trackerId === null ? 'none' : isFound ? 'one of them' : 'another' };
  },
  SOURCE: oneOf(({ source }) => source),
  MEDIUM: oneOf(({ medium }) => medium),
  CAMPAIGN: oneOf(({ campaign }) => campaign),
  LANDING_PAGE: inAddress(({ landingPage }) => landingPage),
  REFERRER: inAddress(({ referrer }) => referrer),
  SEARCH_KEYWORD: written(
    ({ searchKeyword }) => (searchKeyword === null ? [] : [searchKeyword]),
    'search term',
  ),
  ACTIVE_PAGE: inAddress(({ activePage }) => activePage),
  DURATION_SECONDS: ({ durationSeconds }, { minSeconds, maxSeconds }) => {
    const isFound =
      durationSeconds !== null &&
      (minSeconds === null || durationSeconds >= minSeconds) &&
      (maxSeconds === null || durationSeconds <= maxSeconds);
    return { isFound, actual: durationSeconds === null ? 'none' : `${durationSeconds} s` };
  },
  FIRST_CONTACT: ({ isFirst }) => ({
    isFound: isFirst === true,
    actual: isFirst === null ? 'not known' : isFirst ? 'the first' : 'not the first',
  }),
  LEAD_STATUS: oneOf(({ leadStatus }) => leadStatus),
  TAG: anyOf(({ tags }) => tags),
  KEYWORD: said(({ keyword }) => keyword),
  KEYWORD_SET: said(({ setId }) => setId),
  LEAD_SCORE: oneOf(({ leadScore }) => leadScore),
  SIGNAL: anyOf(({ signals }) => signals),
  FORM_FIELD: written(
    ({ fields }, { field }) =>
      fields
        .filter(({ name }) => field === null || plainly(name) === plainly(field))
        .map(({ value }) => value),
    'field',
  ),
  TEXT: written(({ texts }) => texts, 'text'),
};

/** Judges one condition. */
export function matchCondition(condition: RuleCondition, facts: RuleFacts): ConditionJudgement {
  const { isFound, actual } = LOOKS[condition.about](facts, condition);
  return { isMet: isFound !== condition.isNot, actual };
}
