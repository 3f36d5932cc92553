// Appends events as a worker would, in a process of its own: real transactions through the real event log, at a steady
// rate, and the moment at which each commit was known.

import { z } from 'zod';
import { openDb } from '#platform/db/index.ts';
import { defineEvent, openEventLog } from '#platform/events/index.ts';
import { openLog } from '#platform/log/index.ts';
import { answerParent, readSetup, sharedNowMs } from '../stage/answer-parent.ts';

/** How `write` is asked. */
export interface WriteRequest {
  accountId: string;
  companyId: string;
  callIds: readonly string[];
  perSecond: number;
  /** events of one transaction; they tell of one call */
  together: number;
  count: number;
}
/** What was written: events `first`, `first + 1` … with the shared time of their commit in ms. */
export interface Written {
  first: number;
  commits: number[];
  perSecond: number;
}

// the shape of the domain's own event; its payload names what changed
const updated = defineEvent('call.updated', { callId: z.uuid(), changes: z.array(z.string()) });

const { databaseUrl } = readSetup<{ databaseUrl: string }>();
const log = openLog({ level: 'error', name: 'bench writer', showPersonalData: false });
const db = await openDb({ url: databaseUrl, applicationName: 'bench writer', poolSize: 10, log });
const events = await openEventLog({ db, log });
let version = 0;

async function append(request: WriteRequest, turn: number, versions: number[]): Promise<void> {
  const { accountId, companyId, callIds } = request;
  const callId = callIds[turn % callIds.length] as string;
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`call:${callId}`]);
    await events.append(
      tx,
      accountId,
      versions.map((subjectVersion) => ({
        definition: updated,
        companyId,
        subject: `call:${callId}`,
        subjectVersion,
        occurredAt: new Date(),
        payload: { callId, changes: ['note'] },
      })),
    );
  });
}

async function write(request: WriteRequest): Promise<Written> {
  const { perSecond, together, count } = request;
  const first = version + 1;
  const commits: number[] = [];
  const everyMs = (together * 1000) / perSecond;
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let turn = 0; turn * together < count; turn += 1) {
    const waitMs = began + turn * everyMs - performance.now();
    if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
    const versions = Array.from(
      { length: Math.min(together, count - turn * together) },
      () => ++version,
    );
    running.push(
      append(request, turn, versions).then(() => {
        const at = sharedNowMs();
        for (const each of versions) commits[each - first] = at;
      }),
    );
  }
  await Promise.all(running);
  const elapsedMs = performance.now() - began;
  return { first, commits, perSecond: (count * 1000) / elapsedMs };
}

answerParent(null, { write }, async () => {
  await events.stop();
  await db.close();
});
