// The town with calls that were written down, as the transcripts' own job stores them.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
  drawInsightsHandler,
  drawInsightsRemotelyHandler,
} from '#domains/intelligence/insights/draw-insights.ts';
import type { Drawing } from '#domains/intelligence/jobs.ts';
import { spotKeywordsHandler } from '#domains/intelligence/keywords/spotting/spot-keywords.ts';
import { REDACTION_VERSION } from '#domains/transcripts/redaction/rules/redact-classes.ts';
import { type Assist, createExtractive, type InsightProvider } from '#platform/ai/index.ts';
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';

const MS_PER_WORD = 400;
const SPEAKERS = { C: 'CALLER', A: 'AGENT', U: 'UNKNOWN' } as const;

/** Opens the library. Call it at the top of a test file. */
export async function openLibrary() {
  const town = await openTown();
  const { prisma } = town.db;

  /** An account with two companies, and the API as its viewers are answered. */
  const settle = async () => {
    const people = await town.settle();
    const run = (
      source: string,
      variables: Record<string, unknown>,
      viewer = people.viewer,
      platform: object = town,
    ) => runOperation(schema, source, variables, { platform, viewer });
    return { ...people, run };
  };

  /** A call with a transcript of these lines: "C: …" the caller, "A: …" the agent, "U: …" one channel for both. */
  const write = async (
    { accountId, companyId }: { accountId: string; companyId: string },
    lines: readonly string[],
    language = 'en',
  ) => {
    const [callId, recordingId, transcriptId] = [randomUUID(), randomUUID(), randomUUID()];
    const at = town.clock.now(accountId);
    const { redactionClasses } = await prisma.company.findUniqueOrThrow({
      where: { accountId_id: { accountId, id: companyId } },
      select: { redactionClasses: true },
    });
    const interaction = { accountId, id: callId, companyId, occurredAt: at };
    await prisma.interaction.create({ data: { ...interaction, kind: 'CALL' } });
    await prisma.call.create({
      data: {
        accountId,
        id: callId,
        companyId,
        direction: 'INBOUND',
        state: 'ENDED',
        to: '+14155550100',
        carrierSessionId: callId,
        startedAt: at,
        firstCall: true,
        priorCalls: 0,
        machine: {},
      },
    });
    await prisma.recording.create({
      data: {
        ...{ accountId, id: recordingId, callId, companyId },
        kind: 'CALL',
        state: 'READY',
        startedAt: at,
      },
    });
    await prisma.transcript.create({
      data: {
        accountId,
        id: transcriptId,
        callId,
        recordingId,
        state: 'READY',
        language,
        ...{ redactionVersion: REDACTION_VERSION, redactionClasses },
        createdAt: at,
      },
    });
    let clockMs = 0;
    const segments = lines.map((line, n) => {
      const [, speaker = 'U', text = ''] = /^([CAU]): (.*)$/.exec(line) ?? [];
      const startMs = clockMs;
      const words = text
        .split(/\s+/)
        .filter(Boolean)
        .map((word, i) => ({
          text: word,
          startMs: startMs + i * MS_PER_WORD,
          endMs: startMs + (i + 1) * MS_PER_WORD,
        }));
      clockMs += words.length * MS_PER_WORD;
      return {
        accountId,
        transcriptId,
        n,
        speaker: SPEAKERS[speaker as keyof typeof SPEAKERS],
        startMs,
        endMs: clockMs,
        text,
        words,
      };
    });
    await prisma.transcriptSegment.createMany({ data: segments });
    return { accountId, callId, transcriptId, recordingId };
  };

  const once = { id: 'try', attempt: 1, signal: new AbortController().signal };
  return {
    ...town,
    settle,
    write,
    /** One run of the job that looks for keywords. */
    spot: (
      {
        accountId,
        transcriptId,
        isPast = false,
      }: { accountId: string; transcriptId: string; isPast?: boolean },
      slice: Parameters<typeof spotKeywordsHandler>[0] = town,
    ) => spotKeywordsHandler(slice).run({ accountId, transcriptId, isPast }, once),
    /** One run of the job that draws insights, and of the one that it sends on. */
    draw: async (
      { accountId, transcriptId, isPast, wasAssisted, askedAt, replaceReviewed }: Drawing,
      insights: InsightProvider = createExtractive(),
      assist: Assist | null = null,
      signal = once.signal,
    ) => {
      const sentOn: Drawing[] = [];
      const jobs = {
        enqueue: async (_tx: unknown, _job: unknown, one: Drawing) => sentOn.push(one),
      };
      const slice = { ...town, insights, assist, jobs: jobs as never };
      const job = { ...once, signal };
      const drawing = { accountId, transcriptId, isPast, wasAssisted, askedAt, replaceReviewed };
      const outcome = await drawInsightsHandler(slice).run(drawing, job);
      const [remote] = sentOn;
      expect(outcome === 'sent on').toBe(remote !== undefined);
      return remote ? drawInsightsRemotelyHandler(slice).run(remote, job) : outcome;
    },
    /** The job's last try has failed. */
    giveUpDrawing: (
      { accountId, transcriptId, isPast, wasAssisted, askedAt }: Drawing,
      assist: Assist | null = null,
      insights: InsightProvider = createExtractive(),
    ) =>
      drawInsightsRemotelyHandler({
        ...{ ...town, jobs: {} as never },
        ...{ insights, assist },
      }).giveUp?.({ accountId, transcriptId, isPast, wasAssisted, askedAt }, null),
  };
}
