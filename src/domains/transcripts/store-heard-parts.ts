// The only writer of the table heard_part: what a provider heard in parts of a recording, sealed, so that a try that ends
// before all of them sends only the others again. It goes when the transcript is settled.
import type { Db, Tx } from '#platform/db/index.ts';
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
      const place = { accountId, transcriptId, part };
      const sealed = secrets.seal(heard, purposeOf(part));
      await prisma.heardPart.upsert({
        where: { accountId_transcriptId_part: place },
        create: { ...place, sealed },
        update: { sealed },
      });
    },
  };
}

/** Drops them. */
export async function dropHeardParts(tx: Tx, { accountId, transcriptId }: Place): Promise<void> {
  await tx.heardPart.deleteMany({ where: { accountId, transcriptId } });
}
