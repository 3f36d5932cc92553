// What a model is asked about a lead's whole history: what is kept of it, and nothing else is paid for.
import { expect, it } from 'vitest';
import { READING } from '../insights/assist-desk.ts';
import { openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const { server } = desk;

it('a history is asked about for neither a mail nor coaching, also the second time', async () => {
  const { calls, draw, shown, says } = await desk.settleLead();
  await calls();
  const lie = { text: 'They hate it.', n: 1, quote: 'I hate all of it' };
  says({ json: { ...READING, summary: Array(4).fill(lie), signals: [], tasks: [] } });
  expect(await draw()).toBe('drawn');
  expect(server.asked).toHaveLength(2);
  for (const { body } of server.asked) {
    const question = JSON.stringify(body);
    expect(question).toContain('leadScore');
    expect(question).not.toMatch(/followUp|e-?mail|coaching|criteri|rubric/i);
  }
  // nor is either taken of a server that gives them all the same
  expect(Object.keys(await shown())).toEqual(['SENTIMENT', 'LEAD_SCORE']);
});

it('a call is asked about for both', async () => {
  const { write, says } = await desk.settleLead();
  says({ json: READING });
  await desk.draw(await write());
  const question = JSON.stringify(server.asked[0]?.body);
  for (const asked of ['coaching', 'CRITERIA_FENCE', 'followUpEmail', 'the e-mail in that']) {
    expect(question).toContain(asked);
  }
});
