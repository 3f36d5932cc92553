// Does the API stay quick while the embedded engine writes a long recording down? The lateness of the server's event loop
// under a light load of queries, before, while and after.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadRequest } from '../processes/query-load.ts';
import type { BenchAccount } from '../processes/server.ts';
import { judge, ms, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Volley } from '../stage/load.ts';
import { writeLongRecording } from '../stage/long-recording.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_MS = 20;
const KEYS = 40;
/** one query in this many milliseconds, one at a time */
const PAUSE_MS = 200;

interface Lag {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Asks the question. */
export async function lagWhileTranscribing(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('lag');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const account = await server.ask<BenchAccount>('account', { keys: KEYS });
  const { callIds } = await fillCalls(stage.pool(databaseUrl), account, 1_000);
  const load = await stage.start('query-load');
  mkdirSync(stage.folder('audio'));
  const file = join(stage.folder('audio'), 'long.wav');
  const seconds = writeLongRecording(file, stage.size(8, 2));

  const watch = async (howMany: number): Promise<{ lag: Lag; volley: Volley }> => {
    const request: LoadRequest = {
      url: server.ready.url,
      keys: account.apiKeys,
      count: howMany,
      connections: 1,
      pauseMs: PAUSE_MS,
    };
    await server.ask('watchLag');
    const volley = await load.ask<Volley>('load', request);
    return { volley, lag: await server.ask<Lag>('lag') };
  };
  const quietQueries = stage.size(40, 10);
  await watch(10);
  const before = await watch(quietQueries);
  const { accountId } = account;
  const started = { accountId, callId: callIds[0], file };
  const recordingId = await server.ask<string>('transcribe', started);
  const stateNow = () => server.ask<string>('transcriptState', { accountId, recordingId });
  // the first seconds load the model, which is work of the other process too
  while ((await stateNow()) === 'WAITING') await pause(20);
  const began = performance.now();
  const during = await watch(stage.size(80, 10));
  const watchedMs = performance.now() - began;
  const stillRunning = (await stateNow()) === 'TRANSCRIBING';
  return [
    {
      question: 'event-loop lag while transcribing',
      aim: `p99 < ${AIM_MS} ms`,
      result: `p99 ${ms(during.lag.p99Ms)}, at most ${ms(during.lag.maxMs)} (quiet: p99 ${ms(before.lag.p99Ms)}, at most ${ms(before.lag.maxMs)}); queries p95 ${ms(during.volley.p95Ms)} (quiet: ${ms(before.volley.p95Ms)}); ${whole(watchedMs / 1000)} s of a ${whole(seconds)} s recording${stillRunning ? '' : ', WHICH ENDED EARLIER'}`,
      verdict: judge(during.lag.p99Ms < AIM_MS),
    },
  ];
}
