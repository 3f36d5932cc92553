// More of a talk is hidden while it is being read: what the reader then answers is not kept, and the next try reads what is
// left.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scanTalk } from '#domains/intelligence/keywords/spotting/scan-talk.ts';
import { settleScans } from '#domains/intelligence/keywords/spotting/settle-scans.ts';
import { readyTranscript } from '#domains/transcripts/index.ts';
import { createExtractive, type InsightProvider } from '#platform/ai/index.ts';
import { openSpottingDesk } from './keywords/spotting-desk.ts';
import { drawLead } from './lead-insights/draw-lead.ts';

const desk = await openSpottingDesk();
const { prisma } = desk.db;
const LINES = [
  'A: Thank you for calling Harbor Plumbing, how can I help you today?',
  'C: I have a leak under my kitchen sink and I am worried about my asthma.',
  'A: I am sorry to hear that. We can come tomorrow morning and the service call is $89.',
  'C: Please book the appointment for tomorrow, that is great help.',
];
const reader = createExtractive();

async function settle() {
  const people = await desk.settle();
  const one = await desk.write(people, LINES);
  const { accountId, transcriptId } = one;
  const hide = async () => {
    await prisma.transcriptSegment.update({
      where: { accountId_transcriptId_n: { accountId, transcriptId, n: 1 } },
      data: { text: 'I have a leak under my kitchen sink and I am worried about my [MEDICAL].' },
    });
    await prisma.transcript.update({
      where: { accountId_id: { accountId, id: transcriptId } },
      data: { version: { increment: 1 } },
    });
  };
  let isHidden = false;
  const slow: InsightProvider = {
    ...reader,
    write: async (...asked) => {
      const answer = await reader.write(...asked);
      if (!isHidden) await hide();
      isHidden = true;
      return answer;
    },
  };
  return { ...people, one, hide, slow };
}

it('an insight', async () => {
  const { one, slow } = await settle();
  await expect(desk.draw(one, slow)).rejects.toThrow('meanwhile');
  expect(await prisma.insightRun.count({ where: { transcriptId: one.transcriptId } })).toBe(0);
  expect(await desk.draw(one, slow)).toBe('drawn');
  const kept = await prisma.insight.findMany({ where: { accountId: one.accountId } });
  expect(JSON.stringify(kept)).not.toContain('asthma');
});

it('a keyword', async () => {
  const { one, hide, set } = await settle();
  const { accountId, transcriptId } = one;
  const wanted = await set([{ text: 'asthma' }]);
  const transcript = await readyTranscript(desk.db, accountId, transcriptId);
  if (!transcript) throw new Error('The transcript is there.');
  const scans = await scanTalk([wanted], transcript.segments);
  await hide();
  await expect(settleScans(desk, accountId, transcript, scans, 'TALK')).rejects.toThrow(
    'meanwhile',
  );
  expect(await desk.spot(one)).toBe('nothing-spotted');
  expect(await prisma.keywordHit.count({ where: { accountId } })).toBe(0);
});

it('an insight of the whole lead', async () => {
  const { one, slow, companyId } = await settle();
  const { accountId, callId } = one;
  const leadId = randomUUID();
  const createdAt = desk.clock.now(accountId);
  await prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
  await prisma.interaction.updateMany({ where: { id: callId }, data: { leadId } });
  const draw = () => drawLead(desk, { accountId, leadId }, null, slow);
  await expect(draw()).rejects.toThrow('while it was read');
  expect(await prisma.leadClaim.count({ where: { accountId } })).toBe(0);
  expect(await draw()).toBe('drawn');
  const kept = await prisma.leadClaim.findMany({ where: { accountId } });
  expect(JSON.stringify(kept)).not.toContain('asthma');
});
