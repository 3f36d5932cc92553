// The form in which a model answers what it read, and how that becomes findings. Plain types only, all fields required, no
// lengths: more than that some servers' strict schemas do not take. What is too long or too much is cut here.
import { z } from 'zod';
import type { AcceptedReading } from './accept-answer.ts';
import { nameSpeaker } from './extract-summary.ts';
import {
  type Conversation,
  type Criterion,
  type Finding,
  LEAD_SCORES,
  SIGNALS,
  TASK_OWNERS,
  type WrittenInsight,
} from './port.ts';

const MOST = { SUMMARY: 5, SIGNALS: 6, LEAD_SCORE: 3, ACTION_PLAN: 10, FOLLOW_UP_EMAIL: 8 };
const MOST_CHARACTERS = 300;
/** as in estimate-sentiment.ts: neither good nor bad */
const NEUTRAL = 0.05;

const shown = { n: z.number(), quote: z.string() };
const claim = z.object({ text: z.string(), ...shown });

/** The passages of a part of a long talk that matter. */
export const notesShape = z.object({ notes: z.array(z.object(shown)) });

/** The whole reading of a talk. */
const wholeShape = z.object({
  summary: z.array(claim),
  sentiment: z.array(
    z.object({ speaker: z.enum(['CALLER', 'AGENT', 'UNKNOWN']), score: z.number(), ...shown }),
  ),
  signals: z.array(z.object({ signal: z.enum(SIGNALS), ...shown })),
  leadScore: z.object({ score: z.enum(LEAD_SCORES), reasons: z.array(claim) }).nullable(),
  tasks: z.array(
    z.object({
      text: z.string(),
      owner: z.enum(TASK_OWNERS),
      due: z.string().nullable(),
      ...shown,
    }),
  ),
  coaching: z.array(
    z.object({ criterion: z.string(), met: z.number(), text: z.string(), ...shown }),
  ),
  followUpEmail: z.object({ subject: z.string(), sentences: z.array(claim) }).nullable(),
});

/** What of a reading is wanted only at times. */
type Wanted = Pick<Conversation, 'rubric' | 'wantsMail'>;

/** The form of a reading of this talk, without what nobody wants of it: who is not asked for that writes, and costs, nothing. */
export function readingShape({ rubric, wantsMail = true }: Wanted): z.ZodType {
  const { coaching, followUpEmail, ...always } = wholeShape.shape;
  return z.object({
    ...always,
    ...(rubric.length > 0 && { coaching }),
    ...(wantsMail && { followUpEmail }),
  });
}

/** What signals are called in English. */
export const SIGNAL_TEXTS: Record<(typeof SIGNALS)[number], string> = {
  APPOINTMENT_BOOKED: 'Appointment booked',
  APPOINTMENT_REQUESTED: 'Appointment requested',
  APPOINTMENT_MOVED: 'Appointment moved',
  APPOINTMENT_DECLINED: 'Appointment not wanted',
  SALE_MADE: 'Sale made',
  SALE_LOST: 'Sale lost',
};

const clamp = (value: number, least: number, most: number) =>
  Math.round(100 * Math.min(most, Math.max(least, value))) / 100;
const cut = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MOST_CHARACTERS) return line;
  // half of a pair is no character
  return `${line.slice(0, MOST_CHARACTERS - 1).replace(/\p{Cs}$/u, '')}…`;
};
const finding = ({ text, n, quote }: z.infer<typeof claim>): Finding => ({
  ...{ text: cut(text), n, quote },
  score: null,
});

function wordOf(score: number): string {
  return score >= NEUTRAL ? 'positive' : score <= -NEUTRAL ? 'negative' : 'neutral';
}

/** Each speaker, signal or criterion once: the first one of it. */
function once<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();
}

/** A criterion as the rubric writes it; as it was given when it is none of the rubric, for whoever judges the findings. */
function nameIn(rubric: readonly Criterion[], given: string): string {
  const small = given.trim().toLowerCase();
  return rubric.find(({ key }) => key.toLowerCase() === small)?.key ?? given;
}

/** What was no item of its kind: it names no turn, so whoever judges findings drops it. */
const unreadable: Finding = { text: '', n: -1, quote: '', score: null };

/**
 * A reading as findings, those of each kind in its order, and behind them those that could not be read; kinds without any are
 * left out.
 */
export function findingsOf(
  { leadScore, followUpEmail: mail, coaching, ...reading }: AcceptedReading,
  { rubric, wantsMail = true }: Wanted,
): WrittenInsight[] {
  const all: WrittenInsight[] = [
    {
      ...{ kind: 'SUMMARY', text: null },
      findings: reading.summary.slice(0, MOST.SUMMARY).map(finding),
    },
    {
      ...{ kind: 'SENTIMENT', text: null },
      findings: once(reading.sentiment, ({ speaker }) => speaker).map(
        ({ speaker, score, n, quote }) => ({
          text: `${nameSpeaker(speaker)}: ${wordOf(score)}`,
          ...{ n, quote, score: clamp(score, -1, 1) },
        }),
      ),
    },
    {
      ...{ kind: 'SIGNALS', text: null },
      findings: once(reading.signals, ({ signal }) => signal)
        .slice(0, MOST.SIGNALS)
        .map(({ signal, n, quote }) => ({
          ...finding({ text: SIGNAL_TEXTS[signal], n, quote }),
          signal,
        })),
    },
    {
      ...{ kind: 'LEAD_SCORE', text: null },
      ...(leadScore && { leadScore: leadScore.score }),
      findings: (leadScore?.reasons ?? []).slice(0, MOST.LEAD_SCORE).map(finding),
    },
    {
      ...{ kind: 'ACTION_PLAN', text: null },
      findings: reading.tasks.slice(0, MOST.ACTION_PLAN).map(({ owner, due, ...task }) => ({
        ...finding(task),
        ...{ owner, due: due && cut(due) },
      })),
    },
    {
      ...{ kind: 'COACHING', text: null },
      findings: once(
        coaching.map((one) => ({ ...one, criterion: nameIn(rubric, one.criterion) })),
        ({ criterion }) => criterion,
      ).map(({ criterion, met, ...said }) => ({
        ...finding(said),
        ...{ criterion, score: clamp(met, 0, 1) },
      })),
    },
    {
      ...{ kind: 'FOLLOW_UP_EMAIL', text: null },
      ...(mail?.subject && { subject: cut(mail.subject) }),
      findings: (mail?.sentences ?? []).slice(0, MOST.FOLLOW_UP_EMAIL).map(finding),
    },
  ];
  return (
    all
      // what was not asked for was not wrong either
      .filter(({ kind }) => kind !== 'COACHING' || rubric.length > 0)
      .filter(({ kind }) => kind !== 'FOLLOW_UP_EMAIL' || wantsMail)
      .map((one) => {
        const unread = Array(reading.unread[one.kind]).fill(unreadable);
        return { ...one, findings: [...one.findings, ...unread] };
      })
      .filter(({ findings }) => findings.length > 0)
  );
}
