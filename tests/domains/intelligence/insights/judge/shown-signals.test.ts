// Whether the words that a model brings for a signal can show it. Any words of a talk stand in it; few of them book anything.
import { describe, expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';
import type { Signal } from '#platform/ai/index.ts';

const keeps = (
  signal: Signal,
  said: string,
  { quote = said, isModel = true, language = 'en' } = {},
) => {
  const segments = [{ n: 1, text: said, speaker: 'AGENT' }];
  const finding = { text: '', n: 1, quote, score: null, signal };
  const { keep } = openJudge({ segments, business: 'Acme', language });
  return keep(finding, 'SIGNALS', { isModel }) !== null;
};

describe.each(['APPOINTMENT_BOOKED', 'APPOINTMENT_MOVED'] as const)('%s', (signal) => {
  it.each([
    'Tuesday at nine is perfect.',
    'You are all set.',
    "Okay, I've got you down.",
    'Perfect, see you then.',
    "He's on his way.",
    'That works for me.',
    'The visit is confirmed.',
    "I've moved it for you.",
    'Please book the appointment for tomorrow.',
    'No problem, Tuesday at nine.',
    "I can't do Tuesday, but Wednesday at two is good.",
    'I have you down for Tuesday at nine, is that right?',
    'So you have me down for Tuesday?',
    'No, Tuesday works.',
  ])('is shown by "%s"', (said) => {
    expect(keeps(signal, said)).toBe(true);
  });

  it.each([
    'My dishwasher is leaking.',
    'And it smells of gas in the kitchen.',
    'Thanks for calling, how can I help?',
    'A new one is about two thousand dollars.',
    'You have a great rest of your life.',
    'No, we are full on Tuesday, and we do not serve your area.',
    'Can you come on Tuesday for my sink?',
    'Would Tuesday at two work?',
    'I want to book an appointment, please.',
    'We have no openings on Tuesday.',
    'We are booked solid until Friday.',
    'If Tuesday works I will call you.',
  ])('is not shown by "%s"', (said) => {
    expect(keeps(signal, said)).toBe(false);
  });
});

describe('SALE_MADE', () => {
  it.each(["I'll take it.", 'Your payment went through.', "Okay, let's do it. How do I sign?"])(
    'is shown by "%s"',
    (said) => {
      expect(keeps('SALE_MADE', said)).toBe(true);
    },
  );

  it.each([
    ["I'll take it, how much with tax?", "I'll take it"],
    ["I'll take two of them, okay?", "I'll take two of them, okay?"],
    ['Yes, sign me up, what do you need from me?', 'sign me up'],
    ['I charged the card, and the order number is 12, all right?', 'the order number is 12'],
    ["You're all signed up, anything else?", "You're all signed up, anything else?"],
  ])('is shown by "%s", though it asks at its end', (said, clause) => {
    expect(keeps('SALE_MADE', said)).toBe(true);
    expect(keeps('SALE_MADE', said, { quote: clause })).toBe(true);
    expect(keeps('SALE_MADE', said, { quote: said.slice(said.lastIndexOf(',') + 2) })).toBe(false);
  });

  it.each([
    'Can I use my card?',
    'Okay, should I charge the card, or not?',
    'So next month you will charge my card, right?',
    "I'll take it, if you have it in blue?",
    "If I'm good, I'll take it, okay?",
    'You did not charge my card, or did you?',
    'Okay, I will call somebody else.',
    'That is too expensive, I will look elsewhere.',
    'No, we do not serve your area.',
  ])('is not shown by "%s"', (said) => {
    expect(keeps('SALE_MADE', said)).toBe(false);
  });

  it('is not shown by a question, with its mark or without', () => {
    const said = 'Thank you. And the big one, is that around nine hundred?';
    expect(keeps('SALE_MADE', said, { quote: 'the big one, is that around nine hundred?' })).toBe(
      false,
    );
    expect(keeps('SALE_MADE', said, { quote: 'is that around nine hundred' })).toBe(false);
    expect(keeps('SALE_MADE', said, { quote: 'Thank you.' })).toBe(true);
  });
});

it('words of rules, and of other languages, are left as they are', () => {
  expect(keeps('APPOINTMENT_BOOKED', 'Yes please.', { isModel: false })).toBe(true);
  expect(keeps('APPOINTMENT_BOOKED', 'Nos vemos el martes.', { language: 'es' })).toBe(true);
});
