// What a rule of signals is made of. Rules name ways of speaking (a verb in its forms, an agent who confirms, a spelling that
// recognition writes), never a sentence that somebody happened to say.
import type { Signal } from './port.ts';

/** How one signal is said. */
export interface SignalRule {
  signal: Signal;
  /** whose words count; on one channel nobody is told apart, and everybody's do */
  by: 'CALLER' | 'AGENT' | 'ANY';
  says: RegExp;
  /** where sentences that match speak of something else */
  except?: RegExp;
  /** whether a "not" in front of it takes it away; else it is part of the words, as in "not interested" */
  isPlain: boolean;
  /** whether a question says it too */
  asks: boolean;
  /**
   * Whether it is about an appointment only where the talk is, or where it tells a time; REQUEST: only after somebody asked
   * for one, or for another; MEETING: only where one, and nothing else, was spoken of last; EXISTING: only where one is
   * there already; GIVEN_UP: only after a customer told that it cannot be kept.
   */
  needsTopic: boolean | 'REQUEST' | 'MEETING' | 'EXISTING' | 'GIVEN_UP';
}
