// The parts that make up one sandbox carrier, handed to every verb as its first argument.
import type { Clock } from './clock.ts';
import type { Answer } from './http/router.ts';
import type { LiveLeg } from './legs/live-leg.ts';
import type { Message } from './messages/message.ts';
import type { DestinationScript } from './scripts/destination-script.ts';
import type { Fault } from './scripts/faults.ts';
import type { NumberRule } from './scripts/number-rule.ts';
import type { RegistrationRule } from './scripts/registration-rule.ts';
import type { RecipientScript } from './scripts/text-script.ts';
import type { Store } from './store.ts';
import type { ChaosProfile } from './webhooks/chaos.ts';
import type { Keys } from './webhooks/keys.ts';
import type { Outbox } from './webhooks/outbox.ts';

/** One request for a call control command, as it came in. */
export interface ReceivedCommand {
  kind: string;
  commandId: string | null;
  callControlId: string | null;
  sessionId: string | null;
  legId: string | null;
  /** the application of that leg */
  connectionId: string | null;
  /** sandbox time in ISO 8601 */
  at: string;
  /** true when an earlier command with this id had already been carried out */
  duplicate: boolean;
  /** HTTP status given; null while none was given (it hangs) */
  status: number | null;
  body: object;
}

/** The answer to a command that was carried out, kept for whoever repeats its command_id. */
interface CarriedCommand {
  answer: Promise<Answer>;
  /** network time in ms */
  atMs: number;
}

export interface Carrier {
  readonly clock: Clock;
  readonly store: Store;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly seed: number;
  readonly apiKey: string;
  readonly numberOrderDelaySeconds: number;
  readonly requestsPerSecond: number;
  readonly legs: Map<string, LiveLeg>;
  /** order in which sessions began, for repeatable chaos */
  readonly sessions: Map<string, { ordinal: number; legs: number }>;
  readonly destinations: Map<string, DestinationScript>;
  readonly commands: ReceivedCommand[];
  /** by kind, call and command_id */
  readonly carried: Map<string, CarriedCommand>;
  /** texts, ours and people's, oldest first */
  readonly messages: Map<string, Message>;
  /** how many texts there have been */
  messageCount: number;
  /** files of people's texts, by id */
  readonly media: Map<string, { bytes: Buffer; contentType: string | null }>;
  readonly recipients: Map<string, RecipientScript>;
  registrationRules: RegistrationRule[];
  faults: Fault[];
  numberRules: NumberRule[];
  /** chaos profile by application id; '*' for all others */
  readonly chaos: Map<string, ChaosProfile>;
  /** root of the sandbox's own HTTP server, for recording links */
  baseUrl: string;
}
