// The only writer of the table raw_transcript: what was heard before redaction, sealed.
import { z } from 'zod';
import { noteRawDropped } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';

const Raw = z.array(
  z.object({
    speaker: z.enum(['CALLER', 'AGENT', 'UNKNOWN']),
    startMs: z.number(),
    endMs: z.number(),
    text: z.string(),
    words: z.array(z.object({ text: z.string(), startMs: z.number(), endMs: z.number() })),
  }),
);

/** Segments as they were heard, in the order of the stored ones. */
export type RawSegments = z.infer<typeof Raw>;

interface Place {
  accountId: string;
  transcriptId: string;
}

/** A value that is moved to another transcript does not open there. */
const purposeOf = ({ accountId, transcriptId }: Place) =>
  `raw-transcript:${accountId}:${transcriptId}`;

/** Keeps the segments as they were heard. */
export async function storeRaw(
  tx: Tx,
  secrets: Secrets,
  place: Place & { companyId: string; keptAt: Date },
  segments: RawSegments,
): Promise<void> {
  const sealed = secrets.seal(JSON.stringify(Raw.parse(segments)), purposeOf(place));
  await tx.rawTranscript.create({ data: { ...place, sealed } });
}

/**
 * Reads them; null when they were not kept, 'SEALED' when the server's key does not open them.
 * @param since what was kept before is as good as gone
 */
export async function readRaw(
  tx: Tx,
  secrets: Secrets,
  { accountId, transcriptId }: Place,
  since: Date | null = null,
): Promise<RawSegments | 'SEALED' | null> {
  const row = await tx.rawTranscript.findUnique({
    where: { accountId_transcriptId: { accountId, transcriptId } },
  });
  if (!row || (since && row.keptAt < since)) return null;
  let plain: string;
  try {
    plain = secrets.open(row.sealed, purposeOf(row));
  } catch {
    return 'SEALED';
  }
  return Raw.parse(JSON.parse(plain));
}

/** The server's key, known again without being told. */
const signOf = (secrets: Secrets) => secrets.sign('which key', 'raw-transcript');

/** Notes that the server's key does not open them: under this key nobody tries again. */
export async function noteUnopened(
  tx: Tx,
  secrets: Secrets,
  { accountId, transcriptId }: Place,
): Promise<void> {
  const where = { accountId, transcriptId };
  await tx.rawTranscript.updateMany({ where, data: { unopenedBy: signOf(secrets) } });
}

/** Forgets that another key than the server's did not open them, over all accounts, at most `limit`. Returns of what. */
export async function takeUnopened(
  tx: Tx,
  secrets: Secrets,
  limit: number,
): Promise<(Place & { companyId: string })[]> {
  const rows = await tx.rawTranscript.findMany({
    // never those of null: there is an index of the others
    where: { unopenedBy: { not: signOf(secrets) } },
    select: { accountId: true, transcriptId: true, companyId: true },
    take: limit,
  });
  for (const { accountId, transcriptId } of rows) {
    const where = { accountId_transcriptId: { accountId, transcriptId } };
    await tx.rawTranscript.update({ where, data: { unopenedBy: null } });
  }
  return rows;
}

/** Which of these transcripts have words that the server's key does not open, as far as it was tried. */
export async function unopenedOf(
  tx: Tx,
  accountId: string,
  transcriptIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rawTranscript.findMany({
    where: { accountId, transcriptId: { in: [...transcriptIds] }, unopenedBy: { not: null } },
    select: { transcriptId: true },
  });
  return new Set(rows.map(({ transcriptId }) => transcriptId));
}

/**
 * Drops what was kept of companies that keep nothing any more, or did not for a while since, over all accounts, at most
 * `limit`. Only those that have changed their switch are looked at. Returns how many.
 */
export async function dropUnwantedRaw(tx: Tx, limit: number): Promise<number> {
  const switched = await tx.company.findMany({
    where: { rawKeptSince: { not: null } },
    take: limit,
    select: { accountId: true, id: true, keepRawTranscripts: true, rawKeptSince: true },
  });
  let dropped = 0;
  for (const { accountId, id: companyId, keepRawTranscripts, rawKeptSince: since } of switched) {
    if (dropped >= limit || !since) break;
    const some = await tx.rawTranscript.findMany({
      where: { accountId, companyId, ...(keepRawTranscripts && { keptAt: { lt: since } }) },
      select: { transcriptId: true },
      take: limit - dropped,
    });
    if (some.length === 0) await noteRawDropped(tx, { accountId, companyId }, since);
    const transcriptId = { in: some.map((one) => one.transcriptId) };
    const { count } = await tx.rawTranscript.deleteMany({ where: { accountId, transcriptId } });
    dropped += count;
  }
  return dropped;
}
