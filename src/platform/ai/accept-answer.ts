// What is taken of an answer. Where a server does not hold a model to the form, one wrong word must not cost the whole
// reading: each item is judged alone, and those that are none are counted, so that whoever judges findings drops them.
import { z } from 'zod';
import { LEAD_SCORES, SIGNALS, TASK_OWNERS, type WrittenInsight } from './port.ts';

/** Words as they can be kept: the database takes no NUL and no half of a pair. */
const words = z.string().transform((given) => given.replaceAll('\0', '').toWellFormed());
/** A number, also where it is written as text: "3", "<3>". */
const count = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*<?-?\d+(?:\.\d+)?>?\s*$/)
    .transform((text) => Number(text.replace(/[<>]/g, ''))),
]);
/** One of some words, in any capitals. */
const oneOf = <const T extends readonly [string, ...string[]]>(allowed: T) =>
  z.preprocess(
    (given) =>
      typeof given === 'string'
        ? given
            .trim()
            .toUpperCase()
            .replace(/[\s-]+/g, '_')
        : given,
    z.enum(allowed),
  );

const shown = { n: count, quote: words };
const note = z.object(shown);
const claim = z.object({ text: words, ...shown });
const mood = z.object({ speaker: oneOf(['CALLER', 'AGENT', 'UNKNOWN']), score: count, ...shown });
const signal = z.object({ signal: oneOf(SIGNALS), ...shown });
const task = z.object({
  ...{ text: words, owner: oneOf(TASK_OWNERS), ...shown },
  due: words.nullable().catch(null),
});
const coaching = z.object({ criterion: words, met: count, text: words, ...shown });
const leadScore = z.object({ score: oneOf(LEAD_SCORES), reasons: z.unknown() });
const mail = z.object({ subject: words.nullable().catch(null), sentences: z.unknown() });

const KEYS = [
  ...['summary', 'sentiment', 'signals', 'leadScore', 'tasks', 'coaching', 'followUpEmail'],
];

/** Items of a list that have the form, and how many have not. */
interface Accepted<T> {
  items: T[];
  unread: number;
}

/** A list, or one item alone; a list that is missing is empty. */
function acceptList<T>(given: unknown, item: z.ZodType<T>): Accepted<T> {
  const all: unknown[] = Array.isArray(given) ? given : given == null ? [] : [given];
  const items = all.flatMap((one) => {
    const { success, data } = item.safeParse(one);
    return success ? [data] : [];
  });
  return { items, unread: all.length - items.length };
}

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Notes on a part of a talk; null when the answer has none in it. */
export function acceptNotes(given: unknown): Accepted<z.infer<typeof note>> | null {
  return isRecord(given) && Array.isArray(given.notes) ? acceptList(given.notes, note) : null;
}

/** A reading; null when nothing in the answer is a part of one. `unread`: how many items of a kind were none. */
export function acceptReading(given: unknown) {
  if (!isRecord(given) || !KEYS.some((key) => key in given)) return null;
  const score = acceptList(given.leadScore, leadScore);
  const draft = acceptList(given.followUpEmail, mail);
  const [scored, drafted] = [score.items[0], draft.items[0]];
  const lists = {
    SUMMARY: acceptList(given.summary, claim),
    SENTIMENT: acceptList(given.sentiment, mood),
    SIGNALS: acceptList(given.signals, signal),
    LEAD_SCORE: acceptList(scored?.reasons, claim),
    ACTION_PLAN: acceptList(given.tasks, task),
    COACHING: acceptList(given.coaching, coaching),
    FOLLOW_UP_EMAIL: acceptList(drafted?.sentences, claim),
  };
  const unread: Record<WrittenInsight['kind'], number> = {
    SUMMARY: lists.SUMMARY.unread,
    SENTIMENT: lists.SENTIMENT.unread,
    SIGNALS: lists.SIGNALS.unread,
    LEAD_SCORE: lists.LEAD_SCORE.unread + score.unread,
    ACTION_PLAN: lists.ACTION_PLAN.unread,
    COACHING: lists.COACHING.unread,
    FOLLOW_UP_EMAIL: lists.FOLLOW_UP_EMAIL.unread + draft.unread,
  };
  return {
    ...{ summary: lists.SUMMARY.items, sentiment: lists.SENTIMENT.items },
    ...{ signals: lists.SIGNALS.items, tasks: lists.ACTION_PLAN.items },
    ...{ coaching: lists.COACHING.items, unread },
    leadScore: scored ? { score: scored.score, reasons: lists.LEAD_SCORE.items } : null,
    followUpEmail: drafted
      ? { subject: drafted.subject, sentences: lists.FOLLOW_UP_EMAIL.items }
      : null,
  };
}

/** A reading as it is accepted. */
export type AcceptedReading = NonNullable<ReturnType<typeof acceptReading>>;
