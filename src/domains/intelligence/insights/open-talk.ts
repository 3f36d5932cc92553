// What a reading of a transcript begins with: its words, what its company wants and says of itself, and the key that tells
// this reading from all others.
import { type ReadyTranscript, readyTranscript } from '#domains/transcripts/index.ts';
import type { Conversation, InsightProvider, Turn } from '#platform/ai/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import type { Drawing } from '../jobs.ts';
import { type Rubric, readRubric } from '../rubrics/store-rubrics.ts';
import { openJudge } from './judge/judge-findings.ts';
import { type ReadCompany, readCompany } from './read-company.ts';
import type { OpenTalk } from './read-talk.ts';
import { keyOf } from './run-key.ts';
import { findRun, type RunKey } from './store-insights.ts';

/** A company with what coaching looks at on its calls. */
export type ReadingCompany = ReadCompany & { rubric: Rubric };

/** A transcript with its company; gone while it is not READY, switched-off where the company wants no insights. */
export async function findTalk(
  db: Pick<Db, 'prisma'>,
  { accountId, transcriptId }: Pick<Drawing, 'accountId' | 'transcriptId'>,
): Promise<{ transcript: ReadyTranscript; company: ReadingCompany } | 'gone' | 'switched-off'> {
  const transcript = await readyTranscript(db, accountId, transcriptId);
  if (!transcript) return 'gone';
  const company = await readCompany(db, accountId, transcript.companyId);
  if (!company.insights) return 'switched-off';
  const rubric = await readRubric(db.prisma, accountId, transcript.companyId);
  return { transcript, company: { ...company, rubric } };
}

const turnsOf = ({ segments }: ReadyTranscript): Turn[] =>
  segments.map(({ n, speaker, startMs, text }) => ({ n, speaker, startMs, text }));

/**
 * The key by which a queue holds one reading that somebody asked for: of these words, by these criteria. Where either has changed
 * since, the one that runs has read something else, and another waits for its end.
 */
export function askedKey({ id, edits }: ReadyTranscript, { rubric }: ReadingCompany): string {
  return `asked:${id}:${edits}:${rubric.version}`;
}

/** What a reader is given of it. */
export function conversationOf(
  transcript: ReadyTranscript,
  { name: business, rubric }: ReadingCompany,
): Conversation {
  const { language } = transcript;
  return { turns: turnsOf(transcript), language, business, rubric: rubric.criteria };
}

/** The same, with who judges what the reader brings. */
export function openTalk(transcript: ReadyTranscript, company: ReadingCompany): OpenTalk {
  const conversation = conversationOf(transcript, company);
  const { turns: segments, ...of } = conversation;
  return { conversation, judge: openJudge({ ...of, segments, profile: company.profile }) };
}

/**
 * The run that a reading of it is. What was read in just this way is read no second time, but when somebody asked for that
 * after it.
 * @param rubric what a model is asked by; the rules of this server judge no criteria
 */
export async function runOf(
  tx: Tx,
  { accountId, askedAt }: Pick<Drawing, 'accountId' | 'askedAt'>,
  transcript: ReadyTranscript,
  reader: InsightProvider,
  rubric?: Rubric,
): Promise<RunKey> {
  const { id: transcriptId, callId, edits } = transcript;
  // unedited ones keep the keys that they were read under
  const of = edits === 0 ? (['call', callId] as const) : (['call', callId, edits] as const);
  const by = { rubricVersion: rubric?.version ?? 0 };
  const turns = turnsOf(transcript);
  const first = keyOf(accountId, of, turns, reader, by);
  const done = askedAt === undefined ? null : await findRun(tx, first);
  // one that is under way, or has ended since, is what they asked for
  const isBefore = done && askedAt !== undefined && done.at < new Date(askedAt);
  const reading = isBefore ? keyOf(accountId, of, turns, reader, { ...by, askedAt }) : first;
  return { ...reading, transcriptId, edits, rubricVersion: rubric?.version ?? null };
}
