// Signals and tasks by rules: only what somebody said in so many words, and nothing for what was not agreed.
import { describe, expect, it } from 'vitest';
import { extractSignals } from '#platform/ai/extract-signals.ts';
import { extractTasks } from '#platform/ai/extract-tasks.ts';
import type { Turn } from '#platform/ai/index.ts';
import { cutSentences } from '#platform/ai/sentences.ts';

const SPEAKERS = { C: 'CALLER', A: 'AGENT', U: 'UNKNOWN' } as const;
const sentences = (...lines: string[]) =>
  cutSentences(
    lines.map((line, n): Turn => {
      const speaker = SPEAKERS[line.charAt(0) as keyof typeof SPEAKERS];
      return { n, speaker, startMs: n * 1_000, text: line.slice(3) };
    }),
  );
const signals = (...lines: string[]) =>
  extractSignals(sentences(...lines))?.findings.map(({ signal }) => signal) ?? [];
const tasks = (...lines: string[]) =>
  extractTasks(sentences(...lines))?.findings.map(({ text, owner, due }) => [text, owner, due]) ??
  [];

describe('signals', () => {
  it.each([
    [
      ['C: I want to book an appointment.', 'A: You are all set for Monday.'],
      ['APPOINTMENT_REQUESTED', 'APPOINTMENT_BOOKED'],
    ],
    [
      ['C: I want to book an appointment.', 'A: I am sorry, we have nothing left.'],
      ['APPOINTMENT_REQUESTED'],
    ],
    [['C: I do not want an appointment.'], ['APPOINTMENT_DECLINED']],
    [['C: Am I booked?', 'A: No, you are not booked for a visit.'], []],
    [['C: You are all set for the appointment.'], []],
    [['A: You are all set, goodbye.'], []],
    [['U: The appointment is confirmed.'], ['APPOINTMENT_BOOKED']],
    [['C: I need to reschedule my appointment.'], ['APPOINTMENT_MOVED']],
    [['C: Please cancel my appointment.'], ['APPOINTMENT_DECLINED']],
    [['A: Thank you for your order.'], ['SALE_MADE']],
    [['C: That is too expensive for me.'], ['SALE_LOST']],
    [['A: The weather is fine today.'], []],
  ])('of %j are %j', (lines, found) => {
    expect(signals(...lines)).toEqual(found);
  });

  it('bring the sentence that says them', () => {
    const [one] =
      extractSignals(sentences('A: Hi.', 'C: Fine. I will take it. Bye.'))?.findings ?? [];
    expect(one).toMatchObject({ n: 1, quote: 'I will take it.', text: 'Sale made' });
  });
});

describe('tasks', () => {
  it('are promises and requests, in the words of the talk', () => {
    expect(
      tasks(
        'A: We will text you when the technician is on the way tomorrow at 9:30.',
        'C: I will send you a picture by Friday.',
        'C: Can you send me a quote first?',
        'A: Can you send me your address?',
        'A: I will hold on while you look.',
        'C: The sink leaks, and nobody will come.',
        'A: See you on Monday, we will come at noon.',
      ),
    ).toEqual([
      [
        'We will text you when the technician is on the way tomorrow at 9:30.',
        'BUSINESS',
        'tomorrow at 9:30',
      ],
      ['I will send you a picture by Friday.', 'CUSTOMER', 'by Friday'],
      ['Can you send me a quote first?', 'BUSINESS', null],
      ['See you on Monday, we will come at noon.', 'BUSINESS', 'at noon'],
    ]);
  });

  it.each([
    'A: We will not be able to come out tomorrow.',
    'A: We’ll never send anybody there again.',
    'A: He will unfortunately be unable to call you back.',
    'A: We are going to no longer repair those.',
    "A: I don't think we will come out before Friday.",
    'C: I will never order again.',
    'C: I will most certainly not pay for that.',
  ])('are not what somebody refuses: %j', (line) => {
    expect(tasks(line)).toEqual([]);
  });

  it.each([
    'A: We will not come today, but we will call you back.',
    'A: I think we will come out before Friday, not after.',
  ])('are what somebody promises beside what they refuse: %j', (line) => {
    expect(tasks(line)).toHaveLength(1);
  });

  it.each([
    ['C: Your technician told me he will call me with a quote.', 'BUSINESS'],
    ["C: They'll have to bring a longer ladder.", 'BUSINESS'],
    ["C: She's going to need to come around to the side door.", 'BUSINESS'],
    ['C: So somebody will call me back on Friday.', 'BUSINESS'],
    ["C: I'll need you to send the invoice to my office.", 'BUSINESS'],
    ["C: I'll be waiting for the man to call.", 'BUSINESS'],
    ["C: I'll send a picture of the pump.", 'CUSTOMER'],
    ['C: We are going to pay it on Friday.', 'CUSTOMER'],
    ["C: My husband said he'll drop the check at your desk.", 'CUSTOMER'],
    ['C: My daughter is at home all day. She will call you when it is clear.', 'CUSTOMER'],
    ["C: They'll be there at two, and I'll pay them then.", 'CUSTOMER'],
    ["A: He'll call you tomorrow morning about it.", 'BUSINESS'],
    ["A: I'll need you to send me two photos of it.", 'CUSTOMER'],
    ["A: I'll have him call you in the morning.", 'BUSINESS'],
  ])('belong to who is to do them: %j', (line, owner) => {
    expect(tasks(line).map(([, who]) => who)).toEqual([owner]);
  });

  it.each([
    ["A: I'll call you back in half an hour.", 'in half an hour'],
    ['A: We will mail it by June fourth.', 'by June fourth'],
    ["A: She'll ring you at two thirty.", 'at two thirty'],
    ["A: We'll reach out within three days.", 'within three days'],
    ['A: He will swing by tomorrow at four.', 'tomorrow at four'],
    ["A: We'll send it for about nine hundred dollars.", null],
    ["A: I'll check at two hundred other places.", null],
    ["A: We'll fix it at 12 Elm Street.", null],
    ["A: We'll fix it at twelve elm street.", null],
    ["A: He'll bring it by 5 Main tomorrow.", 'tomorrow'],
    ["A: We'll bring it tomorrow at 5 Main.", 'tomorrow'],
    ["A: He'll come at 45 in the back.", null],
    ["A: He'll come at 5 PM on the dot.", 'at 5 PM'],
    ["A: He'll come at 12:30 Eastern.", 'at 12:30'],
    ["A: He'll call at 10 Monday.", 'at 10 Monday'],
  ])('are due when it is said: %j', (line, due) => {
    expect(tasks(line).map(([, , when]) => when)).toEqual([due]);
  });

  it('are looked for in no time in a sentence of many commas', () => {
    const line = `A: We will ${'just, '.repeat(300)}call you.`;
    expect(tasks(line)).toHaveLength(1);
  });

  it('are none where nobody promised anything', () => {
    expect(tasks('C: My sink leaks a lot today.', 'A: Have you called before?')).toEqual([]);
  });
});
