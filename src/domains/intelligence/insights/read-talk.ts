// One reading of a talk: what the engine brings is judged item by item, and what is left is put into words.
import {
  type Conversation,
  type Finding,
  InsightError,
  type InsightProvider,
  RULES_ENGINE,
  type WrittenInsight,
} from '#platform/ai/index.ts';
import type { openJudge } from './judge/judge-findings.ts';
import type { DrawnInsight, StoredItem } from './store-insights.ts';
import { tellInsight } from './tell-insight.ts';

/** What is read, and how it is judged. */
export interface OpenTalk {
  conversation: Conversation;
  judge: ReturnType<typeof openJudge>;
}

/** What came of a reading: insights, or a code that says why there are none. */
export interface Outcome {
  failure: string | null;
  drawn: DrawnInsight[];
  dropped: number;
}

/**
 * Reads a talk.
 * @throws what the engine throws but InsightError, which is an outcome
 */
export async function readTalk(
  reader: InsightProvider,
  { conversation, judge }: OpenTalk,
): Promise<Outcome> {
  const by = { isModel: reader.engine !== RULES_ENGINE };
  const keep = (finding: Finding, kind: WrittenInsight['kind']) => judge.keep(finding, kind, by);
  try {
    const written = await reader.write({
      ...conversation,
      isKept: (finding, kind) => keep(finding, kind) !== null,
    });
    let dropped = 0;
    const drawn = written.flatMap((one): DrawnInsight[] => {
      const items = one.findings.flatMap((finding): StoredItem[] => {
        const item = keep(finding, one.kind);
        if (!item) dropped += 1;
        return item ? [item] : [];
      });
      if (items.length === 0) return [];
      const { kind, leadScore, subject } = one;
      const isSaid = subject !== undefined && judge.holds(subject, kind);
      return [
        {
          ...{ kind, items, text: tellInsight(one, items, conversation.business) },
          ...(leadScore && { leadScore }),
          ...(kind === 'FOLLOW_UP_EMAIL' && {
            subject: isSaid ? subject : `Your call with ${conversation.business}`,
          }),
        },
      ];
    });
    return { failure: drawn.length > 0 ? null : 'NO_EVIDENCE', drawn, dropped };
  } catch (error) {
    if (!(error instanceof InsightError)) throw error;
    return { failure: error.reason, drawn: [], dropped: 0 };
  }
}
