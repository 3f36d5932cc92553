// What a lead's whole history comes to: read over calls, texts and chats, each item beside what it rests on, and gone
// with that. Long histories are read in parts.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';
import { LINES } from '../insights/insight-desk.ts';
import { drawLead } from './draw-lead.ts';

const desk = await openAssistDesk();
const { server } = desk;
const { prisma } = desk.db;
const INSIGHTS = `query($id: ID!) { node(id: $id) { ... on Lead { version insights {
  kind text engine model leadScore dropped notice
  items { text quote occurredAt segmentId call { id } score signal owner due } } } } }`;

let people: Awaited<ReturnType<typeof desk.settle>>;
let leadId: string;
beforeEach(async () => {
  people = await desk.settle();
  const { accountId, companyId } = people;
  leadId = randomUUID();
  const createdAt = desk.clock.now(accountId);
  await prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
});

const draw = (more: Record<string, string> = {}, withModel = true) =>
  drawLead(desk, { accountId: people.accountId, leadId }, withModel ? desk.open(more) : null);
const read = async (viewer = people.viewer) =>
  (await people.run(INSIGHTS, { id: encodeGlobalId('Lead', leadId) }, viewer)).data.node;
const calls = async (lines?: string[]) => {
  // one after the other
  desk.clock.advance(60_000);
  const one = await people.write(lines);
  await prisma.interaction.updateMany({ where: { id: one.callId }, data: { leadId } });
  return one;
};
let texted = 0;
const texts = async (...said: string[]) => {
  const { accountId, companyId } = people;
  const id = randomUUID();
  const at = new Date(desk.clock.now(accountId).getTime() + 60_000);
  await prisma.interaction.create({
    data: { accountId, id, companyId, leadId, kind: 'CONVERSATION', occurredAt: at },
  });
  const numbers = { firstNumber: '+14155550161', currentNumber: '+14155550161' };
  await prisma.conversation.create({
    data: {
      ...{ accountId, id, companyId, customerNumber: `+1415555${1_620 + texted++}`, ...numbers },
      ...{ startedBy: 'INBOUND' as const, lastMessageAt: at },
    },
  });
  await prisma.message.createMany({
    data: said.map((text, n) => ({
      ...{ accountId, id: randomUUID(), conversationId: id, text, ownNumber: '+14155550161' },
      ...{ direction: n % 2 === 0 ? ('INBOUND' as const) : ('OUTBOUND' as const) },
      ...{ state: 'RECEIVED' as const, at: new Date(at.getTime() + n), createdAt: at },
    })),
  });
  return id;
};
const story = (n: number, quote: string, text = 'It is told.') => ({ text, n, quote });
const EMPTY = {
  ...{ summary: [], sentiment: [], signals: [], leadScore: null, tasks: [], coaching: [] },
  followUpEmail: null,
};

