// Where in a talk the words stand that show an item of a lead's insights, and whose they are.
import { startOfWord } from '#domains/transcripts/index.ts';
import type { Speaker, TranscriptSegment } from '#generated/prisma/client.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';

/** Where an item's quote stands. */
interface ClaimPlace {
  /** in ms from the recording's begin; null of what was written, and once other words stand there */
  startMs: number | null;
  /** null = nobody noted it: of what was written and drawn before that was done */
  speaker: Speaker | null;
}

/** The places of these claims, by their ids. The caller has seen that the viewer may read them. */
export async function placesOfClaims(
  { pool }: Pick<Db, 'pool'>,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, ClaimPlace>> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select c.id, c.quote, (c.detail ->> 'from')::int as "from", c.detail ->> 'speaker' as writer,
           s.speaker, s.start_ms as "startMs", s.end_ms as "endMs", s.text, s.words
      from lead_claim c
      left join transcript_segment s
        on s.account_id = c.account_id and s.transcript_id = c.transcript_id and s.n = c.n
     where c.account_id = ${sql.account} and c.id = any(${ids}::uuid[])`.rows<Row>(pool);
  return new Map(rows.map((row) => [row.id, placeOf(row)]));
}

type Said = Pick<TranscriptSegment, 'speaker' | 'startMs' | 'endMs' | 'text' | 'words'>;
type Row = { id: string; quote: string; from: number; writer: Speaker | null } & (
  | Said
  | Record<keyof Said, null>
);

function placeOf({ quote, from, writer, ...segment }: Row): ClaimPlace {
  if (segment.text === null) return { startMs: null, speaker: writer };
  const { text, speaker } = segment;
  if (!text.startsWith(quote, from)) return { startMs: null, speaker };
  const words = text.slice(0, from).split(/\s+/).filter(Boolean);
  return { startMs: startOfWord(segment, words.length), speaker };
}
