// All that a lead said and wrote, and that was said and written to them, in its order: transcripts of calls, texts, chats,
// forms. What was written is redacted as transcripts are before it goes anywhere.
import { knewNumberWords, knowsNumberWords, redactionPolicy } from '#domains/transcripts/index.ts';
import { rulesRead, type Turn } from '#platform/ai/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { readFormLines } from './read-form-lines.ts';
import { MS_PER_MESSAGE, redactWritten } from './written-lines.ts';

/** the newest ones; who has more is known by then */
const MOST_INTERACTIONS = 50;
const MOST_MESSAGES = 200;

/** Where a turn stands. */
export interface TurnSource {
  interactionId: string;
  transcriptId: string | null;
  /** the segment of a transcript */
  n: number | null;
  speaker: Turn['speaker'];
}

/** A transcript in the version that was read. */
export interface ReadVersion {
  callId: string;
  id: string;
  version: number;
}

/** The history of a lead. `sources` and `languages` have one for each turn, at its number. */
export interface History {
  companyId: string;
  /** BCP 47 tags */
  languages: string[];
  /** in all that was said and written; without that no language model is shown it */
  knewNumberWords: boolean;
  turns: Turn[];
  sources: TurnSource[];
  transcripts: ReadVersion[];
  /** the forms among the sources */
  formIds: string[];
}

type Line = Pick<Turn, 'speaker' | 'text'> &
  Pick<TurnSource, 'transcriptId' | 'n'> & { language: string; redactedAs?: string | null };

/**
 * Tells this state of a lead's history from all others: another one has other interactions, or one of them has changed. Not all
 * that changes is read: then it is found to have been read.
 */
export async function historyKey(tx: Tx, accountId: string, leadId: string): Promise<string> {
  const rows = await tx.interaction.findMany({
    where: { accountId, leadId },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    take: MOST_INTERACTIONS,
    select: { id: true, version: true },
  });
  // versions only grow, and so does their sum while the interactions are the same
  const sum = rows.reduce((total, { version }) => total + version, 0);
  return [leadId, rows[0]?.id ?? 'none', rows.length, sum].join(':');
}

/** The history as it is now; null when the lead is gone, is being erased, or belongs to another one. */
export async function readHistory(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  leadId: string,
): Promise<History | null> {
  const lead = await prisma.lead.findFirst({
    where: { accountId, id: leadId, mergedIntoId: null, erasingSince: null },
    select: { companyId: true },
  });
  if (!lead) return null;
  const policy = await redactionPolicy(prisma, { accountId, companyId: lead.companyId });
  const segment = { n: true, speaker: true, text: true } as const;
  const message = { take: MOST_MESSAGES, select: { text: true } } as const;
  const rows = await prisma.interaction.findMany({
    where: { accountId, leadId },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
    take: MOST_INTERACTIONS,
    select: {
      ...{ id: true, kind: true },
      call: {
        select: {
          transcripts: {
            where: { state: 'READY' },
            orderBy: { createdAt: 'asc' },
            select: {
              ...{ id: true, callId: true, language: true, version: true },
              ...{ engine: true, model: true },
              segments: { orderBy: { n: 'asc' }, select: segment },
            },
          },
        },
      },
      conversation: {
        select: {
          messages: {
            ...{ ...message, orderBy: [{ at: 'desc' }, { id: 'desc' }] },
            where: { state: { not: 'FAILED' } },
            select: { ...message.select, direction: true },
          },
        },
      },
      chat: {
        select: {
          messages: {
            ...{ ...message, orderBy: { seq: 'desc' } },
            select: { ...message.select, author: true },
          },
        },
      },
    },
  });
  const formIds = rows.filter(({ kind }) => kind === 'FORM').map(({ id }) => id);
  const forms = await readFormLines(prisma, { accountId, companyId: lead.companyId }, formIds);
  const spoken = rows.flatMap(({ call }) => call?.transcripts ?? []);
  const told = spoken.flatMap(({ language }) => language ?? []);
  // of what was written, and of a call where nobody told
  const [assumed = 'en'] = told.some(rulesRead) ? [] : told;
  const untold = policy.language ?? assumed;
  const lines = rows.toReversed().flatMap(({ id: interactionId, call, conversation, chat }) => {
    const texts = conversation?.messages.toReversed() ?? [];
    const words = chat?.messages.toReversed() ?? [];
    return [
      ...(call?.transcripts ?? []).flatMap(({ id: transcriptId, segments, language }) =>
        segments.map((one): Line => ({ ...one, transcriptId, language: language ?? untold })),
      ),
      ...redactWritten(
        texts.map(({ direction, text }) => ({ text, isOurs: direction === 'OUTBOUND' })),
        policy,
      ),
      ...redactWritten(
        words.map(({ author, text }) => ({ text, isOurs: author !== 'VISITOR' })),
        policy,
      ),
      ...(forms.get(interactionId) ?? []),
    ].map((line): Line & { interactionId: string } => ({
      transcriptId: null,
      n: null,
      language: untold,
      ...line,
      interactionId,
    }));
  });
  return {
    companyId: lead.companyId,
    languages: lines.map(({ language }) => language),
    knewNumberWords:
      (policy.language === null || knowsNumberWords(policy.language)) &&
      lines.every(({ redactedAs }) => redactedAs !== null) &&
      spoken.every((one) => knewNumberWords(one, one.segments)),
    turns: lines.map(({ speaker, text }, n) => ({ n, speaker, text, startMs: n * MS_PER_MESSAGE })),
    sources: lines.map(({ interactionId, transcriptId, n, speaker }) => ({
      ...{ interactionId, transcriptId, n, speaker },
    })),
    transcripts: spoken.map(({ id, callId, version }) => ({ id, callId, version })),
    formIds,
  };
}
