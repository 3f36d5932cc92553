// A condition in words: what it asks for. Pure.
import type { ConditionSubject, RuleCondition } from './rule-words.ts';

const WORDS_IN: readonly ConditionSubject[] = ['TEXT', 'SEARCH_KEYWORD'];
const ADDRESSES: readonly ConditionSubject[] = ['LANDING_PAGE', 'REFERRER', 'ACTIVE_PAGE'];

/** What a condition asks for: `any of ANSWERED, VOICEMAIL`; things of the account by their number. */
export function describeCondition({
  about,
  values,
  minSeconds,
  maxSeconds,
  field,
  isNot,
}: RuleCondition): string {
  const asked = () => {
    if (about === 'DURATION_SECONDS') return rangeOf(minSeconds, maxSeconds);
    if (about === 'FIRST_CONTACT') return 'the first';
    if (about === 'TRACKER' || about === 'KEYWORD_SET') return `any of ${values.length} by id`;
    const any = values.length === 1 ? values[0] : `any of ${values.join(', ')}`;
    if (about === 'FORM_FIELD')
      return `${field === null ? 'a field' : `the field ${field}`} with ${any}`;
    if (ADDRESSES.includes(about)) return `an address with ${any}`;
    return WORDS_IN.includes(about) ? `words with ${any}` : `${any}`;
  };
  return isNot ? `not ${asked()}` : asked();
}

function rangeOf(min: number | null, max: number | null): string {
  if (min === null) return `at most ${max} s`;
  return max === null ? `at least ${min} s` : `${min} to ${max} s`;
}
