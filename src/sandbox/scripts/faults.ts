// Trouble on demand: the next commands of a kind are refused, answered late or not answered at all.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';

export const Fault = z.strictObject({
  /**
   * name of a command (dial, answer, bridge, record_start, …) or "*" for any command; "message.send";
   * "recording.download" or "media.download"; any other route by method and pattern, such as "GET /v2/recordings/:id";
   * or "recording.save": the recording is lost, and call.recording.error comes instead of call.recording.saved
   */
  command: z.string().min(1),
  /** only commands whose `to` is this number */
  to: z.string().optional(),
  /** only commands for the legs of this call; a dial is for no leg yet */
  sessionId: z.string().optional(),
  /** only commands whose client_state, decoded, holds these words */
  clientState: z.string().min(1).optional(),
  /** how many commands it hits */
  times: z.number().int().min(1).max(1_000_000).default(1),
  /** HTTP status of a refusal; left out when the command is only late or unanswered */
  status: z.number().int().min(400).max(599).optional(),
  /** Telnyx error code of the refusal */
  code: z.string().default('10007'),
  detail: z.string().default('Refused on purpose by a fault that was set on the sandbox.'),
  /** real milliseconds before the answer */
  delayMs: z.number().min(0).max(600_000).default(0),
  /** never answers: the connection stays open until the caller gives up */
  hang: z.boolean().default(false),
  /** whether the command takes effect all the same; by default only when it is not refused */
  carryOut: z.boolean().optional(),
});
export type Fault = z.infer<typeof Fault>;

/** What a command is about, as far as it tells. */
interface About {
  to?: string | null;
  sessionId?: string | null;
  /** as it was sent: in base64 */
  clientState?: unknown;
}

/** Takes the first fault that fits a command off the list, or lowers its count. */
export function takeFault(faults: Fault[], command: string, about: About = {}): Fault | null {
  const state = Buffer.from(String(about.clientState ?? ''), 'base64').toString();
  const at = faults.findIndex(
    (fault) =>
      (fault.command === command || (fault.command === '*' && /^[a-z_]+$/.test(command))) &&
      (fault.to === undefined || fault.to === about.to) &&
      (fault.sessionId === undefined || fault.sessionId === about.sessionId) &&
      (fault.clientState === undefined || state.includes(fault.clientState)),
  );
  const fault = faults[at];
  if (!fault) return null;
  fault.times -= 1;
  if (fault.times === 0) faults.splice(at, 1);
  return fault;
}

/** Real time before a late answer. */
export async function waitOut(fault: Fault): Promise<void> {
  if (fault.delayMs > 0) await pause(fault.delayMs, undefined, { ref: false });
}

/** What a fault has the carrier answer: anything, also what its documents do not know. */
export class ScriptedRefusal extends Refusal {}

/** The refusal that a fault asks for; 500 when it names no status. */
export function faultRefusal(fault: Fault): Refusal {
  const { code, detail, status = 500 } = fault;
  return new ScriptedRefusal({ status, code, title: 'Refused by a fault', detail });
}
