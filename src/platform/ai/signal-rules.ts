// All rules of signals.

import { BOOKED_TOO, REQUESTED_TOO, WILL_COME } from './appointment-idioms.ts';
import { BOOKED, REQUESTED } from './appointment-rules.ts';
import { DECLINED_TOO, STAY_AWAY, TAKEN_OFF } from './change-idioms.ts';
import { CALLED_OFF, DECLINED, MOVED, MOVED_IT } from './change-rules.ts';
import { BUYS, LEAVES, SELLS } from './sale-idioms.ts';
import { SALE_LOST, SALE_MADE, TAKEN } from './sale-rules.ts';
import type { SignalRule } from './signal-rule.ts';

/** In the order of the port's list; a signal is said by any of its rules. */
export const SIGNAL_RULES: readonly SignalRule[] = [
  ...[BOOKED, BOOKED_TOO, WILL_COME],
  ...[REQUESTED, REQUESTED_TOO],
  ...[MOVED, MOVED_IT],
  ...[DECLINED, CALLED_OFF, DECLINED_TOO, STAY_AWAY, TAKEN_OFF],
  ...[TAKEN, SALE_MADE, BUYS, SELLS],
  ...[SALE_LOST, LEAVES],
];
