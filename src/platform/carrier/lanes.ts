// The lanes of our commands: rows that leave one after the other, each under one id. A command is never resent later
// than 45 s after its first try, since the carrier forgets ids after 60 s; then it lapses and its owner must ask.
import type { Pool } from 'pg';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { CarrierAnswer, CarrierCommand } from './port.ts';
import { CarrierRefused, CarrierUnreachable } from './port.ts';

/** The carrier deduplicates a command id for 60 s; we stop well before. */
const RESEND_WINDOW_MS = 45_000;
/** How long a claimed command belongs to the process that claimed it: longer than one request may take. */
const LEASE_MS = 7_000;
/** Waits between tries of a command that got no answer. */
const BACKOFF_MS = [250, 750, 2_000, 4_000, 8_000];
/** A bridge that came too early is tried again after these (telnyx.md section 3). */
const EARLY_MS = [250, 750];

export interface NewCommand {
  id: string;
  subject: string;
  lane: string;
  n: number;
  command: CarrierCommand;
  createdAt: Date;
  deadlineAt: Date;
}

export interface SentCommand {
  accountId: string;
  id: string;
  subject: string;
  command: CarrierCommand;
}

/** What became of a command, as its owner hears it. */
export type CommandResult =
  | { outcome: 'DONE'; answer: CarrierAnswer }
  | { outcome: 'REFUSED'; reason: 'ended' | 'early' | 'other'; detail: string }
  | { outcome: 'LAPSED'; detail: string };

export interface CommandLanes {
  /** Writes commands in the transaction of the step that wants them. */
  write(tx: Tx, accountId: string, commands: readonly NewCommand[]): Promise<void>;
  /** Marks a command settled, in the transaction that tells its owner. False when another process has done so. */
  settle(tx: Tx, accountId: string, id: string, result: CommandResult): Promise<boolean>;
  /** Sends what waits in the lanes of a subject, one lane after the other in parallel, until they are empty or blocked. */
  run(accountId: string, subject: string): Promise<void>;
  /**
   * Subjects whose lanes may go on: what a crash or a break left, the longest due first. A command behind one that waits
   * for its next try is not due: lanes that are blocked hide nobody.
   */
  due(now: Date, limit: number): Promise<{ accountId: string; subject: string }[]>;
}

interface CommandRow {
  id: string;
  subject: string;
  lane: string;
  params: CarrierCommand;
  attempts: number;
  first_try_at: Date;
  deadline_at: Date;
}

/**
 * Opens the lanes.
 * @param options.send sends one command to the account's carrier
 * @param options.settled tells the owner what became of a command; it must call `settle` in its transaction
 */
export function openCommandLanes(options: {
  db: { pool: Pool };
  now: (accountId: string) => Date;
  send: (accountId: string, command: CarrierCommand, id: string) => Promise<CarrierAnswer>;
  settled: (sent: SentCommand, result: CommandResult) => Promise<void>;
  /** Runs something after a wait; may be lost in a crash, since the sweeper finds what is due. */
  later: (ms: number, run: () => Promise<void>) => void;
}): CommandLanes {
  const { pool } = options.db;

  /** Takes the first waiting command of each lane that is free: none is being sent, and the first may be tried now. */
  async function claim(accountId: string, subject: string): Promise<CommandRow[]> {
    const now = options.now(accountId);
    const { rows } = await pool.query<CommandRow>({
      name: 'carrier-lanes-claim',
      text: `update carrier_command c
             set attempts = attempts + 1, first_try_at = coalesce(first_try_at, $3), next_try_at = $4
             where (account_id, id) in (
               select distinct on (lane) account_id, id from carrier_command
               where account_id = $1 and subject = $2 and state = 'WAITING' order by lane, n
             ) and next_try_at <= $3 and state = 'WAITING'
             returning id, subject, lane, params, attempts, first_try_at, deadline_at`,
      values: [
        accountId,
        subject,
        now.toISOString(),
        new Date(now.getTime() + LEASE_MS).toISOString(),
      ],
    });
    return rows;
  }

  async function tryOnce(
    accountId: string,
    row: CommandRow,
  ): Promise<CommandResult | { againMs: number }> {
    const now = options.now(accountId).getTime();
    const lastMs = Math.min(
      row.deadline_at.getTime(),
      row.first_try_at.getTime() + RESEND_WINDOW_MS,
    );
    if (now > lastMs) return { outcome: 'LAPSED', detail: 'No answer from the carrier in time.' };
    try {
      return { outcome: 'DONE', answer: await options.send(accountId, row.params, row.id) };
    } catch (error) {
      if (error instanceof CarrierRefused) {
        const againMs = error.reason === 'early' ? EARLY_MS[row.attempts - 1] : undefined;
        if (againMs !== undefined) return { againMs };
        return { outcome: 'REFUSED', reason: error.reason, detail: error.message };
      }
      if (!(error instanceof CarrierUnreachable)) throw error;
      const againMs = BACKOFF_MS[row.attempts - 1] ?? 8_000;
      return now + againMs <= lastMs ? { againMs } : { outcome: 'LAPSED', detail: error.message };
    }
  }

  async function sendOne(accountId: string, row: CommandRow): Promise<void> {
    const result = await tryOnce(accountId, row);
    if ('againMs' in result) {
      const next = new Date(options.now(accountId).getTime() + result.againMs);
      await pool.query(
        `update carrier_command set next_try_at = $3 where account_id = $1 and id = $2 and state = 'WAITING'`,
        [accountId, row.id, next.toISOString()],
      );
      options.later(result.againMs, () => run(accountId, row.subject));
      return;
    }
    await options.settled(
      { accountId, id: row.id, subject: row.subject, command: row.params },
      result,
    );
  }

  /** Each lane goes on by itself: a slow answer on one leg does not hold up the other. */
  async function run(accountId: string, subject: string): Promise<void> {
    const claimed = await claim(accountId, subject);
    await Promise.all(
      claimed.map(async (row) => {
        await sendOne(accountId, row);
        await run(accountId, subject);
      }),
    );
  }

  return {
    async write(tx, accountId, commands) {
      if (commands.length === 0) return;
      await tx.carrierCommand.createMany({
        data: commands.map(({ command, ...row }) => ({
          ...row,
          accountId,
          kind: command.kind,
          params: command as Prisma.InputJsonObject,
          nextTryAt: row.createdAt,
        })),
        // a step that ran twice wants the same commands under the same ids
        skipDuplicates: true,
      });
    },
    async settle(tx, accountId, id, result) {
      const { outcome, ...rest } = result;
      const { count } = await tx.carrierCommand.updateMany({
        where: { accountId, id, state: 'WAITING' },
        data: { state: outcome, result: rest as Prisma.InputJsonObject },
      });
      return count === 1;
    },
    run,
    async due(now, limit) {
      const { rows } = await pool.query<{ account_id: string; subject: string }>({
        name: 'carrier-lanes-due',
        text: `select account_id, subject from carrier_command c
               where state = 'WAITING' and next_try_at <= $1 and not exists (
                 select from carrier_command head
                 where head.account_id = c.account_id and head.subject = c.subject and head.lane = c.lane
                   and head.n < c.n and head.state = 'WAITING')
               group by account_id, subject order by min(next_try_at) limit $2`,
        values: [now.toISOString(), limit],
      });
      return rows.map((row) => ({ accountId: row.account_id, subject: row.subject }));
    },
  };
}
