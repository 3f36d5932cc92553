// What a reading of a lead's history begins with: its words, what its company wants, and what is known of a reading of just
// these words.
import { type InsightProvider, rulesRead } from '#platform/ai/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { openJudge } from '../insights/judge/judge-findings.ts';
import { readCompany } from '../insights/read-company.ts';
import { type OpenTalk, type Outcome, readTalk } from '../insights/read-talk.ts';
import { keyOf, type Reading } from '../insights/run-key.ts';
import type { LeadDrawing } from '../jobs.ts';
import { type History, readHistory } from './read-history.ts';
import { findReading } from './store-lead-readings.ts';

/** A history, ready to be read. */
export interface OpenHistory {
  history: History;
  talk: OpenTalk;
  /** the company has a language model read its talks, and all that is to be hidden in this one is known */
  agrees: boolean;
}

/** The lead's history as it is now; gone with the lead, switched-off where the company wants no insights. */
export async function openHistory(
  db: Pick<Db, 'prisma'>,
  { accountId, leadId }: Pick<LeadDrawing, 'accountId' | 'leadId'>,
): Promise<OpenHistory | 'gone' | 'switched-off'> {
  const history = await readHistory(db, accountId, leadId);
  if (!history) return 'gone';
  const { name, profile, insights, assist } = await readCompany(db, accountId, history.companyId);
  if (!insights) return 'switched-off';
  const { turns, languages, sources } = history;
  const segments = turns.map((turn) => ({
    ...turn,
    source: sources[turn.n]?.interactionId ?? '',
    language: languages[turn.n] ?? '',
  }));
  const talk = {
    conversation: {
      ...{ turns, language: languages.at(-1) ?? 'en', business: name },
      // how somebody did is judged call by call, and a mail answers one talk: neither is asked for
      ...{ rubric: [], wantsMail: false },
    },
    judge: openJudge({ segments, business: name, profile }),
  };
  return { history, talk, agrees: assist && history.knewNumberWords };
}

/** Reads what the rules of this server can read of a history: one call in another language hides nothing of the others. */
export async function readByRules(
  rules: InsightProvider,
  { history: { turns, languages }, talk }: OpenHistory,
): Promise<Outcome> {
  const readable = turns.filter(({ n }) => rulesRead(languages[n] ?? ''));
  if (readable.length === turns.length) return readTalk(rules, talk);
  const { conversation, judge } = talk;
  const read = { ...conversation, turns: readable, language: 'en' };
  const outcome = await readTalk(rules, { conversation: read, judge });
  const isTooLittle = outcome.failure?.startsWith('TRANSCRIPT_') ?? false;
  return isTooLittle ? { ...outcome, failure: 'LANGUAGE_UNSUPPORTED' } : outcome;
}

/** What came of a reading. */
export interface DoneReading {
  failure: string | null;
  at: Date;
}

/** Why a model gave no answer, or what it gave was left: it may give one another time. */
const UNANSWERED: readonly (string | null)[] = [
  ...[
    'MODEL_UNAVAILABLE',
    'MODEL_REFUSED',
    'MODEL_ANSWER_INVALID',
    'BUDGET_EXHAUSTED',
    'REVIEWED_MEANWHILE',
  ],
];

/** Whether somebody asked for it after it had failed for want of an answer; absent = nobody asked. */
export function isAskedAgain({ failure, at }: DoneReading, askedAt: string | undefined): boolean {
  return askedAt !== undefined && UNANSWERED.includes(failure) && at < new Date(askedAt);
}

/** A reading of a history by an engine. */
export interface LeadRun {
  /** what it is kept under: a history that did not change has one reading by an engine */
  reading: Reading;
  /** what a model is asked under: each time that somebody asks again costs by itself */
  request: Reading;
  /** what came of it; null = it is still to be read, or again */
  done: DoneReading | null;
}

/** The reading of these words by an engine, as it is known. */
export async function findLeadRun(
  tx: Tx,
  { accountId, leadId, askedAt }: LeadDrawing,
  { turns }: Pick<History, 'turns'>,
  reader: InsightProvider,
): Promise<LeadRun> {
  const of = ['lead', leadId] as const;
  const reading = keyOf(accountId, of, turns, reader);
  const done = await findReading(tx, reading);
  if (!done || !isAskedAgain(done, askedAt)) return { reading, request: reading, done };
  return { reading, request: keyOf(accountId, of, turns, reader, { askedAt }), done: null };
}