describe('the insights of a lead', () => {
  it('rest on calls and texts, in their own words, and the history is read once', async () => {
    await people.agree();
    const one = await calls();
    await texts('My card is 4111 1111 1111 1111, can you charge it?', 'Sure, we will, Ada.');
    server.answers({
      json: {
        ...READING,
        summary: [
          story(1, 'I have a leak under my kitchen sink', 'The sink leaks.'),
          story(6, 'can you charge it?', 'They want to pay by card.'),
          story(7, 'we will refund it', 'A refund.'),
        ],
      },
    });
    expect(await draw()).toBe('drawn');
    const [{ data } = { data: '' }] = server.asked;
    expect(data).toContain('<6> CALLER: My card is [CARD_NUMBER]');
    expect(data).not.toContain('4111');
    const { insights, version } = await read();
    expect(version).toBe(2);
    const [summary] = insights;
    expect(summary).toMatchObject({
      ...{ kind: 'SUMMARY', text: 'The sink leaks. They want to pay by card.', engine: 'openai' },
      ...{ dropped: 1, notice: expect.stringMatching(/review/) },
    });
    expect(summary.items).toMatchObject([
      {
        quote: 'I have a leak under my kitchen sink',
        segmentId: expect.any(String),
        call: { id: encodeGlobalId('Call', one.callId) },
      },
      { quote: 'can you charge it?', segmentId: null, call: null },
    ]);
    expect(insights.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['SUMMARY', 'SENTIMENT', 'SIGNALS', 'LEAD_SCORE', 'ACTION_PLAN'],
    ]);
    expect(await draw()).toBe('already-done');
    expect(server.asked).toHaveLength(1);
    expect(await people.told(`lead:${leadId}`)).toMatchObject([
      { type: 'lead.updated', payload: { leadId, changes: ['insights'] }, subjectVersion: 2 },
    ]);
    const noTexts = { ...people.viewer, scopes: ['leads:read', 'calls:read', 'transcripts:read'] };
    expect((await read(noTexts as never)).insights[0].text).toBe('The sink leaks.');
    const noWords = { ...people.viewer, scopes: ['leads:read'] };
    expect((await read(noWords as never)).insights).toBeNull();
  });

  it('tell nothing of a conversation by the words of another one, so each goes with its own', async () => {
    await people.agree();
    const one = await calls();
    await calls(['A: It will be $75 for you, Bob Miller, as we said.', 'C: That is fine with me.']);
    server.answers({
      json: {
        ...EMPTY,
        summary: [
          story(1, 'I have a leak under my kitchen sink', 'Bob Miller has a leak.'),
          story(1, 'I have a leak under my kitchen sink', 'A leak for $75.'),
          story(2, 'The service call is $89', 'It costs $89.'),
          story(6, 'It will be $75 for you', 'It costs $75.'),
        ],
      },
    });
    await draw();
    expect((await read()).insights[0].text).toBe('It costs $89. It costs $75.');
    await prisma.transcript.delete({
      where: { accountId_id: { accountId: people.accountId, id: one.transcriptId } },
    });
    expect((await read()).insights[0].text).toBe('It costs $75.');
    expect(await prisma.leadClaim.count({ where: { accountId: people.accountId } })).toBe(1);
    await prisma.interaction.updateMany({
      where: { accountId: people.accountId },
      data: { leadId: null },
    });
    expect((await read()).insights).toEqual([]);
  });

  it('come by the rules of this server without a model, and where a company did not agree', async () => {
    await calls();
    await texts('Please call me tomorrow about the quote.', 'We will call you tomorrow at 9:30.');
    server.answers({ json: READING });
    expect(await draw()).toBe('drawn');
    expect(server.asked).toEqual([]);
    const { insights } = await read();
    expect(insights.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['SUMMARY', 'SENTIMENT', 'SIGNALS', 'ACTION_PLAN'],
    ]);
    expect(insights[0].engine).toBe('extractive');
    const plan = insights[3].items.map(({ quote }: { quote: string }) => quote);
    expect(plan).toContain('We will call you tomorrow at 9:30.');
    expect(await draw({}, false)).toBe('already-done');
    await texts('One more thing to tell you about the sink, please call me.');
    expect(await draw()).toBe('drawn');
  });

  it('are paid for once where the model fails, and never give way to older ones', async () => {
    await people.agree();
    await calls();
    server.answers({ status: 401 });
    expect(await draw()).toBe('drawn');
    expect(await draw()).toBe('already-done');
    expect(server.asked).toHaveLength(1);
    await texts('One more thing to tell you about the sink, please call me.');
    let newer: unknown;
    server.answers(async () => {
      // while the model reads, a later history is read by the rules
      desk.clock.advance(60_000);
      await texts('And one more thing to tell you, please call me about the floor as well.');
      await people.agree(false);
      newer = await draw();
      return { json: READING };
    });
    expect(await draw()).toBe('already-done');
    expect(newer).toBe('drawn');
    expect((await read()).insights[0].engine).toBe('extractive');
  });

  it('are none of a lead that is gone, or is being erased', async () => {
    await calls();
    await prisma.lead.updateMany({
      where: { id: leadId },
      data: { erasingSince: desk.clock.now('') },
    });
    expect(await draw()).toBe('gone');
  });
});

describe('a history that is too long for one request', () => {
  it('is read in parts that each fit, and the whole from their passages', async () => {
    await people.agree();
    const filler = 'A: We talk about the weather and the garden for a good while here. '.repeat(20);
    const lines = [
      ...LINES.slice(0, 3),
      ...Array.from({ length: 12 }, () => filler),
      'C: Please book the appointment for tomorrow.',
    ];
    const one = await calls(lines);
    expect(one).toBeTruthy();
    server.answers(({ system, data }) => {
      if (!system.includes('one part of a long talk')) {
        const n = Number(/<(\d+)> CALLER: Please book/.exec(data)?.[1]);
        return {
          json: {
            ...EMPTY,
            summary: [story(n, 'Please book the appointment for tomorrow.', 'They booked.')],
          },
        };
      }
      const notes = [...data.matchAll(/<(\d+)> CALLER: ([^\n]+)/g)].map(([, n, quote]) => ({
        ...{ n: Number(n), quote },
      }));
      return { json: { notes: [...notes, { n: 4, quote: 'we sell you a garden' }] } };
    });
    expect(await draw({ AI_INPUT_TOKENS: '1500' })).toBe('drawn');
    expect(server.asked.length).toBeGreaterThan(3);
    for (const { data } of server.asked) expect(data.length / 3.5).toBeLessThan(1_500);
    const last = server.asked.at(-1)?.data ?? '';
    expect(last).toContain('<1> CALLER: Hi there.');
    expect(last).not.toContain('garden');
    expect((await read()).insights[0].items).toMatchObject([
      { text: 'They booked.', quote: 'Please book the appointment for tomorrow.' },
    ]);
    const [row] = await people.costs();
    expect(row).toMatchObject({
      requests: server.asked.length,
      tokensIn: 900 * server.asked.length,
    });
  });
});
