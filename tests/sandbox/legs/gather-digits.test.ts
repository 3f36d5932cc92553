// Collecting digits: what counts as valid, when a try fails, when it is over.
import { expect, it } from 'vitest';
import { type GatherDigits, type GatherInput, stepGather } from '#sandbox/legs/gather-digits.ts';

const GATHER: GatherDigits = {
  minimum: 2,
  maximum: 3,
  terminator: '#',
  valid: '0123456789',
  triesLeft: 2,
  digits: '',
  timeoutMs: 1000,
  interDigitMs: 500,
};
const keys = (text: string): GatherInput[] => [...text].map((digit) => ({ type: 'digit', digit }));
const PAUSE: GatherInput = { type: 'pause' };
const TIMEOUT: GatherInput = { type: 'timeout' };

const TABLE: [string, GatherInput[], string][] = [
  ['the maximum of digits ends it', keys('123'), 'end valid 123'],
  ['the terminating key ends it', keys('12#'), 'end valid 12'],
  ['a pause after enough digits ends it', [...keys('12'), PAUSE], 'end valid 12'],
  ['the time limit after enough digits ends it', [...keys('12'), TIMEOUT], 'end valid 12'],
  ['too few digits wait for more', keys('1'), 'wait 1'],
  ['a pause after too few digits costs a try', [...keys('1'), PAUSE], 'retry '],
  ['the terminating key too early costs a try', keys('1#'), 'retry '],
  ['an invalid key costs a try', keys('1*'), 'retry '],
  ['silence costs a try', [TIMEOUT], 'retry '],
  ['silence on the last try is a timeout', [TIMEOUT, TIMEOUT], 'end timeout '],
  ['an invalid key on the last try is invalid', [TIMEOUT, ...keys('*')], 'end invalid *'],
];

it.each(TABLE)('%s', (_name, inputs, outcome) => {
  let gather = GATHER;
  let last = '';
  for (const input of inputs) {
    const step = stepGather(gather, input);
    gather = step.gather;
    last = `${step.next}${step.next === 'end' ? ` ${step.status}` : ''} ${gather.digits}`;
  }
  expect(last).toBe(outcome);
});
