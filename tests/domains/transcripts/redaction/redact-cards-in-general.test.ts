// "Do you take cards?", and then a card that hearing damaged: it goes, and where anything else follows that stays. "|" ends a turn,
// and what is secret stands in braces.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const WITH_A_CARD = [
  'A: Can you take my card? | B: Okay, go ahead whenever you are ready. | A: It is {4242 4242 424}.',
  'A: Could you take my card now? | B: Sure, one second. Okay. | A: {four two four two four two four two four two four}',
  'A: Will you take my credit card over the phone? | B: Yes we will. | A: Alright. {4716 2290}. Um. Levin {seventy five}. {6308}. | B: And when does it expire? | A: {oh four twenty seven}.',
  'A: Do you take credit cards? | B: We sure do. | A: Okay. {4716 229 oh} let me see, Levin {seventy five 6308}.',
  'A: Do you take Visa? | B: Yes, go ahead with it. | A: {4532 11}, sorry, {88 22}. | B: Okay. | A: {10 77 09}.',
  'B: We accept all major credit cards, go ahead. | A: {5105 10 51} um {05}.',
  'B: We take Visa and Mastercard, what have you got? | A: A Visa. {4024 0071} at {19 22}.',
  "B: I don't have a card on file for you. | A: Oh. {3714 49635 39}.",
  "B: We don't have your card on file yet. | A: Okay, {4111 11} it cut out {1111 11}.",
  'B: Would that be check or credit card? | A: Credit. | B: Okay, go ahead. | A: {6011 00 099} huh {0 13}.',
  "B: Did you want to do cash or card? | A: The second. | B: Whenever you're ready. | A: {five five five five three four one two four four}.",
  "B: We take a card for the deposit. | A: That's fine. {4000 12} um {34 56}.",
  "A: Do you guys accept American Express? | B: Yes we do. What's the number? | A: {3782 822} is it {463}. | B: Go on. | A: {1 0005}.",
  "A: Do you take credit cards over the phone? | B: We do. | A: Great. Let me get my wallet. | B: Take your time. | A: Okay it's {4929 17} and {68 30}. | B: Mhm. | A: {41 22}.",
  "A: Do you take debit cards? | B: Yes. | A: So it's {four seven one six} then {two two nine} then {eleven seventy five}.",
  'B: We only accept Visa and Mastercard. | A: Okay that works. {4539 5787 63}.',
  'A: Do you all take Discover card? | B: We do, read it to me. | A: {6011 5} something {77 09 1}.',
  "A: I heard you don't take American Express. | B: Right, but everything else. | A: Then it is {4485 0 402} I can't read it {971}.",
  "B: You can pay by check or card when he comes. | A: I'd rather do it now. {4916 338} wait {506 0820}.",
  'A: I had my card stolen, so here is the new one. | B: Okay. | A: {5425 23} um {34 3010}.',
  'A: I lost my card last week but they sent me another. | B: Ready when you are. | A: {four oh one two eight eight} beard {eight eight eight eight}.',
  'B: Do you have a card you want to use? We take all of them. | A: Yes. {3530 1113 33}.',
  "A: Do you take cards? | B: Yes, there's a three percent fee. | A: That's fine. | B: Alright, I'm ready. | A: {4917 61} heaven {00 00}.",
  'A: Do you accept credit cards? | B: Uh huh. Visa, Mastercard, Amex. | A: {2223 00 31} what {22}. | B: And the expiration? | A: {oh nine twenty eight}.',
  'A: Do you still take debit? | B: Any debit or credit card, yes. | A: {5019 71} bath {70 10}.',
  'A: So do you take a credit card for that? | B: I can take it right now. | A: Perfect, {forty two forty two, forty two forty two, forty two}.',
  'A: Do they take cards? | B: They do but you pay me. | A: Okay so {4556 7375 868}.',
  "B: You don't need a card to book but you may leave one. | A: I'll leave one. It's {4024 0071 0}.",
  'B: Cash or card? | A: I only have plastic. | B: Then give me the number. | A: {4147 20} all {94 8}.',
  'A: Do you take Mastercard? | B: We do. | A: Hold on let me grab my purse. | B: Okay. | A: {5412} um {75} like {1234}. | B: Keep going. | A: {5678}.',
  "A: Do you take my kind of card, it's American Express? | B: Yes. | A: {3714 4963} and five.",
  "B: We don't accept debit cards. | A: That's credit. {4508 034} ate {508 03}.",
  'A: Do you take cards over the phone? | B: Sure, what are the numbers? | A: {4 9 1 6} tea {1 2 7} nigh {0 2}.',
  'B: Did you want to use a check or a card? | A: This one. {5500 0000 00} hmm.',
  'B: We accept credit cards for that, read me what it says. | A: {3566 00} tooth {20 20}.',
  'A: Do you take credit? | B: We take credit cards, yes. | A: {four four eight five, three two one oh, nine nine}.',
  'A: Do you take Visa? | B: Of course. | A: Okay ready? | B: Yep. | A: {4 8 2 0, 1 1 9 3, 7 7}.',
  "B: We won't take a card until he is done, or I can do it now. | A: Now is good. {4716 91} a hen {92 66}.",
  "B: They don't need your card, I do. | A: Right. {5187 2}, um, {330}, and {41 7}.",
  'A: Do you take all credit cards? | B: All of them. | A: Charge it then, {6011 1111 17}. | B: And the code? | A: {three one nine}.',
];

