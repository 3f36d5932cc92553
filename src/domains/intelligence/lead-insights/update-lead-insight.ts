// What a person makes of an insight of a lead: rates it, corrects it, hides it. Whoever does has reviewed it (L25).
import { audit, authorize } from '#domains/accounts/index.ts';
import { leadSubject } from '#domains/leads/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused, versionConflict } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { refuseOtherKinds } from '../insights/correct-insight.ts';
import { type InsightPatch, insightPatch } from '../insights/insight-patch.ts';
import { announceLeadInsights } from './announce-lead-insights.ts';
import { findLeadInsights } from './read-lead-insights.ts';
import { writeLeadInsight } from './store-lead-insights.ts';

/**
 * Reviews an insight of a lead, with lead.updated (insights).
 * @returns the insight's id
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND (also of what rests only on what the viewer may not read),
 *   VERSION_CONFLICT, WRONG_STATE (better words of somebody who may not read all that it rests on)
 */
export async function updateLeadInsight(
  slice: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  request: InsightPatch,
): Promise<string> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'leads.read');
  const { insightId: id, expectedVersion, ...patch } = parseInput(insightPatch, request);
  const { db, events, clock } = slice;
  const { accountId } = viewer;
  return db.transaction(async (tx) => {
    const [seen] = await findLeadInsights(tx, viewer, [id]);
    if (!seen) throw notFound('insightId', 'LeadInsight');
    const { leadId, companyId } = seen;
    await events.lock(tx, accountId, [leadSubject(leadId)]);
    const [row] = await findLeadInsights(tx, viewer, [id]);
    if (!row) throw notFound('insightId', 'LeadInsight');
    const { version } = row;
    if (expectedVersion != null && expectedVersion !== version) throw versionConflict(version);
    refuseOtherKinds(row.kind, patch);
    if (patch.text !== undefined && !row.isWhole) {
      throw policyRefused(
        'WRONG_STATE',
        'It rests on more than you may read: have it worded by somebody who reads all channels of the lead.',
        { field: 'text' },
      );
    }
    const by = nameActor(viewer.actor);
    const { text, leadScore, removedSignals } = patch;
    const review = {
      text: text === undefined || text === row.text ? row.typed : text,
      leadScore: leadScore ?? row.correctedScore,
      removedSignals: removedSignals ? [...new Set(removedSignals)] : row.removedSignals,
      correctedBy: leadScore || removedSignals ? by : row.correctedBy,
      hidden: patch.hidden ?? row.hidden,
      rating: patch.rating === undefined ? row.rating : patch.rating,
      ...{ reviewedBy: by, reviewedAt: clock.now(accountId) },
    };
    const next = await writeLeadInsight(tx, row, review);
    const told = (
      of: Pick<typeof review, 'hidden' | 'rating' | 'leadScore' | 'removedSignals'>,
    ) => ({
      ...{ hidden: of.hidden, rating: of.rating },
      ...{ leadScore: of.leadScore, removedSignals: of.removedSignals },
    });
    await audit(tx, viewer, clock, {
      ...{ action: 'updateInsight', subject: `leadInsight:${id}` },
      before: {
        version,
        edited: row.typed !== null,
        ...told({ ...row, leadScore: row.correctedScore }),
      },
      after: { version: next, edited: review.text !== null, ...told(review) },
    });
    await announceLeadInsights(tx, slice, { accountId, leadId, companyId });
    return id;
  });
}
