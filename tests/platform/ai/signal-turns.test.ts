// What one side says and the other answers: the same words come to something in one talk and to nothing in another.
import { describe, expect, it } from 'vitest';
import { extractSignals } from '#platform/ai/extract-signals.ts';
import { cutSentences } from '#platform/ai/sentences.ts';

const ASKED_AND_BOOKED = ['APPOINTMENT_REQUESTED', 'APPOINTMENT_BOOKED'];

/** Turns by turns, the customer first. */
function signals(lines: readonly string[]) {
  const turns = lines.map((text, n) => {
    const speaker = n % 2 === 0 ? ('CALLER' as const) : ('AGENT' as const);
    return { n, speaker, startMs: n * 1_000, text };
  });
  return extractSignals(cutSentences(turns))?.findings.map(({ signal }) => signal) ?? [];
}

describe('an appointment that the customer says is there', () => {
  const told = "Hi I've got a check up Tuesday at ten and his nose is running";
  it.each([
    [[told, 'Come on in then', "We'll keep it", "We'll see you Tuesday"], []],
    [[told, 'We could see him Tuesday at four', 'That works'], ASKED_AND_BOOKED],
    [[told, 'We could see him Thursday', 'That works'], ASKED_AND_BOOKED],
    [["I just want to know somebody's still coming", "They've got you for Thursday"], []],
    [['I missed my appointment', 'We could do Thursday at four', 'Works'], ASKED_AND_BOOKED],
  ])('is booked anew only at another time: %j', (lines, found) => {
    expect(signals(lines)).toEqual(found);
  });
});

describe('an offer of a time', () => {
  const need = 'My drains are backed up';
  const shop = 'Do you have any ten by tens';
  it.each([
    [[shop, "I've got two left they're one thirty nine a month", 'Perfect'], []],
    [[shop, "That's fine they'll check it in Monday", 'Great'], []],
    [[shop, 'Yes eight to four and we got six inches last night', 'Great'], []],
    [[shop, "He's in my office until Monday", 'Great'], []],
    [['I can do Friday after two', 'Two thirty', 'Perfect'], ASKED_AND_BOOKED],
    [['You could mail it Friday', 'Two thirty', 'Perfect'], []],
    [[need, 'I can get somebody to you before dark', 'Yes please'], ASKED_AND_BOOKED],
    [[need, "My truck's about ten minutes from you", 'Okay thanks'], ASKED_AND_BOOKED],
    [[need, "Our store's about ten minutes from you", 'Okay thanks'], []],
    [[need, "I've got a guy twenty minutes from you", "I'll be waiting"], ASKED_AND_BOOKED],
    [[need, 'I could do it Thursday', "That'd be awesome"], ASKED_AND_BOOKED],
    [[need, 'I could do it Thursday', "Oh you're a life saver yes"], ASKED_AND_BOOKED],
    [[need, 'We could come at seven', "That's pretty early"], []],
    [[need, 'Next Friday is okay', "Next Friday I'll bring it by"], ASKED_AND_BOOKED],
    [[need, 'Next Friday is okay', 'Next Friday I might'], []],
    [[need, 'We could do Monday at three. Do you need directions?', 'Yes'], []],
    [[need, "We could do Monday at three. What's your name?", 'Great, Jo'], ASKED_AND_BOOKED],
  ])('is taken, or was none: %j', (lines, found) => {
    expect(signals(lines)).toEqual(found);
  });
});

describe('a price', () => {
  const asked = 'What are those running';
  it.each([
    [[asked, "They're twelve fifty each", "Let's do fifteen of the brisket"], ['SALE_MADE']],
    [[asked, "They're twelve fifty each", "Let's do eleven thirty on Monday"], []],
    [[asked, "They're twelve fifty each", "I'll do that then"], []],
    [['I need two tickets', "They're twelve fifty each", "I'll do that then"], ['SALE_MADE']],
    [['Can I get eight dozen rolls', "That's forty three even", 'Yep'], ['SALE_MADE']],
    [[asked, 'Ninety five and four a mile', 'Fine just come get it'], ['SALE_MADE']],
    [[asked, 'Still one eighty each', "I'll come get it Thursday"], []],
    [['My brother does it for less', "I can't compete with that keep us in mind"], ['SALE_LOST']],
    [['My brother does it for less', "I can't beat that how about two fifty"], []],
    [[asked, "Forty and you can't beat that", 'Okay', 'Keep us in mind'], []],
  ])('sells or loses: %j', (lines, found) => {
    expect(signals(lines)).toEqual(found);
  });
});

describe('what is restated, put off or pitched', () => {
  const told = 'I have Duke coming to you on the fourteenth';
  it.each([
    [[told, "So you won't need us", "No I'm sorry"], ['APPOINTMENT_DECLINED']],
    [[told, "So you won't need us", 'No we still do'], []],
    [['How much is it', "So you won't need us", "No I'm sorry"], []],
    [['How much is it', 'Do you want me to have somebody come measure', 'Not yet'], []],
    [['I have a new menu system could I stop in and show you how it works', 'No'], []],
    [['Could you come by Monday so I can show you how it leaks', 'No'], ['APPOINTMENT_REQUESTED']],
    [['Can you look at my brakes', "I'll throw you on the calendar"], ASKED_AND_BOOKED],
    [
      ['Can you look at my brakes', 'I can see you on the calendar', 'No'],
      ['APPOINTMENT_REQUESTED'],
    ],
  ])('is told as it is meant: %j', (lines, found) => {
    expect(signals(lines)).toEqual(found);
  });
});