const WITHOUT = [
  'A: Do you take cards? | B: Yes we do. | A: Great, I live at 2217 Elm, zip 78745, and it was 412 dollars.',
  "A: Do you take credit cards? | B: We do. What's the address? | A: 1450 Maple Street, apartment 12.",
  "A: Do you take Visa? | B: Yes. What's a good phone number for you? | A: 512 555 0173.",
  'A: Do you accept American Express? | B: We do. How much was the quote? | A: 1250 with the part, 980 without.',
  "B: We take Visa and Mastercard. | A: Okay. My number is 415 555 0198 and I'm at 1204 Maple.",
  'A: Do you take credit cards? | B: Yes, and can I get a call back number? | A: Five one two, five five five, oh one four two.',
  'A: Do you guys take cards? | B: Yes. The service call is 89 dollars and each hour is 145.',
  'B: We accept all major credit cards. | A: And what time tomorrow? | B: Between 10 and 12, or at 230.',
  'A: Do you take debit cards? | B: We do. And the zip? | A: 60614.',
  "B: You don't need a card to book. | A: Good. It's 3310 Oak, unit 1204.",
  'A: Do you take cards? | B: Yes. Go ahead and give me your address. | A: 4471 County Road 2210.',
  'A: Do you take credit cards? | B: Yes. Let me go ahead and get you on the schedule. Would 930 work? | A: Make it 1015.',
  "A: Do you take Mastercard? | B: Sure. Go ahead and spell your last name. | A: It's like the street, 1400 block.",
  'B: We only take cash or check or card. | A: Okay. I have 350 in cash and the rest is 425.',
  'A: I had my card stolen. | B: Sorry. The office is at 2400 South First, suite 125.',
  'A: Do you take credit cards? | B: We do. The order number? | A: 77120.',
  "A: Do you take credit cards? | B: We do. What's the model number? | A: 58412 and it's 36 by 48.",
  'A: Do they take cards? | B: Yes. It was built in 1998 and remodeled in 2014.',
  'A: Do you take Discover? | B: Oh yes, we do. | A: And the square footage is 2400, lot is 8500.',
  "B: Cash or card is fine. | A: He'll be there at 2 30 at 1120 Pine.",
  'A: Do you take cards? | B: We do. What year is the car? | A: 2015, with 84000 miles.',
  "A: Do you take credit cards? | B: Yes ma'am. Your phone? | A: It's 555 0142, area code 512.",
  'A: Do you take Amex? | B: American Express and Visa, yes. | A: Then send the bill to 905 Birch, 78704.',
  "A: I don't have a credit card, can I pay by check? | B: That's fine, it's 3 percent less. | A: Okay I'm at 6610 Lamar.",
  'A: Do you take cards? | B: Yes. Did you get the invoice? | A: Invoice number 48213377.',
  'A: Do you accept credit cards? | B: Yes. What was the tracking number? | A: The tracking number is 940011189922.',
  'A: Do you take credit cards? | B: Yes and what is your date of birth? | A: 03/14/1984.',
  "A: Do you take Visa? | B: We do. I'm going to go ahead and book it. | A: At 1145. I'm in unit 2204.",
  "A: Do you take credit cards? | B: Yes. | A: Awesome. My husband's cell is 737-555-0161, mine is 737-555-0162.",
  'B: We take all cards. | A: Your ad said 1999 for the unit and 450 for labor.',
  "A: Do you take cards? | B: We do. What's the reading on the meter? | A: 48213, last month it was 47990.",
  "A: Do you still take debit cards? | B: Yep. | A: Okay, it's 7 rooms, 1800 square feet, about 12 years old.",
  "A: Do you take credit cards? | B: Sure do. What's the best number? | A: 5125550177.",
  "B: Check or card? | A: Check. It's check number 1187. | B: Thanks. | A: And I'm at 2030 Cedar.",
  'A: Do you accept cards? | B: We do, call the office at 1 800 555 0133 to set it up.',
  "A: Do you take cards? | B: Yes. When you're ready, tell me the VIN. | A: It ends in 35209.",
  "A: Do you take cards? | B: Yes. | A: And the fee was 25, 30, or 35 dollars? | B: It's 35. We open at 730.",
  "B: We don't take American Express. | A: That's okay. I'm the one at 1509 Willow, the claim is 8831204.",
  "A: Do you take cards? | B: Yes, okay go ahead, what's going on? | A: My heater from 2009 is at 1400 Dale and it's 55 in here.",
  "A: Do you take credit cards? | B: Yes we do. Do you have a pen? It's 1200 for the first, 1500 for the second, 1800 for the third.",
];

