// The only writer of the tables topic_reading, topic_term and topic_pass.
import type { Tx } from '#platform/db/index.ts';
import { TERMS_VERSION, type Term } from './terms.ts';

/** Writes what a transcript's terms are, in place of those of before. The call's lock is held. */
export async function storeTerms(
  tx: Tx,
  reading: {
    accountId: string;
    transcriptId: string;
    callId: string;
    companyId: string;
    startedAt: Date;
    /** false = its language is none that terms are known of */
    understood: boolean;
  },
  terms: readonly Term[],
): Promise<void> {
  const { accountId, transcriptId } = reading;
  await deleteTerms(tx, accountId, transcriptId);
  await tx.topicReading.create({ data: { ...reading, rules: TERMS_VERSION } });
  await tx.topicTerm.createMany({
    data: terms.map((term) => ({ accountId, transcriptId, ...term })),
  });
}

/** Deletes a transcript's terms, and that it was read. */
export async function deleteTerms(tx: Tx, accountId: string, transcriptId: string): Promise<void> {
  await tx.topicReading.deleteMany({ where: { accountId, transcriptId } });
}

/** Whether all transcripts of an account were read under these rules. */
export async function isThrough(tx: Tx, accountId: string): Promise<boolean> {
  const pass = await tx.topicPass.findUnique({ where: { accountId }, select: { rules: true } });
  return (pass?.rules ?? -1) >= TERMS_VERSION;
}

/** Notes that they were. */
export async function storePass(tx: Tx, accountId: string): Promise<void> {
  const rules = { rules: TERMS_VERSION };
  await tx.topicPass.upsert({
    where: { accountId },
    create: { accountId, ...rules },
    update: rules,
  });
}

/** Forgets that: one is left to be read. */
export async function dropPass(tx: Tx, accountId: string): Promise<void> {
  await tx.topicPass.deleteMany({ where: { accountId } });
}
