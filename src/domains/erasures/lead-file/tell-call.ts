// A call: its facts, its recordings as links, and what was said and drawn from it.
import { isRedacted } from '#domains/calls/index.ts';
import { READABLE_REVISIONS } from '#domains/transcripts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { OfPerson } from './of-person.ts';

/** What is read of a call. */
export const CALL = {
  select: {
    ...{ direction: true, state: true, outcome: true, from: true, to: true, startedAt: true },
    ...{ answeredAt: true, endedAt: true, firstCall: true, priorCalls: true, spam: true },
    recordings: {
      select: {
        ...{ id: true, kind: true, state: true, redaction: true, startedAt: true },
        ...{ durationMs: true, sizeBytes: true, deletedAt: true },
      },
    },
    liveSegments: {
      orderBy: [{ startMs: 'asc' }, { n: 'asc' }],
      select: { speaker: true, startMs: true, endMs: true, text: true, heardAt: true },
    },
    liveKeywords: {
      orderBy: { startMs: 'asc' },
      select: { keyword: true, speaker: true, startMs: true },
    },
    voicemail: {
      select: {
        ...{ state: true, heardAt: true, doneAt: true },
        callbacks: { select: { at: true, outcome: true }, orderBy: { at: 'asc' } },
      },
    },
  },
} as const satisfies { select: Prisma.CallSelect };

type CallRow = Prisma.CallGetPayload<typeof CALL>;

/** Describes a call; a recording has no link before what is to be hidden in it is silent. */
export function tellCall(of: OfPerson, callId: string, { recordings, ...facts }: CallRow): object {
  return {
    ...facts,
    recordings: recordings.map(({ id, redaction, ...recording }) => ({
      ...{ id: encodeGlobalId('Recording', id), ...recording },
      url: recording.state === 'READY' && isRedacted({ redaction }) ? of.link.recording(id) : null,
    })),
    transcripts: tellTranscripts(of, callId),
  };
}

async function* tellTranscripts({ prisma, accountId, signal }: OfPerson, callId: string) {
  const ids = await prisma.transcript.findMany({
    where: { accountId, callId },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  for (const { id } of ids) {
    signal.throwIfAborted();
    // one at a time: the talk of hours is long
    const transcript = await prisma.transcript.findUnique({
      where: { accountId_id: { accountId, id } },
      select: {
        ...{ recordingId: true, state: true, language: true, createdAt: true, finishedAt: true },
        segments: {
          orderBy: { n: 'asc' },
          select: {
            ...{ speaker: true, startMs: true, endMs: true, text: true },
            hits: { select: { keyword: true, startMs: true } },
            revisions: {
              where: READABLE_REVISIONS,
              orderBy: { editedAt: 'asc' },
              select: { before: true, after: true, editedAt: true },
            },
          },
        },
        insights: {
          select: {
            ...{ engine: true, at: true },
            insights: {
              select: {
                ...{ kind: true, text: true, subject: true, leadScore: true, items: true },
                generatedAt: true,
                tasks: {
                  orderBy: { position: 'asc' },
                  select: { text: true, owner: true, due: true, dueOn: true, doneAt: true },
                },
              },
            },
          },
        },
      },
    });
    if (!transcript) continue;
    const { recordingId, insights, ...said } = transcript;
    yield {
      ...{ recordingId: encodeGlobalId('Recording', recordingId), ...said },
      insights: insights.flatMap(({ insights: drawn, engine }) =>
        drawn.map((insight) => ({ engine, ...insight })),
      ),
    };
  }
}
