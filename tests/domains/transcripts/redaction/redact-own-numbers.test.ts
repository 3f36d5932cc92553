// Numbers that are as long as a card together, or alone, and are told as what they are.
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);

it.each([
  'Your last bills were 112.40 and 118.22 and 97.05.',
  'The rates are 3.875, 4.125, 4.25 and 4.5 percent.',
  'Readings are 98.6, 99.1, 101.2.',
  'GPS is 30.2672 and -97.7431.',
  "I'm at 1408 County Road 2210, gate code is 4471.",
  "It's 4417 Highway 2900, mile marker 1120.",
  'I own 2210 Oak, 2214 Oak and 2218 Oak.',
  'My login is 4471 and my extension is 2210 and my desk is 1120.',
  'Units 1204, 1310 and 2207 are free.',
  'Order 114-2290471-8812003 shipped on the 14th.',
  'UPS number 1Z999AA10123456784.',
])('%s stays', (said) => expect(read(`A: ${said}`)).toEqual([said]));

it.each([
  [['A: 45.32, 11.88, 22.10, 77.09']],
  [['A: 4532.1188 and 2210.7709']],
  [['A: 98.6, 99.1, 4532 1188']],
  [['A: well 4532 something 1188 whatever 2210 really 7709']],
  [['B: Your card number?', 'A 30s: well 4532 something 1188 whatever 2210']],
  [['A: Units 4532, 1188, 2210 and 7709']],
  [['A: 1142290471 8812003']],
])('but not what may be a card: %j', (lines) => {
  expect(read(...lines).join(' ')).not.toMatch(/\d/);
});
