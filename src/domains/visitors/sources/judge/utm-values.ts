// The values by which a company marks its own links: utm_…, and Matomo's names for the same.
import { EMPTY_VALUES } from '../tables/medium-words.ts';
import { readText, wordsOf } from './read-text.ts';
import type { Place } from './read-visit.ts';

/** As they were written; '' = absent, a template's empty place, or a value that says nothing. */
export interface UtmValues {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly term: string;
  readonly content: string;
}

const NAMES: Record<keyof UtmValues, readonly string[]> = {
  source: ['utm_source', 'mtm_source', 'pk_source'],
  medium: ['utm_medium', 'mtm_medium', 'pk_medium'],
  campaign: ['utm_campaign', 'mtm_campaign', 'pk_campaign', 'utm_id'],
  term: ['utm_term', 'mtm_keyword', 'mtm_kwd', 'pk_keyword', 'pk_kwd'],
  content: ['utm_content', 'mtm_content', 'pk_content'],
};

/** Reads them from the landing URL; the first name that has a value wins. */
export function utmValuesOf(landing: Place | null): UtmValues {
  const read = (part: keyof UtmValues): string => {
    for (const name of NAMES[part]) {
      const text = readText(landing?.parameters.get(name) ?? '');
      if (text && !EMPTY_VALUES.has(wordsOf(text))) return text;
    }
    return '';
  };
  return {
    source: read('source'),
    medium: read('medium'),
    campaign: read('campaign'),
    term: read('term'),
    content: read('content'),
  };
}
