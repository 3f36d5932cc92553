// One look at the wire: what a verb sends, and what it makes of the answer.
import type { Carrier } from '#platform/carrier/index.ts';

export interface Look {
  ask(carrier: Carrier): Promise<unknown>;
  /** method, path below /v2 and query */
  sends: string;
  answer: object;
  /** a second request, where one does not tell all */
  afterwards?: { sends: string; answer: object };
  gives: unknown;
}
