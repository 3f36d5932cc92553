// The many ways in which one thing is said, and what sounds like it and is not: what is denied, supposed, offered, asked,
// or said of something else.
import { describe, expect, it } from 'vitest';
import { extractSignals } from '#platform/ai/extract-signals.ts';
import { cutSentences } from '#platform/ai/sentences.ts';

const SPEAKERS = { C: 'CALLER', A: 'AGENT', U: 'UNKNOWN' } as const;
const signals = (...lines: string[]) => {
  const turns = lines.map((line, n) => {
    const speaker = SPEAKERS[line.charAt(0) as keyof typeof SPEAKERS];
    return { n, speaker, startMs: n * 1_000, text: line.slice(3) };
  });
  return extractSignals(cutSentences(turns))?.findings.map(({ signal }) => signal) ?? [];
};

describe.each([
  [
    'APPOINTMENT_BOOKED',
    [
      "A: Alright, I've got you down for Tuesday.",
      'A: No problem, we have you in at 8:30.',
      "A: I'm putting you on the schedule for the 14th.",
      'A: You are penciled in for Wednesday afternoon.',
      'A: Your all set for tomorrow at two.',
      'A: You are book for nine.',
      'A: Let me get you in for the morning.',
      'A: We just reserved your consultation.',
      'A: The inspection has been scheduled.',
      'A: She booked him for noon.',
    ],
    [
      'A: Shall I put you down for Tuesday?',
      'A: I can put you down for Tuesday.',
      'A: If you come early, we have you in at 8:30.',
      'A: You are booked for nine once the deposit is here.',
      'A: I am afraid you are not on the schedule for Monday.',
      'A: I have you on the waiting list for Monday.',
      'A: You are all set, have a good one.',
      'A: He will have it on Monday.',
      'C: You are booked for nine.',
      'A: Are you booked for Monday?',
    ],
  ],
  [
    'APPOINTMENT_REQUESTED',
    [
      'C: How soon could a technician get here?',
      'C: What time can I come in tomorrow?',
      'C: Do you have any openings on Monday?',
      "C: I'd like a consultation.",
      'C: Could you squeeze me in this week?',
      'C: Can you send somebody out?',
      'C: Would you be able to schedule me for Friday.',
      'C: Is there an opening this afternoon?',
      'C: I need someone to come and look at the boiler.',
      "C: I'm calling to see if you can fit us in on Saturday.",
      'C: Could you move a piano for us on Saturday?',
      'C: Can someone come out, the sooner the better?',
      'C: I need to get a brake check.',
    ],
    [
      'C: I already had an appointment.',
      'C: If I wanted to book an appointment, what would it cost?',
      'C: I do not need to schedule a visit.',
      'C: I want to cancel my appointment.',
      'C: Could I come in on a different day?',
      'C: When will you send the invoice?',
      'C: What time do you close?',
      'A: Would you like to make an appointment?',
      'C: Do you have it in blue?',
      'C: I want to confirm my appointment.',
      'C: Did you get my check?',
      'C: I want my refund check.',
      'C: Did you get a chance to look at it?',
      'C: Can you move me to Thursday?',
    ],
  ],
  [
    'APPOINTMENT_MOVED',
    [
      'C: Can we push it back to Thursday?',
      'A: I changed your visit to the 3rd.',
      'C: I have to postpone my session.',
      'A: We moved it to next week.',
    ],
    [
      'C: We moved it to the basement.',
      'C: I do not want to reschedule.',
      'C: Can you change the filter on Thursday?',
      'A: If we moved it to Friday you would lose the discount.',
      'C: Can you move it on Saturday?',
      'A: Would you like to reschedule?',
      "C: I'll call you back to reschedule.",
    ],
  ],
  [
    'APPOINTMENT_DECLINED',
    [
      'C: I have canceled my booking.',
      'C: We no longer need the inspection.',
      "C: I won't be keeping my appointment.",
      'C: Let us call off the visit.',
    ],
    [
      'C: Please do not cancel my appointment.',
      'C: You cancelled my appointment.',
      'C: What happens if I cancel it?',
      'A: Do you want me to cancel the booking?',
      'C: I need an appointment.',
    ],
  ],
  [
    'SALE_MADE',
    [
      "C: Fine, we'll go with that one.",
      'C: We decided to buy the blue one.',
      'A: Your card was approved.',
      'A: I just placed your order.',
      'A: We have received your payment.',
    ],
    [
      "C: I'll take the morning slot.",
      "C: I won't take it.",
      "C: If it is cheaper, I'll take it.",
      'A: Your payment was not approved.',
      'C: I will take the bus.',
      'A: Has your order been placed?',
    ],
  ],
  [
    'SALE_LOST',
    [
      'C: We went with a different company.',
      "C: I can't afford that right now.",
      'C: It is over our budget.',
      'C: We are no longer interested.',
      'C: I found a better price.',
      'C: We decided against it.',
    ],
    [
      'C: That is not too expensive.',
      'C: I did not go with another company.',
      'C: Is it too expensive to fix?',
      'C: If it is too expensive I will call again.',
      "C: I'll pass it on to my wife.",
      'C: I am interested.',
    ],
  ],
] as const)('%s', (signal, said, other) => {
  it.each(said)('is what is said in "%s"', (line) => {
    expect(signals(line)).toContain(signal);
  });

  it.each(other)('is not what is said in "%s"', (line) => {
    expect(signals(line)).not.toContain(signal);
  });
});

it('an answer that repeats itself is read to its end', () => {
  const said = ['We can come Thursday at two?', `${'put her in for '.repeat(200)}sale`];
  const turns = said.map((text, n) => ({ n, startMs: n, text }));
  const [offer, answer] = turns as [(typeof turns)[0], (typeof turns)[0]];
  const sentences = cutSentences([
    { ...offer, speaker: 'AGENT' },
    { ...answer, speaker: 'CALLER' },
  ]);
  // by a pattern that reads "in for" in two ways it would take longer than anybody lives
  expect(extractSignals(sentences)?.findings.map(({ signal }) => signal)).toEqual([
    'APPOINTMENT_REQUESTED',
  ]);
});
