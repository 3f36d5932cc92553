// What an interaction is counted with, and which sums it stands in. Pure: the same fact always makes the same shares, so
// what was added with it can be taken off again.
import type { InteractionKind, ReportCut, ReportSpan } from '#generated/prisma/enums.ts';
import { MEASURES, type Measures } from './measures.ts';
import { SPANS, startOf } from './spans.ts';

/** Stands for no tracker and no source in the key of a sum. */
export const NONE = '00000000-0000-0000-0000-000000000000';

/**
 * The models of credit, and the cuts by them: by the source that is credited, and with _KEYWORD by the keyword. Their sums
 * are in millionths, and those of EVERY_MODEL belong to each but QUALIFIED.
 */
export const CREDIT_CUTS = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LEAD_CREATION',
  'QUALIFIED',
  'FIFTY_FIFTY',
  'W_SHAPED',
  'POSITION_BASED',
  'LINEAR',
  'TIME_DECAY',
] as const satisfies readonly ReportCut[];
export type CreditCut = (typeof CREDIT_CUTS)[number];

/** The channels that are counted. */
export const COUNTED_KINDS = [
  'CALL',
  'FORM',
  'CONVERSATION',
  'CHAT',
] as const satisfies readonly InteractionKind[];

/** The cuts by a word alone, whose largest can be found without reading the rest. */
export const WORD_CUTS = ['KEYWORD', 'LANDING_PAGE', 'REFERRER'] as const satisfies ReportCut[];

/** A touchpoint that may be given credit. */
export interface CountedTouch {
  /** of the session, or of the interaction */
  id: string;
  sourceId: string;
  /** empty when nothing is known of it */
  keyword: string;
}

/** An interaction as it is counted; kept as JSON beside the sums. */
export interface Fact {
  kind: InteractionKind;
  companyId: string;
  /** ISO */
  occurredAt: string;
  trackerId: string | null;
  sourceId: string | null;
  sessionId: string | null;
  keyword: string;
  landingPage: string;
  /** the host of the page before */
  referrer: string;
  /** of a form: what the page calls it, empty when it does not; absent where it was counted before forms were told apart */
  form?: string;
  /** what it adds to the sums it stands in; whole numbers of at most 2^53 */
  adds: Record<keyof Measures, number>;
  touches: CountedTouch[];
  /** by model, of each touchpoint in their order: its millionths */
  credits: Record<CreditCut, number[]>;
}

/** The key of a sum. */
export interface BucketKey {
  companyId: string;
  kind: InteractionKind;
  cut: ReportCut;
  span: ReportSpan;
  /** ISO */
  startsAt: string;
  trackerId: string;
  sourceId: string;
  word: string;
}

/** What a fact adds to one sum. */
export interface Share {
  key: BucketKey;
  adds: Measures;
}

/** The credit for one interaction. */
export const WHOLE = 1_000_000n;

/** Every sum that a fact stands in, and what it adds there. */
export function sharesOf(fact: Fact): Share[] {
  const { kind, companyId } = fact;
  const adds = Object.fromEntries(
    MEASURES.map((measure) => [measure, BigInt(fact.adds[measure])]),
  ) as Measures;
  const at = Date.parse(fact.occurredAt);
  return cutsOf(fact).flatMap(({ weight, ...cut }) =>
    SPANS.map((span) => ({
      key: { companyId, kind, span, ...cut, startsAt: new Date(startOf(span, at)).toISOString() },
      adds: weigh(adds, weight),
    })),
  );
}

type Cut = Pick<BucketKey, 'cut' | 'trackerId' | 'sourceId' | 'word'> & { weight: bigint };

function cutsOf(fact: Fact): Cut[] {
  const trackerId = fact.trackerId ?? NONE;
  const plain = { trackerId, sourceId: NONE, word: '', weight: 1n };
  const words = { KEYWORD: fact.keyword, LANDING_PAGE: fact.landingPage, REFERRER: fact.referrer };
  return [
    { ...plain, cut: 'ALL', trackerId: NONE },
    { ...plain, cut: 'TRACKER' },
    { ...plain, cut: 'SOURCE', sourceId: fact.sourceId ?? NONE },
    ...WORD_CUTS.flatMap((cut): Cut[] => [
      { ...plain, cut, trackerId: NONE, word: words[cut] },
      { ...plain, cut: `TRACKER_${cut}`, word: words[cut] },
    ]),
    ...(fact.form === undefined
      ? []
      : [{ ...plain, cut: 'FORM' as const, trackerId: NONE, word: fact.form }]),
    ...(isOneSided(fact)
      ? [...creditsBy('EVERY_MODEL', fact), ...creditsBy('QUALIFIED', fact)]
      : CREDIT_CUTS.flatMap((cut) => creditsBy(cut, fact))),
  ];
}

/**
 * Whether every model, and all weights but those that give to the qualified place alone, give all of it to the same source
 * and keyword. The rest is many-sided: see IS_MANY_SIDED of many-sided.ts, which says the same in SQL.
 */
function isOneSided({ touches, credits }: Fact): boolean {
  const [first] = touches;
  const isSame = touches.every(
    ({ sourceId, keyword }) => sourceId === first?.sourceId && keyword === first.keyword,
  );
  return isSame && CREDIT_CUTS.every((cut) => cut === 'QUALIFIED' || sumOf(credits[cut]) === WHOLE);
}

const sumOf = (credits: readonly number[]) => credits.reduce((sum, one) => sum + BigInt(one), 0n);

/** What no touchpoint gets is credited to none, so that each model sums to the number of interactions. */
function creditsBy(cut: CreditCut | 'EVERY_MODEL', { touches, credits }: Fact): Cut[] {
  const shares = credits[cut === 'EVERY_MODEL' ? 'LINEAR' : cut];
  const given = touches.map(({ sourceId, keyword }, n) => ({
    ...{ sourceId, keyword },
    weight: BigInt(shares[n] ?? 0),
  }));
  const rest = given.reduce((left, { weight }) => left - weight, WHOLE);
  return [...given, { sourceId: NONE, keyword: '', weight: rest }]
    .filter(({ weight }) => weight !== 0n)
    .flatMap(({ sourceId, keyword, weight }): Cut[] => [
      { cut, trackerId: NONE, sourceId, word: '', weight },
      { cut: `${cut}_KEYWORD`, trackerId: NONE, sourceId: NONE, word: keyword, weight },
    ]);
}

function weigh(adds: Measures, weight: bigint): Measures {
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, adds[measure] * weight]),
  ) as Measures;
}
