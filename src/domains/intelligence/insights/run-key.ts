// What makes two readings the same: what was read, by which model, asked in which words, and by whose criteria.
import { createHash } from 'node:crypto';
import type { InsightProvider, Turn } from '#platform/ai/index.ts';

/** A reading, as it is known: `key` is a digest of all that makes it what it is. */
export interface Reading {
  accountId: string;
  key: string;
  engine: string;
  model: string;
  promptVersion: string;
}

/**
 * The key of a reading of these turns. `of` names the call or the lead that they belong to, and the edit of the call's words:
 * what an edit makes of them is read even where an older one had it so.
 * @param by.rubricVersion that of the rubric that a model is asked by; 0 before its first change, and where none is asked by
 * @param by.askedAt when somebody asked for another reading of what was read in just this way; absent = it is the first
 */
export function keyOf(
  accountId: string,
  of: readonly ['call' | 'lead', string, ...edits: number[]],
  turns: readonly Turn[],
  { engine, model, promptVersion }: InsightProvider,
  { rubricVersion = 0, askedAt }: { rubricVersion?: number; askedAt?: string | undefined } = {},
): Reading {
  const said = turns.map(({ speaker, text }) => [speaker, text]);
  const asked = rubricVersion === 0 ? [] : [{ rubricVersion }];
  const again = askedAt === undefined ? [] : [{ askedAt }];
  const all = [...of, engine, model, promptVersion, said, ...asked, ...again];
  const key = createHash('sha256').update(JSON.stringify(all)).digest('base64url');
  return { accountId, key, engine, model, promptVersion };
}
