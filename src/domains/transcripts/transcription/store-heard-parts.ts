// The only writer of the table heard_part: what a provider heard in parts of a recording, sealed, so that a try that ends
// before all of them sends only the others again. It goes when the transcript is settled, and none comes after that.
import { type Db, type Tx, tenantSql } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import type { HeardParts } from '#platform/speech/index.ts';

interface Place {
  accountId: string;
  transcriptId: string;
}

/** What was heard in parts of the recording of a transcript that is being made. */
export function heardPartsOf(
  { prisma }: Pick<Db, 'prisma'>,
  secrets: Secrets,
  { accountId, transcriptId }: Place,
): HeardParts {
  const purposeOf = (part: string) => `heard-part:${accountId}:${transcriptId}:${part}`;
  return {
    async read(part) {
      const where = { accountId_transcriptId_part: { accountId, transcriptId, part } };
      const row = await prisma.heardPart.findUnique({ where });
      if (!row) return null;
      try {
        return secrets.open(row.sealed, purposeOf(part));
      } catch {
        // under another key: it is heard anew
        return null;
      }
    },
    async keep(part, heard) {
      const sealed = secrets.seal(heard, purposeOf(part));
      const sql = tenantSql(accountId);
      // another try may settle the transcript meanwhile: it waits for this row and drops it, or this finds it settled
      await sql`
        insert into heard_part (account_id, transcript_id, part, sealed)
        select t.account_id, t.id, ${part}::text, ${sealed}::text from transcript t
         where t.account_id = ${sql.account} and t.id = ${transcriptId}::uuid
           and t.state in ('WAITING', 'TRANSCRIBING')
           for share
        on conflict (account_id, transcript_id, part) do update set sealed = excluded.sealed`.rows(
        prisma,
      );
    },
  };
}

/** Drops them. */
export async function dropHeardParts(tx: Tx, { accountId, transcriptId }: Place): Promise<void> {
  await tx.heardPart.deleteMany({ where: { accountId, transcriptId } });
}