const A_NUMBER =
  /\d|\b(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b/;
const turnsOf = (told: string) => told.split(' | ');
const segmentsOf = (told: string) => talk(...turnsOf(told.replaceAll(/[{}]/g, '')));

/** Where each secret word stands that carries a number. */
function secretsOf(told: string): string[] {
  const segments = segmentsOf(told);
  let isInside = false;
  return turnsOf(told).flatMap((turn, n) =>
    turn
      .slice(3)
      .split(' ')
      .flatMap((word, at) => {
        isInside ||= word.includes('{');
        const isSecret = isInside && A_NUMBER.test(word);
        if (word.includes('}')) isInside = false;
        const { channel, words } = segments[n] ?? { channel: 0, words: [] };
        return isSecret ? [`${channel} ${words[at]?.startMs}`] : [];
      }),
  );
}

describe('behind talk of cards in general', () => {
  it.each(WITH_A_CARD)('a card goes: %s', (told) => {
    const { segments } = redactTranscript(segmentsOf(told));
    const left = segments.flatMap(({ channel, words }) =>
      words
        .filter(({ text }) => !text.startsWith('['))
        .map(({ startMs }) => `${channel} ${startMs}`),
    );
    expect(secretsOf(told).length).toBeGreaterThan(0);
    expect(left.filter((word) => secretsOf(told).includes(word))).toEqual([]);
    expect(redactTranscript(segments).segments).toEqual(segments);
  });

  it.each(WITHOUT)('all stays: %s', (told) => {
    const segments = segmentsOf(told);
    expect(redactTranscript(segments).segments).toEqual(segments);
  });
});
