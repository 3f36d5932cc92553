// Takes call control commands in: writes each one down, applies faults, carries a command_id out once only, and gives
// the first answer again to whoever repeats it within 60 seconds.
import type { Carrier, ReceivedCommand } from '../carrier.ts';
import { Refusal } from '../refusal.ts';
import { faultRefusal, takeFault, waitOut } from '../scripts/faults.ts';
import { isoTime } from '../webhooks/payloads.ts';
import type { Answer, Handled } from './router.ts';

const DEDUPE_MS = 60_000;
const KEPT_COMMANDS = 10_000;

/**
 * Receives one command.
 * @param command.work carries it out and returns the `data` of the answer
 */
export async function receiveCommand(
  carrier: Carrier,
  command: {
    kind: string;
    callControlId: string | null;
    body: Record<string, unknown>;
    work: () => Promise<object> | object;
  },
): Promise<Handled> {
  const commandId = typeof command.body.command_id === 'string' ? command.body.command_id : null;
  const to = typeof command.body.to === 'string' ? command.body.to : null;
  const entry = writeDown(carrier, command, commandId);
  const about = { to, sessionId: entry.sessionId, clientState: command.body.client_state };
  const fault = takeFault(carrier.faults, command.kind, about);
  const carryOut = fault ? (fault.carryOut ?? fault.status === undefined) : true;
  const carried = carryOut ? carryOutOnce(carrier, command, commandId, entry) : null;
  carried?.catch(() => undefined);
  if (fault) await waitOut(fault);
  if (fault?.hang) return 'hang';
  try {
    if (fault && (fault.status !== undefined || !carryOut)) throw faultRefusal(fault);
    const answer = (await carried) as Answer;
    entry.status = answer.status;
    return answer;
  } catch (error) {
    entry.status = error instanceof Refusal ? error.details.status : 500;
    throw error;
  }
}

function writeDown(
  carrier: Carrier,
  command: { kind: string; callControlId: string | null; body: object },
  commandId: string | null,
): ReceivedCommand {
  const leg =
    command.callControlId === null ? undefined : carrier.legs.get(command.callControlId)?.leg;
  const entry: ReceivedCommand = {
    kind: command.kind,
    commandId,
    callControlId: command.callControlId,
    sessionId: leg?.sessionId ?? null,
    legId: leg?.legId ?? null,
    connectionId: leg?.connectionId ?? null,
    at: isoTime(carrier.clock.now()),
    duplicate: false,
    status: null,
    body: command.body,
  };
  carrier.commands.push(entry);
  if (carrier.commands.length > KEPT_COMMANDS) carrier.commands.shift();
  return entry;
}

function carryOutOnce(
  carrier: Carrier,
  command: { kind: string; callControlId: string | null; work: () => Promise<object> | object },
  commandId: string | null,
  entry: ReceivedCommand,
): Promise<Answer> {
  const run = async (): Promise<Answer> => ({ status: 200, body: { data: await command.work() } });
  if (commandId === null) return run();
  const { carried } = carrier;
  const nowMs = carrier.clock.networkNow();
  for (const [key, one] of carried) if (nowMs - one.atMs >= DEDUPE_MS) carried.delete(key);
  const key = `${command.kind}|${command.callControlId ?? ''}|${commandId}`;
  const earlier = carried.get(key);
  if (earlier) {
    entry.duplicate = true;
    return earlier.answer;
  }
  const answer = run();
  carried.set(key, { answer, atMs: nowMs });
  // A refused command had no effect, so the same id may try again.
  answer.catch(() => carried.delete(key));
  return answer;
}
