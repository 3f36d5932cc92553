// A lead of a company whose model is a local server, with calls and texts in its history, through the schema.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { LeadDrawing } from '#domains/intelligence/jobs.ts';
import { drawLeadInsightsRemotelyHandler } from '#domains/intelligence/lead-insights/draw-lead-insights.ts';
import { type Assist, createExtractive } from '#platform/ai/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';
import { drawLead } from './draw-lead.ts';

const INSIGHT = `id version kind text engine leadScore drawnLeadScore removedSignals rating hidden edited
  correctedBy { kind } reviewedBy { kind } reviewedAt items { text quote signal }`;
const LEAD = `query($id: ID!) { node(id: $id) { ... on Lead { version insights { ${INSIGHT} } } } }`;
const FAILURE = 'query($id: ID!) { node(id: $id) { ... on Lead { insightsFailure } } }';
const NODE = `query($id: ID!) { node(id: $id) { ... on LeadInsight { lead { id } ${INSIGHT} } } }`;
const ASK = `mutation($input: DrawLeadInsightsInput!) { drawLeadInsights(input: $input) { lead { id }
  userErrors { code message ... on PolicyRefusal { limit current retryAt } } } }`;
const REVIEW = `mutation($input: UpdateInsightInput!) { updateInsight(input: $input) {
  insight { id } leadInsight { ${INSIGHT} } userErrors { code field } } }`;

/** What the model says of a history that tells nothing else. */
export const NOTHING = {
  ...{ ...READING, summary: [], sentiment: [], signals: [], leadScore: null, tasks: [] },
  ...{ coaching: [], followUpEmail: null },
};

let numbers = 1_730;

/** Opens the desk. Call it at the top of a test file. */
export async function openLeadDesk() {
  const desk = await openAssistDesk();
  const { prisma } = desk.db;
  const settleLead = async () => {
    const people = await desk.settle();
    await people.agree();
    const { accountId, companyId, viewer, run } = people;
    const leadId = randomUUID();
    const createdAt = desk.clock.now(accountId);
    await prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
    const id = encodeGlobalId('Lead', leadId);
    const drawOf = (payload: LeadDrawing, assist: Assist | null = desk.open()) =>
      drawLead(desk, payload, assist);
    const draw = (withModel = true, of = leadId) =>
      drawOf({ accountId, leadId: of }, withModel ? desk.open() : null);
    /** The job's last try has failed. */
    const giveUp = (payload: LeadDrawing) => {
      const slice = { ...desk, jobs: {} as never, insights: createExtractive() };
      const remote = drawLeadInsightsRemotelyHandler({ ...slice, assist: desk.open() });
      return remote.giveUp?.(payload, null);
    };
    /** Asks to have it read, a minute later; the answer. */
    const ask = async (
      env: Record<string, string> = {},
      queued: LeadDrawing[] = [],
      more: object = {},
    ) => {
      desk.clock.advance(60_000);
      const jobs = {
        enqueue: async (...[, , payload]: [unknown, unknown, LeadDrawing]) => queued.push(payload),
      };
      const asking = { ...desk, jobs, config: desk.server.config(env) };
      return (await run(ASK, { input: { leadId: id, ...more } }, viewer, asking)).data
        .drawLeadInsights;
    };
    /** The same, and the job that it makes: it is granted. */
    const asked = async (input: object = {}): Promise<LeadDrawing> => {
      const queued: LeadDrawing[] = [];
      expect((await ask({}, queued, input)).userErrors).toEqual([]);
      desk.clock.advance(1_000);
      return queued[0] as LeadDrawing;
    };
    /** What is told of a model that drew nothing. */
    const failure = async (as?: Viewer) =>
      (await run(FAILURE, { id }, as)).data.node.insightsFailure;
    /** The insights of the lead by their kinds. */
    const shown = async (as?: Viewer) => {
      const { insights } = (await run(LEAD, { id }, as)).data.node;
      return Object.fromEntries(insights.map((one: { kind: string }) => [one.kind, one]));
    };
    const node = async (insightId: string, as?: Viewer) =>
      (await run(NODE, { id: insightId }, as)).data.node;
    /** Reviews one; what it is then, or why not. */
    const review = async (input: object, as?: Viewer) => {
      const { data, errors } = await run(REVIEW, { input }, as);
      if (errors) return errors[0].extensions.code;
      const { insight, leadInsight, userErrors } = data.updateInsight;
      expect(insight).toBeNull();
      return leadInsight ?? userErrors[0];
    };
    /** A call of theirs, one after the other. */
    const calls = async (lines?: string[], language?: string) => {
      desk.clock.advance(60_000);
      const one = await people.write(lines, language);
      await prisma.interaction.updateMany({ where: { id: one.callId }, data: { leadId } });
      return one;
    };
    /** A conversation by text that they begin. */
    const texts = async (...said: string[]) => {
      desk.clock.advance(60_000);
      const conversationId = randomUUID();
      const at = desk.clock.now(accountId);
      await prisma.interaction.create({
        data: {
          ...{ accountId, id: conversationId, companyId, leadId, kind: 'CONVERSATION' },
          occurredAt: at,
        },
      });
      const ownNumber = '+14155550171';
      await prisma.conversation.create({
        data: {
          ...{ accountId, id: conversationId, companyId, customerNumber: `+1415555${numbers++}` },
          ...{ firstNumber: ownNumber, currentNumber: ownNumber, startedBy: 'INBOUND' },
          lastMessageAt: at,
        },
      });
      await prisma.message.createMany({
        data: said.map((text, n) => ({
          ...{ accountId, id: randomUUID(), conversationId, text, ownNumber, state: 'RECEIVED' },
          ...{ direction: n % 2 === 0 ? ('INBOUND' as const) : ('OUTBOUND' as const) },
          ...{ at: new Date(at.getTime() + n), createdAt: at },
        })) as never,
      });
      return conversationId;
    };
    /** The viewer with these scopes alone. */
    const reads = (...scopes: string[]) => ({ ...viewer, scopes }) as unknown as Viewer;
    const of = { ...people, leadId, shown, node, review };
    const work = { draw, drawOf, giveUp, ask, asked, failure };
    return { ...of, ...work, calls, texts, reads, says: desk.server.answers };
  };
  return { ...desk, settleLead };
}
