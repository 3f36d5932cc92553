// What a person makes of an insight: rates it, corrects it, hides it. Whoever does has reviewed it (L25).
import { audit, authorize } from '#domains/accounts/index.ts';
import { announceChange } from '#domains/calls/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { correctInsight } from './correct-insight.ts';
import { type InsightPatch, insightPatch } from './insight-patch.ts';
import { refuseReplaced } from './last-run.ts';
import { writeInsight } from './store-insights.ts';

/**
 * Reviews an insight of a call, with call.updated (insights).
 * @returns the insight's id
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, WRONG_STATE (another was drawn since)
 */
export async function updateInsight(
  slice: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: InsightPatch,
): Promise<string> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  const { insightId: id, expectedVersion, ...patch } = parseInput(insightPatch, request);
  const { db, events, clock } = slice;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const where = { accountId_id: { accountId, id } };
    const of = {
      run: {
        select: { transcript: { select: { call: { select: { id: true, companyId: true } } } } },
      },
    };
    const seen = await tx.insight.findUnique({ where, select: of });
    const call = seen?.run.transcript.call;
    if (!call || !seesCompany(viewer, call.companyId)) throw notFound('insightId', 'Insight');
    await events.lock(tx, accountId, [`call:${call.id}`]);
    const row = await tx.insight.findUnique({ where });
    if (!row) throw notFound('insightId', 'Insight');
    await refuseReplaced(tx, { accountId, insightId: id }, 'insightId');
    if (expectedVersion != null && expectedVersion !== row.version) {
      throw versionConflict(row.version);
    }
    const text = patch.text ?? row.text;
    const reviewedBy = nameActor(viewer.actor);
    const corrected = await correctInsight(tx, row, patch, reviewedBy);
    const subject = corrected.subject ?? row.subject;
    const written = await writeInsight(tx, accountId, id, {
      ...corrected,
      text,
      edited: row.edited || text !== row.text || subject !== row.subject,
      hidden: patch.hidden ?? row.hidden,
      rating: patch.rating === undefined ? row.rating : patch.rating,
      ...{ reviewedBy, reviewedAt: clock.now(accountId) },
    });
    const told = (of: typeof row) => ({
      ...{ version: of.version, edited: of.edited, hidden: of.hidden, rating: of.rating },
      ...{ leadScore: of.leadScore, removedSignals: of.removedSignals },
    });
    await audit(tx, viewer, clock, {
      action: 'updateInsight',
      subject: `insight:${id}`,
      before: told(row),
      after: told(written),
    });
    const { id: callId, companyId } = call;
    await announceChange(tx, slice, { accountId, callId, companyId }, ['insights']);
    return id;
  });
}
