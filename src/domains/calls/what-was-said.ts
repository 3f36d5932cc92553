// Which calls, by what was said on them: only domains that come after this one know. Each tells its own part of the list's
// filter.
import type { ConversionSignal, LeadScore, TranscriptState } from '#generated/prisma/enums.ts';
import type { InputBuilder } from '#graphql/mutation.ts';
import type { SqlPart } from '#platform/db/index.ts';

/** Which calls, by what later domains know of them; absent = all. */
export interface CallsKnownBy {
  transcriptStates?: readonly TranscriptState[] | null;
  keywordSetIds?: readonly string[] | null;
  signals?: readonly ConversionSignal[] | null;
  leadScores?: readonly LeadScore[] | null;
}
type Name = keyof CallsKnownBy;

interface Condition {
  /** the field of CallFilter */
  field: (t: InputBuilder) => ReturnType<InputBuilder['stringList']>;
  /** of the values that are asked for: a condition over interactions i and calls c */
  part: (values: readonly string[]) => SqlPart;
}
const conditions = new Map<Name, Condition>();

/** Says how calls are found by what was said on them; called once for each name, when the schema is built. */
export function tellCondition(name: Name, condition: Condition): void {
  conditions.set(name, condition);
}

/** The fields of the filter that later domains have told. */
export function fieldsOfConditions(t: InputBuilder) {
  return Object.fromEntries([...conditions].map(([name, { field }]) => [name, field(t)]));
}

/** Whether a filter asks for what was said. */
export function asksWhatWasSaid(filter: CallsKnownBy): boolean {
  return NAMES.some((name) => filter[name] != null);
}

/**
 * The conditions of a filter, in SQL.
 * @throws when nobody has told one that is asked for: the schema is not built
 */
export function whatWasSaid(filter: CallsKnownBy): SqlPart[] {
  return NAMES.flatMap((name) => {
    const values = filter[name];
    if (values == null) return [];
    const condition = conditions.get(name);
    if (!condition) throw new Error(`Nobody has told how calls are found by ${name}.`);
    return condition.part(values);
  });
}

const NAMES = [
  'transcriptStates',
  'keywordSetIds',
  'signals',
  'leadScores',
] as const satisfies readonly Name[];
