// What a company wants of the redaction of its transcripts.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { REDACTION_CLASSES, type RedactionClass } from '#values/redaction-classes.ts';

export interface RedactionPolicy {
  classes: readonly RedactionClass[];
  keepRaw: boolean;
  /** a BCP 47 tag of what the company says is spoken; null = it has not said */
  language: string | null;
}

/** The policy as it is now; the strictest one when the company is gone. */
export async function redactionPolicy(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
): Promise<RedactionPolicy> {
  const company = await tx.company.findUnique({
    where: { accountId_id: { accountId, id: companyId } },
    select: { redactionClasses: true, keepRawTranscripts: true, speechLanguage: true },
  });
  return {
    classes: company?.redactionClasses ?? REDACTION_CLASSES,
    keepRaw: company?.keepRawTranscripts ?? false,
    language: company?.speechLanguage ?? null,
  };
}

/** The same, and it stays so until `tx` ends: whoever changes it then finds what `tx` stored. */
export async function holdPolicy(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
): Promise<RedactionPolicy> {
  const sql = tenantSql(accountId);
  await sql`select 1 from company where account_id = ${sql.account} and id = ${companyId}::uuid for share`.rows(
    tx,
  );
  return redactionPolicy(tx, { accountId, companyId });
}

/** These classes together, in the order of the type. */
export function allOf(...some: (readonly RedactionClass[])[]): RedactionClass[] {
  return REDACTION_CLASSES.filter((one) => some.some((classes) => classes.includes(one)));
}

/** Whether everything that is wanted was looked for. */
export function covers(
  done: readonly RedactionClass[],
  wanted: readonly RedactionClass[],
): boolean {
  return wanted.every((one) => done.includes(one));
}
