// A look at what was heard before redaction. Every look is written down in the transaction that opens it, so that none is
// without its entry.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import { companyOfCall } from '#domains/calls/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { type RawSegments, readRaw } from './store-raw.ts';

const shape = z.object({ callId: z.uuid(), kind: z.enum(['CALL', 'VOICEMAIL']) });

/**
 * Opens the raw transcript of a call, or of its voicemail.
 * @returns its segments. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE when it was not kept, or sealed under another key.
 */
export async function revealRawTranscript(
  { db, clock, secrets }: Pick<Platform, 'db' | 'clock' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<RawSegments> {
  authorize(viewer, 'transcripts.raw');
  const { callId, kind } = parseInput(shape, request);
  const { accountId } = viewer;
  authorize(viewer, 'transcripts.raw', await companyOfCall(db, viewer, callId));
  return db.transaction(async (tx) => {
    const transcript = await tx.transcript.findFirst({
      where: { accountId, callId, recording: { kind } },
      select: { id: true, call: { select: { companyId: true } } },
    });
    if (!transcript) throw notFound('kind', 'Transcript');
    const { id: transcriptId, call } = transcript;
    const company = await tx.company.findFirst({
      where: { accountId, id: call.companyId, keepRawTranscripts: true },
      select: { rawKeptSince: true },
    });
    // what the company keeps no more, or did not for a while since, is about to be dropped
    const raw =
      company && (await readRaw(tx, secrets, { accountId, transcriptId }, company.rawKeptSince));
    if (raw === 'SEALED') {
      const message =
        'The words of this transcript as they were heard were sealed under another key than this server has. Start it with that SECRET_KEY.';
      throw policyRefused('WRONG_STATE', message, { field: 'callId' });
    }
    if (!raw) {
      const message =
        'The words of this transcript were not kept as they were heard. See Company.keepRawTranscripts.';
      throw policyRefused('WRONG_STATE', message, { field: 'callId' });
    }
    await audit(tx, viewer, clock, {
      action: 'revealRawTranscript',
      subject: `call:${callId}`,
      after: { transcriptId, kind },
    });
    return raw;
  });
}
