// What became of a command to a leg that belongs to no call: when the polite sentence was not spoken, the leg is let go.
import type { CommandResult, SentCommand } from '#platform/carrier/index.ts';
import { stableId } from '#platform/ids/index.ts';
import { deadlineOf } from './deadlines.ts';
import type { StepSlice } from './step-through.ts';
import { letGo, REFUSAL_STEPS } from './unknown-number.ts';

/** Settles the command, and writes the hang-up that takes the place of a sentence that nobody will hear. */
export async function settleDeclined(
  { db, clock, lanes }: Pick<StepSlice, 'db' | 'clock' | 'lanes'>,
  { accountId, id, subject, command }: SentCommand,
  result: CommandResult,
): Promise<void> {
  await db.transaction(async (tx) => {
    const settled = await lanes.settle(tx, accountId, id, result);
    if (!settled || result.outcome === 'DONE' || command.kind !== 'speak') return;
    const createdAt = clock.now(accountId);
    const hangUp = letGo(command.leg);
    await lanes.write(tx, accountId, [
      {
        id: stableId(id, 'hang-up'),
        subject,
        lane: 'caller',
        n: REFUSAL_STEPS.length,
        command: hangUp,
        createdAt,
        deadlineAt: deadlineOf(hangUp, createdAt),
      },
    ]);
  });
}
