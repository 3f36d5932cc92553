// The only writer of the table redaction_pass.
import type { Tx } from '#platform/db/index.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { REDACTION_VERSION } from './rules/redact-classes.ts';

/** Notes that all transcripts of a company have been looked through for these classes, by the rules of this version. */
export async function storePass(
  tx: Tx,
  company: { accountId: string; companyId: string },
  classes: RedactionClass[],
): Promise<void> {
  const pass = { classes, redactionVersion: REDACTION_VERSION };
  await tx.redactionPass.upsert({
    where: { accountId_companyId: company },
    create: { ...company, ...pass },
    update: pass,
  });
}

/** Forgets that a company is through: there is something to be looked at again. */
export async function dropPass(
  tx: Tx,
  company: { accountId: string; companyId: string },
): Promise<void> {
  await tx.redactionPass.deleteMany({ where: company });
}
