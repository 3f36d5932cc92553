// The server under test: the real composition of src/start-server.ts in a process of its own, with a few handles for the
// bench beside it.
import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import {
  configureCarrier,
  createAccount,
  createApiKey,
  createCompany,
  systemViewer,
} from '#domains/accounts/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import { transcribeJob } from '#domains/transcripts/index.ts';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { SCOPES } from '#values/scopes.ts';
import { startServer } from '../../src/start-server.ts';
import { answerParent, readSetup } from '../stage/answer-parent.ts';

/** What `account` answers: an account that stands ready, with keys of all scopes. */
export interface BenchAccount {
  accountId: string;
  companyId: string;
  apiKeys: string[];
}

/** the histogram tells the time from tick to tick: a tick on time is this long */
const TICK_MS = 10;

/** how long this process took for each request of a path, from its head to the end of the answer, in milliseconds */
const served: number[] = [];
function watchRequests(path: string): void {
  const begun = new WeakMap<object, number>();
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.url === path) begun.set(request, performance.now());
  });
  subscribe('http.server.response.finish', (message) => {
    const from = begun.get((message as { request: IncomingMessage }).request);
    if (from !== undefined) served.push(performance.now() - from);
  });
}

const config = readConfig(readSetup());
const log = openLog({ level: config.LOG_LEVEL, name: 'bench', showPersonalData: false });
const server = await startServer({ config, log });
const { platform } = server;
const startMs = performance.now();
let ticks: ReturnType<typeof monitorEventLoopDelay> | undefined;

/** Makes an account; with a carrier when one is named. */
async function makeAccount(input: {
  keys: number;
  carrier?: { baseUrl: string; publicKey: string };
}): Promise<BenchAccount> {
  const { id: accountId } = await createAccount(platform, { name: 'Bench', mode: 'TEST' });
  const viewer = systemViewer(accountId, 'TEST', 'bench');
  const company = await createCompany(platform, viewer, { name: 'Bench' });
  const apiKeys: string[] = [];
  for (let n = 1; n <= input.keys; n += 1) {
    const key = { name: `Key ${n}`, scopes: [...SCOPES] };
    apiKeys.push((await createApiKey(platform, viewer, key)).secret as string);
  }
  if (input.carrier) {
    const settings = { ...input.carrier, apiKey: 'bench-carrier-key', connectionId: 'bench' };
    await configureCarrier(platform, viewer, settings);
  }
  return { accountId, companyId: company.id, apiKeys };
}

/** Stores a recording of a call and has it written down by the real job. Answers when the job is enqueued. */
async function transcribe(input: {
  accountId: string;
  callId: string;
  file: string;
}): Promise<string> {
  const { accountId, callId, file } = input;
  const id = randomUUID();
  const storageKey = `bench/${id}.wav`;
  await platform.storage.put(storageKey, createReadStream(file));
  await platform.db.transaction(async (tx) => {
    const startedAt = new Date();
    const { companyId } = await tx.call.findUniqueOrThrow({
      where: { accountId_id: { accountId, id: callId } },
      select: { companyId: true },
    });
    const kind = 'CALL';
    await tx.recording.create({
      data: { accountId, id, callId, companyId, kind, state: 'READY', startedAt, storageKey },
    });
    await platform.jobs.enqueue(tx, transcribeJob, { accountId, recordingId: id });
  });
  return id;
}

async function transcriptState(input: { accountId: string; recordingId: string }) {
  const row = await platform.db.prisma.transcript.findFirst({ where: input });
  return row?.state ?? 'WAITING';
}

answerParent(
  { url: server.url, startMs },
  {
    account: makeAccount,
    connectSandbox: (sandbox) => connectSandbox(platform, sandbox),
    transcribe,
    transcriptState,
    idleRss: async ({ afterMs }: { afterMs: number }) => {
      await pause(afterMs);
      return process.memoryUsage.rss();
    },
    watchRequests,
    served: () => served.splice(0),
    watchLag() {
      ticks?.disable();
      ticks = monitorEventLoopDelay({ resolution: TICK_MS });
      ticks.enable();
    },
    /** how late the loop's ticks came since watchLag, in milliseconds */
    lag() {
      const late = (share: number) => Math.max(0, (ticks?.percentile(share) ?? 0) / 1e6 - TICK_MS);
      return { p50Ms: late(50), p99Ms: late(99), maxMs: late(100) };
    },
  },
  server.stop,
);
