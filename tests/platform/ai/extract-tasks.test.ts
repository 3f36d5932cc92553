// What is left to do: by whose words, for whom to do, and until when; each rule with what it must let alone.
import { describe, expect, it } from 'vitest';
import { extractTasks } from '#platform/ai/extract-tasks.ts';
import type { Turn } from '#platform/ai/index.ts';
import { cutSentences } from '#platform/ai/sentences.ts';

const SPEAKERS = { A: 'AGENT', C: 'CALLER', U: 'UNKNOWN' } as const;
const tasksOf = (...lines: string[]) => {
  const turns = lines.map((line, n): Turn => {
    const speaker = SPEAKERS[line[0] as keyof typeof SPEAKERS];
    return { n, speaker, startMs: n * 1_000, text: line.slice(3) };
  });
  return extractTasks(cutSentences(turns))?.findings ?? [];
};
const told = (...lines: string[]) =>
  tasksOf(...lines).map(({ owner, due }) => (due ? `${owner} ${due}` : owner));

describe('a promise is a task', () => {
  it.each([
    [
      'A: Let me get with my boss and he’ll call you back within the hour',
      'BUSINESS within the hour',
    ],
    ['A: I’ll see you Friday and I’ll send you the contract tonight', 'BUSINESS tonight'],
    ['A: I’m gonna email you that estimate tonight', 'BUSINESS tonight'],
    ['A: We’re gonna send somebody out today', 'BUSINESS today'],
    ['A: Mr. Ruiz will email you the contract by Friday.', 'BUSINESS by Friday'],
    ['A: I’ll have Dr. Shah call you back tomorrow at nine.', 'BUSINESS tomorrow at nine'],
    ['A: I’ll tell Lin', 'BUSINESS'],
    ['A: Okay we’ll refund your card', 'BUSINESS'],
    ['A: You’ll see a refund on the card', 'BUSINESS'],
    ['A: It’ll be mailed to you on the 14th', 'BUSINESS on the 14th'],
    ['A: Let me text you some times when I get back', 'BUSINESS'],
    ['C: My sister’s going to pick up the keys on Monday', 'CUSTOMER on Monday'],
    ['C: Greg will drop it off tomorrow', 'CUSTOMER tomorrow'],
    ['C: Let me ask my wife and call you back', 'CUSTOMER'],
    ['C: I’ll need you to send it by noon', 'BUSINESS by noon'],
    ['A: Your husband will bring the key then', 'CUSTOMER'],
    ['U: I’ll call you tomorrow', 'BUSINESS tomorrow'],
  ])('%s', (line, task) => expect(told(line)).toEqual([task]));
});

describe('no task is', () => {
  it.each([
    ['A: Alright it’s ninety five to come out and then we’ll go from there'],
    ['A: I’ll see you Friday at ten'],
    ['C: We’ll never order from you again'],
    ['C: I don’t think we’ll come after all'],
    ['C: I was ready to close my account I’ll tell you that'],
    ['A: I’ll check right now'],
    ['A: I understand I’ll make sure of it'],
    ['A: Please hold for a moment'],
    ['A: Please call us if you change your mind'],
    ['A: Do you need to bring him today'],
    ['A: The part will be here on Thursday'],
  ])('%s', (line) => expect(told(line)).toEqual([]));
});

describe('a request is a task of whom it is made to', () => {
  it.each([
    ['A: Please bring your insurance card on Thursday', 'CUSTOMER on Thursday'],
    ['A: You’ll need to call your bank and have them release it.', 'CUSTOMER'],
    ['A: Just make sure to fill it up', 'CUSTOMER'],
    ['A: Can you send me a picture of the leak tonight?', 'CUSTOMER tonight'],
    ['A: Email us a picture of it', 'CUSTOMER'],
    ['A: I’m gonna need you to send us the form', 'CUSTOMER'],
    ['C: Will you send me the invoice today?', 'BUSINESS today'],
    ['C: I need you to send me a copy of the report by noon.', 'BUSINESS by noon'],
    ['C: I’d like you to call me back this afternoon', 'BUSINESS this afternoon'],
    ['C: You’ll send me the invoice, right?', 'BUSINESS'],
    ['C: Save me a couple if you can', 'BUSINESS'],
  ])('%s', (line, task) => expect(told(line)).toEqual([task]));

  it('unless the other side says no', () => {
    expect(told('C: Can you send somebody today?', 'A: No we are booked solid.')).toEqual([]);
    expect(told('A: Can you send me a picture?', 'C: No I don’t have one.')).toEqual([]);
  });
});

describe('an offer is a task', () => {
  it('once it is taken', () => {
    expect(told('A: I can text you the link', 'C: Yeah do that.')).toEqual(['BUSINESS']);
    expect(told('A: Do you want me to email it tonight?', 'C: Sure please.')).toEqual([
      'BUSINESS tonight',
    ]);
    expect(told('C: I could send some pictures', 'A: That would be great.')).toEqual(['CUSTOMER']);
  });
  it('and none where it is not, or where it hangs on an if', () => {
    expect(told('A: I can text you the link', 'C: How far out are you?')).toEqual([]);
    expect(told('A: I can text you the link', 'C: No that’s okay.')).toEqual([]);
    expect(told('A: If you come in I can call the doctor', 'C: Okay when is she there?')).toEqual(
      [],
    );
  });
});

describe('until when is told by the words of the promise', () => {
  it.each([
    ['I’ll call you back by the end of the day', 'by the end of the day'],
    ['I’ll send it by end of business tomorrow', 'by end of business tomorrow'],
    ['I’ll get back to you after the weekend', 'after the weekend'],
    ['I’ll email you the quote next week Tuesday', 'next week Tuesday'],
    ['He’ll call you in a day or two', 'in a day or two'],
    ['They’ll call you in three to five business days', 'in three to five business days'],
    ['We’ll call you back at 2:30 p.m. on Friday.', 'at 2:30 p.m. on Friday'],
    ['By Friday, I’ll send it', 'By Friday'],
    ['Okay Friday at five then and I’ll tell her', null],
    ['Somebody will call you the day before to confirm', 'the day before'],
    ['We’ll swing by ten houses on your street', null],
    ['We’ll come to the office at 12 Elm Street', null],
    [
      'I’m going to order the part it should be here Thursday and we’ll call you when it comes in',
      null,
    ],
  ])('%s', (line, due) => expect(tasksOf(`A: ${line}`).map((one) => one.due)).toEqual([due]));
});
