// A number that was told in words which redaction does not know may stand in a talk: no language model is shown it.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';
import { LINES } from '../insights/insight-desk.ts';
import { drawLead } from '../lead-insights/draw-lead.ts';

const desk = await openAssistDesk();
const { prisma } = desk.db;

const settle = async () => {
  const people = await desk.settle();
  await people.agree();
  desk.server.answers({ json: READING });
  return { ...people, wasAsked: () => desk.server.asked.length > 0 };
};

it.each([
  ['pl', false],
  ['es-MX', true],
  ['en', true],
])('a talk in %s goes there: %s', async (language, goes) => {
  const { write, wasAsked, told } = await settle();
  const one = await write(LINES, language);
  expect(await desk.draw(one)).toBe(goes ? 'drawn' : 'LANGUAGE_UNSUPPORTED');
  expect(wasAsked()).toBe(goes);
  const reason = goes ? {} : { reason: 'LANGUAGE_UNSUPPORTED' };
  expect(await told(`call:${one.callId}`)).toMatchObject([{ payload: reason }]);
});

it.each([
  [LINES, true],
  [LINES.map((line) => `${line.slice(0, 3)}Dzień dobry, cztery pięć`), false],
])(
  'one whose language nobody told goes there where both sides read as English',
  async (lines, goes) => {
    const { write, wasAsked } = await settle();
    const one = await write(lines);
    const told = {
      language: null,
      languageSource: 'NOT_TOLD',
      engine: 'openai',
      model: 'whisper-1',
    };
    await prisma.transcript.updateMany({ where: { id: one.transcriptId }, data: told as never });
    await desk.draw(one);
    expect(wasAsked()).toBe(goes);
  },
);

it.each([
  ['pl', null, false],
  ['fr', null, true],
  ['fr', 'pl', false],
])(
  'a lead with a call in %s of a company that declares %s: %s',
  async (language, speechLanguage, goes) => {
    const { write, wasAsked, accountId, companyId } = await settle();
    await prisma.company.updateMany({
      where: { accountId, id: companyId },
      data: { speechLanguage },
    });
    const leadId = randomUUID();
    const createdAt = desk.clock.now(accountId);
    await prisma.lead.create({ data: { accountId, id: leadId, companyId, createdAt } });
    for (const spoken of ['en', language]) {
      const { callId } = await write(LINES, spoken);
      await prisma.interaction.updateMany({ where: { id: callId }, data: { leadId } });
    }
    await drawLead(desk, { accountId, leadId }, desk.open());
    expect(wasAsked()).toBe(goes);
  },
);
