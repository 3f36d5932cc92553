// A company that lets a model read its talks: a local server of OpenAI's kind, and a reading that is true of LINES.
import { updateCompany } from '#domains/accounts/update-company.ts';
import { type InsightProvider, openAssist } from '#platform/ai/index.ts';
import { openModelServer } from '#tests/platform/ai/model-server.ts';
import { openInsightDesk } from './insight-desk.ts';

/** What a good model says of LINES (insight-desk.ts). */
export const READING = {
  summary: [
    { text: 'The kitchen sink leaks.', n: 1, quote: 'I have a leak under my kitchen sink' },
    { text: 'The service call costs $89.', n: 2, quote: 'The service call is $89' },
    { text: 'They booked for tomorrow.', n: 3, quote: 'Please book the appointment for tomorrow.' },
  ],
  sentiment: [
    { speaker: 'CALLER', score: 0.6, n: 5, quote: 'Thank you so much, that is great help.' },
  ],
  signals: [{ signal: 'APPOINTMENT_BOOKED', n: 4, quote: 'You are all set.' }],
  leadScore: {
    score: 'VERY_GOOD',
    reasons: [{ text: 'They booked at once.', n: 3, quote: 'Please book the appointment' }],
  },
  tasks: [
    {
      ...{
        text: 'Text the customer when the technician leaves.',
        owner: 'BUSINESS',
        due: 'tomorrow',
      },
      ...{ n: 4, quote: 'We will text you when the technician is on the way.' },
    },
  ],
  coaching: [
    {
      ...{ criterion: 'GREETING', met: 1, text: 'A clear greeting.' },
      ...{ n: 0, quote: 'Thank you for calling Harbor Plumbing' },
    },
  ],
  followUpEmail: {
    subject: 'Your appointment tomorrow',
    sentences: [
      { text: 'We will come tomorrow morning.', n: 2, quote: 'we can come tomorrow morning' },
      { text: 'The service call is $89.', n: 2, quote: 'The service call is $89' },
    ],
  },
};

/** Opens the desk. Call it at the top of a test file. */
export async function openAssistDesk() {
  const desk = await openInsightDesk();
  const server = await openModelServer();
  const open = (more: Record<string, string> = {}) => openAssist(server.config(more));
  const settle = async () => {
    const people = await desk.settle();
    const { viewer, companyId, accountId } = people;
    /** The company agrees, or takes that back. */
    const agree = (assist = true) => updateCompany(desk, viewer, { companyId, assist });
    /** The rows of what was asked. */
    const costs = () =>
      desk.db.prisma.modelRequest.findMany({ where: { accountId }, orderBy: { at: 'asc' } });
    return { ...people, agree, costs };
  };
  /** One run of the job with the model. */
  const draw = (
    one: Parameters<typeof desk.draw>[0],
    more: Record<string, string> = {},
    signal?: AbortSignal,
  ) => desk.draw(one, undefined, open(more), signal);
  /** The same, with these rules of this server. */
  const drawWith = (one: Parameters<typeof desk.draw>[0], rules: InsightProvider) =>
    desk.draw(one, rules, open());
  return { ...desk, server, settle, draw, drawWith, open };
}
