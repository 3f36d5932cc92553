// Collecting keypad digits, as a pure machine: limits, terminating key, valid keys, tries.

export interface GatherDigits {
  readonly minimum: number;
  readonly maximum: number;
  readonly terminator: string;
  readonly valid: string;
  readonly triesLeft: number;
  readonly digits: string;
  readonly timeoutMs: number;
  readonly interDigitMs: number;
}

export type GatherInput =
  | { type: 'digit'; digit: string }
  | { type: 'pause' }
  | { type: 'timeout' };
export type GatherStep =
  | { next: 'wait'; gather: GatherDigits }
  /** this try failed and another one is left: prompt again */
  | { next: 'retry'; gather: GatherDigits }
  | { next: 'end'; gather: GatherDigits; status: 'valid' | 'invalid' | 'timeout' };

/**
 * Takes the collection one step further.
 * @param input a key, a pause longer than the inter-digit limit, or the end of the whole time allowed
 */
export function stepGather(gather: GatherDigits, input: GatherInput): GatherStep {
  const enough = gather.digits.length >= gather.minimum;
  if (input.type === 'timeout') {
    return enough ? { next: 'end', gather, status: 'valid' } : failTry(gather, 'timeout');
  }
  if (input.type === 'pause')
    return enough ? { next: 'end', gather, status: 'valid' } : failTry(gather, 'invalid');
  if (input.digit === gather.terminator) {
    return enough ? { next: 'end', gather, status: 'valid' } : failTry(gather, 'invalid');
  }
  const longer = { ...gather, digits: gather.digits + input.digit };
  if (!gather.valid.includes(input.digit)) return failTry(longer, 'invalid');
  if (longer.digits.length >= gather.maximum)
    return { next: 'end', gather: longer, status: 'valid' };
  return { next: 'wait', gather: longer };
}

function failTry(gather: GatherDigits, status: 'invalid' | 'timeout'): GatherStep {
  if (gather.triesLeft <= 1) return { next: 'end', gather, status };
  return { next: 'retry', gather: { ...gather, digits: '', triesLeft: gather.triesLeft - 1 } };
}
