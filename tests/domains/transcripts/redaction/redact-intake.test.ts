// The answers to questions for different numbers are no card together, as long as they are in sum.
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (lines: readonly string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);

it.each([
  [['B: Date of birth?', 'A: 04/11/1962.', 'B: And your zip?', 'A: 78745.']],
  [["B: What's your order number?", 'A: 7712443.', 'B: And the billing zip?', 'A: 78745.']],
  [["A: order's 7712443, zip 78745."]],
  [
    [
      ...['B: House number?', 'A: 4417.', 'B: When was it built?', 'A: Nineteen seventy eight.'],
      ...['B: How many square feet?', 'A: Twenty two forty.'],
    ],
  ],
  [['B: Mileage?', 'A: 88,213', 'B: Year?', 'A: 2014', 'B: Last four of the VIN?', 'A: 4352']],
  [
    [
      "B: What's the house number?",
      'A: 4417',
      'B: And the unit?',
      'A: 1204',
      'B: And the gate code?',
      'A: 2210',
    ],
  ],
  [["B: What's the model?", 'A: 2210', 'B: Serial?', 'A: 88213345']],
  [['B: Policy number?', 'A: 8834 2210 67.', 'B: claim number?', 'A: 22 11894.']],
  [['B: Invoice number?', 'A: 20231187', 'B: and the amount?', 'A: 3412 dollars']],
])('%j stays', (lines) => {
  expect(read(lines)).toEqual(lines.map((line) => line.slice(3)));
});

it.each([
  [['B: First four?', 'A: 4532', 'B: Second four?', 'A: 1188', 'B: Third?', 'A: 2210']],
  [['B: How many digits do you have?', 'A: 4532 1188', 'B: how many more', 'A: 2210 7709']],
])('the groups of one card that are asked for one by one go: %j', (lines) => {
  expect(read(lines).join(' ')).not.toMatch(/\d/);
});
