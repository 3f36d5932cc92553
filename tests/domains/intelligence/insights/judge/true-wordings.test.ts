// What models write of ordinary talks, in their own words, and lies beside it: amounts, days, names and addresses.
import { describe, expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';
import type { WrittenInsight } from '#platform/ai/index.ts';

type Kind = WrittenInsight['kind'];
const TALK = [
  'C: Hi, this is Laura Benson. My water heater leaks, and I called twice already.',
  'A: Hello Laura, this is Dan at Acme Plumbing. We can come on Friday at nine in the morning.',
  'C: I live at forty two eighteen Maple Drive. What does it cost?',
  'A: The visit is eighty nine dollars, and it takes half an hour. A new heater is two and a half thousand.',
  'C: Okay, Friday works. After noon I am at work. My email is laura at example dot com.',
  'A: Great, Doctor Heater, our van, parks at noon or at ten to one. Interest is two point five percent.',
  'A: We close at five p.m. on Saturday the twenty first, and we are off next week. Mister Reed will call you tonight.',
];
const judge = openJudge({
  segments: TALK.map((line, n) => ({
    ...{ n, text: line.slice(3), speaker: line[0] === 'A' ? 'AGENT' : 'CALLER' },
  })),
  business: 'Acme Plumbing',
  profile: { hosts: ['acme.com'], numbers: [] },
});
const keeps = (text: string, n: number, kind: Kind) =>
  judge.keep({ text, n, quote: TALK[n]?.slice(3) ?? '', score: null }, kind) !== null;

describe('true', () => {
  it.each([
    [0, 'Laura Benson called because her water heater leaks.'],
    [0, 'The caller had called twice before.'],
    [0, 'Laura called today about a leaking water heater.'],
    [0, 'A customer contacted the business today regarding a leak.'],
    [0, 'The customer, Laura Benson, reports that her water heater is leaking.'],
    [1, 'Dan offered a visit on Friday at 9 AM.'],
    [1, 'Dan from Acme Plumbing can come Friday morning.'],
    [1, 'The visit is set for Friday at 9:00 in the morning.'],
    [1, 'They offered Friday at nine.'],
    [1, 'An appointment on Friday morning was offered.'],
    [2, 'She lives at 4218 Maple Drive.'],
    [2, 'The address is 4218 Maple Dr.'],
    [2, 'The caller asked about the cost.'],
    [2, 'Laura asks how much it costs.'],
    [3, 'The visit costs $89.'],
    [3, 'The visit takes 30 minutes.'],
    [3, 'The visit takes half an hour.'],
    [3, 'A new heater is $2,500.'],
    [3, 'Dan quoted 89 dollars for the visit.'],
    [3, 'The visit costs $89 and takes about half an hour.'],
    [4, 'Friday works for Laura.'],
    [4, 'The caller agreed to Friday.'],
    [4, 'She works in the afternoon.'],
    [5, 'The van parks at 12 pm.'],
    [5, 'Dr. Heater parks at noon.'],
    [5, 'The van parks at 12:50.'],
    [5, 'The interest rate is 2.5%.'],
    [6, 'They close at 5 PM on Saturday.'],
    [6, 'They close at 5 in the evening on Saturday the 21st.'],
    [6, 'They are closed next week.'],
    [6, 'Mr. Reed will call tonight.'],
    [6, 'Mr. Reed will call this evening.'],
    [6, 'They are open until 5 pm at the weekend.'],
    [0, 'The call was about a leaking water heater.'],
    [0, 'The caller needs help with a leak.'],
    [1, 'The agent proposed a time on Friday.'],
    [2, 'The caller gave their address.'],
    [3, 'The agent explained the price.'],
    [4, 'The time suits the caller.'],
    [5, 'Financing costs 2.5 percent.'],
  ])('%i: %s', (n, text) => {
    expect(keeps(text, n, 'SUMMARY')).toBe(true);
  });

  it.each([
    [1, 'Thank you for calling us today, Laura.'],
    [1, 'We will see you on Friday at 9 in the morning.'],
    [3, 'The visit takes half an hour.'],
    [1, 'More is on acme.com.'],
  ])('in a mail, %i: %s', (n, text) => {
    expect(keeps(text, n, 'FOLLOW_UP_EMAIL')).toBe(true);
  });
});

describe('false', () => {
  const KINDS: Kind[] = ['SUMMARY', 'ACTION_PLAN', 'LEAD_SCORE', 'FOLLOW_UP_EMAIL'];
  it.each([
    [1, 'The technician will come tomorrow.'],
    [1, 'The technician will come today.'],
    [1, 'The technician comes on Sunday.'],
    [1, 'The technician comes this month or next month.'],
    [1, 'The technician comes in June.'],
    [5, 'The van parks at midnight.'],
    [3, 'The visit costs twice as much as thousands of others.'],
    [3, 'The visit costs thousands of dollars.'],
    [3, 'The visit costs a couple hundred.'],
    [3, 'The visit costs a grand.'],
    [3, 'There are a dozen visits.'],
    [3, 'The visit costs ５００ dollars.'],
    [3, 'The visit costs ٥٠٠ dollars.'],
    [3, 'The new heater is triple.'],
    [1, 'Pay at evil[.]example.'],
    [1, 'Pay at evil dot example.'],
    [1, 'Pay at ｅｖｉｌ．ｅｘａｍｐｌｅ.'],
    [2, 'The house is 4219 Maple Drive.'],
  ])('%i: %s', (n, text) => {
    expect(KINDS.filter((kind) => keeps(text, n, kind))).toEqual([]);
  });
});
