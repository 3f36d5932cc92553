// The id of a segment: its transcript and its place there, which never change. It is no id of a Node.
import { encodeGlobalId } from '#values/global-id.ts';
import { invalidInput } from '#values/refusals.ts';

const SEGMENT = /^TranscriptSegment:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,7})$/;

/** A segment by its transcript and its number there. */
interface SegmentPlace {
  transcriptId: string;
  n: number;
}

/** Writes the opaque id of a segment. */
export function segmentId({ transcriptId, n }: SegmentPlace): string {
  return encodeGlobalId('TranscriptSegment', `${transcriptId}:${n}`);
}

/**
 * Reads the opaque id of a segment.
 * @param field the input field's name, for the refusal
 * @throws Refused INVALID_INPUT
 */
export function readSegmentId(id: string, field: string): SegmentPlace {
  const [, transcriptId, n] = SEGMENT.exec(Buffer.from(id, 'base64url').toString('utf8')) ?? [];
  if (transcriptId && n) return { transcriptId, n: Number(n) };
  throw invalidInput(
    field,
    `${field} takes the id of a TranscriptSegment, as this API returned it.`,
  );
}
