// What a summary says of its sentences: why the call was made by whoever made it, what came of it, what it costs; and what
// is no sentence of one.
import { describe, expect, it } from 'vitest';
import { createExtractive, type Turn } from '#platform/ai/index.ts';

async function summaryOf(...lines: string[]) {
  const turns = lines.map((line, n): Turn => {
    const speaker = line.startsWith('A') ? 'AGENT' : 'CALLER';
    return { n, speaker, startMs: n * 4_000, text: line.slice(3) };
  });
  const conversation = { turns, language: 'en', business: 'Harbor', rubric: [] };
  const [summary] = await createExtractive().write(conversation);
  return new Map(summary?.findings.map(({ text, quote }) => [text, quote]));
}

describe('why the call was made', () => {
  it('is told in the caller’s first turns, whatever is needed later', async () => {
    const told = await summaryOf(
      'A: Harbor movers this is Renee.',
      'C: Hi I have got three heavy boxes and a piano to move across town in May',
      'A: Okay that is a big one. Do you have stairs at the old place',
      'C: There are no stairs at all. I need to get off the phone in a minute',
    );
    expect(told.get('Why they called')).toMatch(/piano/);
    expect([...told.values()].join(' ')).not.toMatch(/Renee/);
  });

  it('is told by the business where the business calls', async () => {
    const told = await summaryOf(
      'A: Hey Mr. Stone this is Bill with Harbor exteriors I was just following up on the siding bid',
      'C: Yeah hey Bill. I have been meaning to call you about that',
      'A: No problem. Did you have any questions on it so far',
      'C: No it was a nice bid and we will look at it next month',
    );
    expect(told.get('Why they called')).toMatch(/following up/);
  });
});

describe('an appointment', () => {
  const OPENING = [
    'A: Harbor ski area good morning.',
    'C: Hey are the lifts running tomorrow or is it too windy up there',
  ];
  it('is none because a day is told', async () => {
    const told = await summaryOf(
      ...OPENING,
      'A: They are running and on Saturday they run at night too',
      'C: Nice thank you that is all I wanted to know',
    );
    expect(told.has('Appointment')).toBe(false);
    expect(told.get('When')).toMatch(/Saturday/);
  });

  it('is told where one was made, and so is another outcome', async () => {
    const told = await summaryOf(
      'A: Harbor dental this is Tasha.',
      'C: Hi I have a cleaning with you on Thursday and my car broke down',
      'A: Oh no do you want me to put you in for another day',
      'C: No thank you please just cancel my appointment.',
      'A: Okay I have cancelled your appointment on Thursday.',
    );
    expect([...told.keys()]).toContain('Appointment called off');
    expect(told.has('Appointment')).toBe(false);
  });
});

it.each([
  ['Okay it’s a hundred and ten for a standard lock', true],
  ['That’d be one twenty for the two with the ceramic', true],
  ['We have five fifteen on Saturday or eight forty five', false],
])('a price is seen in words: %s', async (said, isPrice) => {
  const told = await summaryOf(
    'A: All hours Harbor lock and key',
    'C: Yeah I just locked myself out of the apartment on Alder street',
    `A: ${said}`,
    'C: Okay let me think about it and call you back',
  );
  expect(told.get('Price')).toBe(isPrice ? said : undefined);
});

it('answers to who or where somebody is are no sentences of it', async () => {
  const told = await summaryOf(
    'A: Harbor lock and key.',
    'C: Yeah I locked myself out of the apartment and it is raining',
    'A: Okay what is the cross street over there',
    'C: It is Ninth and Alder the brick building',
    'A: I have a guy about twenty minutes from you',
  );
  expect([...told.values()].join(' ')).not.toMatch(/Alder/);
});
