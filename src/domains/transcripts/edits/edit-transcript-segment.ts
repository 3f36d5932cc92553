// A person corrects what a segment says. The whole transcript is redacted again with the new words in their place: they may
// hold a number, or make one of what stands beside them. What they changed is kept as it was, searched anew, and told; where
// that hid something, the sound is heard no more until it is silent there too, for good: that is for who may delete it.
import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once } from '#domains/accounts/index.ts';
import { reopenRedaction } from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import type { TranscriptSegment } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { estimateWordTimes } from '#platform/speech/index.ts';
import { parseInput } from '#values/parse-input.ts';
import type { RedactionClass } from '#values/redaction-classes.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { transcriptEdited } from '../events.ts';
import { languageToRedact } from '../redaction/known-language.ts';
import { allOf, holdPolicy } from '../redaction/read-redaction-policy.ts';
import { type Redaction, redactTranscript } from '../redaction/redact.ts';
import { dropPass } from '../redaction/store-redaction-pass.ts';
import { type EditedSegment, storeEdit } from '../store-words.ts';
import { hideInRevisions, type SpokenSegment } from './store-revisions.ts';

export const MAX_SEGMENT_CHARACTERS = 5_000;
const textError = `text takes 1 to ${MAX_SEGMENT_CHARACTERS} characters.`;

const shape = z.object({
  transcriptId: z.uuid(),
  n: z.int(),
  text: z.string(textError).trim().min(1, textError).max(MAX_SEGMENT_CHARACTERS, textError),
  expectedVersion: z.int().nullish(),
  idempotencyKey: z.string().nullish(),
});

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'search'>;

const TRANSCRIPT_ID: AnswerCodec<string> = {
  store: (transcriptId) => ({ transcriptId }),
  restore: async (_tx, { transcriptId }) => String(transcriptId),
};

/**
 * Changes the words of a segment, with transcript.edited. Words that are the same, or are the same once they are redacted,
 * change nothing. Ones that hide something are for viewers who may delete recordings: the sound loses it for good.
 * @returns the transcript's id
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, IDEMPOTENCY_KEY_CONFLICT
 */
export async function editTranscriptSegment(
  slice: Slice,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'transcripts.edit');
  authorize(viewer, 'transcripts.read');
  const input = parseInput(shape, request);
  const call = await callOf(slice.db, viewer, input.transcriptId);
  const { idempotencyKey: key } = input;
  const asked = { mutation: 'editTranscriptSegment', key, request: input };
  return once(slice, viewer, asked, (tx) => edit(tx, slice, viewer, call, input), TRANSCRIPT_ID);
}

interface CallOfTranscript {
  callId: string;
  companyId: string;
}

async function callOf(
  { prisma }: Pick<Db, 'prisma'>,
  viewer: Viewer,
  id: string,
): Promise<CallOfTranscript> {
  const row = await prisma.transcript.findFirst({
    where: { accountId: viewer.accountId, id },
    select: { callId: true, call: { select: { companyId: true } } },
  });
  if (!row || !seesCompany(viewer, row.call.companyId)) throw missing();
  return { callId: row.callId, companyId: row.call.companyId };
}

const missing = () => notFound('segmentId', 'TranscriptSegment');

async function edit(
  tx: Tx,
  { events, clock, search }: Slice,
  viewer: Viewer,
  { callId, companyId }: CallOfTranscript,
  { transcriptId: id, n, text, expectedVersion }: z.output<typeof shape>,
): Promise<string> {
  const { accountId } = viewer;
  await events.lock(tx, accountId, [`call:${callId}`]);
  await search.lock(tx, accountId);
  const row = await tx.transcript.findFirst({ where: { accountId, id, state: 'READY' } });
  if (!row) throw missing();
  if (expectedVersion != null && expectedVersion !== row.version)
    throw versionConflict(row.version);
  const segments = await tx.transcriptSegment.findMany({
    where: { accountId, transcriptId: id },
    orderBy: { n: 'asc' },
  });
  if (!segments.some((one) => one.n === n)) throw missing();
  const { classes } = await holdPolicy(tx, { accountId, companyId });
  const all = allOf(row.redactionClasses, classes);
  const {
    spoken,
    changed,
    redactions: hidden,
  } = rewrite(
    segments,
    { n, text },
    {
      ...{ classes: all, language: languageToRedact(row) },
    },
  );
  if (changed.length === 0) return id;
  const at = clock.now(accountId);
  const edits = row.edits + 1;
  const by = nameActor(viewer.actor);
  const redactions = hidden.length;
  // the sound loses it too, and the file as it was spoken is deleted
  if (redactions > 0) authorize(viewer, 'recordings.delete', companyId);
  await storeEdit(tx, search, { accountId, id }, { edits, redactions, at, by, n, changed });
  if (redactions > 0) {
    await hideInRevisions(tx, { accountId, id }, { n, spoken, changed, hidden });
    // what makes it silent, and hides the rest in what stood there, is the job of this event
    await reopenRedaction(tx, { accountId, id: row.recordingId });
    await dropPass(tx, { accountId, companyId });
  }
  await audit(tx, viewer, clock, {
    action: 'editTranscriptSegment',
    subject: `transcript:${id}`,
    before: { edits: row.edits },
    after: { edits, segments: changed.map((one) => one.n) },
  });
  await events.append(tx, accountId, [
    {
      definition: transcriptEdited,
      companyId,
      subject: `call:${callId}`,
      subjectVersion: await bumpVersion(tx, accountId, callId),
      occurredAt: at,
      payload: { callId, transcriptId: id, segments: changed.length, edits, redactions },
    },
  ]);
  return id;
}

/** The segments with a new text among them, and those that it changes, as they are to be stored. Pure. */
function rewrite(
  segments: readonly TranscriptSegment[],
  { n, text }: { n: number; text: string },
  { classes, language }: { classes: readonly RedactionClass[]; language: string | null },
): { spoken: SpokenSegment[]; changed: EditedSegment[]; redactions: Redaction[] } {
  const spoken = segments.map((one) => {
    const { startMs, endMs, speaker } = one;
    const said = one.n === n ? text.split(/\s+/).join(' ') : one.text;
    const words =
      one.n === n
        ? estimateWordTimes(said, startMs, endMs)
        : (one.words as unknown as EditedSegment['words']);
    // of one channel that holds both nobody knows who spoke: it is one side to redaction, as it was at first
    const channel = speaker === 'AGENT' ? 1 : 0;
    return { n: one.n, before: one.text, channel, startMs, endMs, text: said, words };
  });
  const { segments: redacted, redactions } = redactTranscript(spoken, classes, language);
  const changed = redacted
    .filter((one) => one.text !== one.before)
    .map(({ n: at, before, text: after, words }) => ({ n: at, before, after, words }));
  return { spoken, changed, redactions };
}
