// Steps a locked call by inputs in their order, then writes once: state, recordings, events, commands.
import { bumpVersion, endInInbox } from '#domains/interactions/index.ts';
import type { CommandLanes } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { stableId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { announce, followRecordings, progressOf } from './announce.ts';
import { deadlineOf } from './deadlines.ts';
import { step } from './machine.ts';
import type { MachineInput, Stepped, WantedCommand } from './machine-state.ts';
import { outcomeOf } from './outcome.ts';
import { type StoredCall, saveCall } from './store.ts';
import { followVoicemail } from './store-voicemails.ts';

/** The slices of the platform that calls are stepped with. */
export type CallSlice = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'log' | 'jobs' | 'carriers' | 'inbox'
>;
export type StepSlice = CallSlice & { lanes: CommandLanes };

/**
 * Steps a call whose subjects the caller has locked.
 * @returns `ask`: the carrier must be asked for the caller's leg; `failed`: inputs that threw, which changed nothing
 */
export async function stepThrough(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  call: StoredCall,
  inputs: readonly MachineInput[],
): Promise<{ ask: boolean; failed: { input: MachineInput; error: string }[] }> {
  const now = slice.clock.now(accountId);
  const words: Stepped['announce'] = [];
  const commands: WantedCommand[] = [];
  const failed: { input: MachineInput; error: string }[] = [];
  let { machine } = call;
  let ask = false;
  for (const input of inputs) {
    try {
      const stepped = step(call.id, machine, input, now);
      machine = stepped.machine;
      words.push(...stepped.announce);
      commands.push(...stepped.commands);
      ask ||= stepped.ask;
    } catch (err) {
      slice.log.error({ err, callId: call.id, input: input.kind }, 'a step of a call failed');
      failed.push({ input, error: String(err) });
    }
  }
  if (failed.length === inputs.length) return { ask, failed };
  const about = { accountId, id: call.id, companyId: call.companyId };
  await saveCall(tx, accountId, call.id, machine);
  const lost = await followRecordings(tx, slice, about, call.machine, machine);
  await followVoicemail(tx, about, call.machine, machine);
  if (words.includes('ended') || words.includes('corrected')) {
    const answered = outcomeOf(machine) === 'ANSWERED';
    await endInInbox(tx, accountId, call.id, { answered, at: now });
  }
  const progress = words.length > 0 ? [] : progressOf(call.machine, machine);
  const told = words.length + lost.length + (progress.length > 0 ? 1 : 0);
  if (told > 0) {
    let version = 0;
    // each event has a version of its own: a follower keeps the highest that it has seen
    for (let n = 0; n < told; n += 1) version = await bumpVersion(tx, accountId, call.id);
    version -= told - 1;
    await announce(tx, slice, { ...about, version }, machine, words, lost, progress);
  }
  await writeCommands(tx, slice, accountId, call.id, commands);
  return { ask, failed };
}

/** Writes the commands of a step under ids that the same step would give again. */
export async function writeCommands(
  tx: Tx,
  slice: StepSlice,
  accountId: string,
  callId: string,
  wanted: readonly WantedCommand[],
): Promise<void> {
  const createdAt = slice.clock.now(accountId);
  await slice.lanes.write(
    tx,
    accountId,
    wanted.map(({ n, lane, command }) => ({
      id: stableId(callId, command.tag?.step ?? command.kind, n),
      subject: `call:${callId}`,
      lane,
      n,
      command,
      createdAt,
      deadlineAt: deadlineOf(command, createdAt),
    })),
  );
}
