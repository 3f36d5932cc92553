// client_state: base64 JSON that the carrier echoes with every event of a leg. Ids only, since it is stored there.
import { z } from 'zod';
import type { LegTag } from './port.ts';

const shape = z.object({ v: z.literal(1), c: z.string(), l: z.string(), s: z.string() });

/** Writes a tag as client_state. */
export function encodeTag(tag: LegTag): string {
  const words = { v: 1, c: tag.callId, l: tag.leg, s: tag.step };
  return Buffer.from(JSON.stringify(words), 'utf8').toString('base64');
}

/** Reads client_state; null when it is absent or not ours. */
export function decodeTag(clientState: string | null | undefined): LegTag | null {
  if (!clientState) return null;
  try {
    const parsed = shape.parse(JSON.parse(Buffer.from(clientState, 'base64').toString('utf8')));
    return { callId: parsed.c, leg: parsed.l, step: parsed.s };
  } catch {
    return null;
  }
}
