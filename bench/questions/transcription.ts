// How many hours of calls, recorded in two channels, does a default installation write down in an hour? Through the real job,
// with the workers of `npm start`: audio out of the storage, the embedded engine, redaction, the transcript stored, and
// whatever follows on it meanwhile.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchAccount } from '../processes/server.ts';
import { judge, whole } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import { writeLongRecording } from '../stage/long-recording.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_HOURS = 10;
/** times half a minute of talk: calls of about five minutes */
const LENGTH = 10;
const CALLS = 4;
/** of a second, as the kernel counts a process's time */
const TICK = 100;
const LOOK_MS = 50;
/** an engine slower than the talk itself is not waited for */
const MOST_SHARE = 1;

/** Asks the question. */
export async function transcription(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('transcription');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl });
  const account = await server.ask<BenchAccount>('account', { keys: 1 });
  const { callIds } = await fillCalls(stage.pool(databaseUrl), account, 50);
  const { accountId } = account;
  mkdirSync(stage.folder('transcription'));
  const write = (name: string, times: number) => {
    const file = join(stage.folder('transcription'), name);
    return { file, seconds: writeLongRecording(file, times) };
  };
  /** Has calls written down, all at once, and waits for the last one. */
  const hear = async (ids: readonly string[], { file, seconds }: ReturnType<typeof write>) => {
    const began = performance.now();
    const waiting = new Set<string>();
    for (const callId of ids) {
      waiting.add(await server.ask<string>('transcribe', { accountId, callId, file }));
    }
    const mostMs = 60_000 + MOST_SHARE * ids.length * seconds * 1_000;
    while (waiting.size > 0) {
      await pause(LOOK_MS);
      for (const recordingId of waiting) {
        const state = await server.ask<string>('transcriptState', { accountId, recordingId });
        if (state === 'FAILED') throw new Error('A call could not be written down.');
        if (state === 'READY') waiting.delete(recordingId);
        // they come one after the other
        else break;
      }
      if (performance.now() - began > mostMs) throw new Error('It takes longer than the talk did.');
    }
    return (performance.now() - began) / 1_000;
  };
  // the engine starts with its first job and stays
  await hear(callIds.slice(0, 1), write('first.wav', 1));
  const call = write('call.wav', stage.size(LENGTH, 1));
  const count = stage.size(CALLS, 2);
  const before = engineOf(server.pid);
  const took = await hear(callIds.slice(1, 1 + count), call);
  const after = engineOf(server.pid);
  if (after.pid !== before.pid) throw new Error('The engine ended meanwhile and began anew.');
  const spent = after.seconds - before.seconds;
  const audio = count * call.seconds;
  const hours = audio / took;
  return [
    {
      question: 'two-channel calls written down by a default installation',
      aim: `≥ ${AIM_HOURS} h an hour`,
      result: `${hours.toFixed(1)} h an hour; ${count} calls, ${(audio / 60).toFixed(1)} minutes together, in ${whole(took)} s, enqueued at once, from the first one’s upload to the last one’s transcript; the engine had ${((100 * spent) / took).toFixed(0)} % of a core, and would do ${(audio / spent).toFixed(1)} h an hour with one to itself`,
      verdict: judge(hours >= AIM_HOURS),
    },
  ];
}

/** The engine's process, a child of the server's, and how long it has had a core, in seconds; Linux only. */
function engineOf(serverPid: number): { pid: string; seconds: number } {
  const read = (path: string) => readFileSync(`/proc/${path}`, 'utf8');
  const children = readdirSync(`/proc/${serverPid}/task`).flatMap((task) =>
    read(`${serverPid}/task/${task}/children`).split(' ').filter(Boolean),
  );
  const pid = children.find((child) => read(`${child}/cmdline`).includes('moonshine-child'));
  if (!pid) throw new Error('There is no engine.');
  // the name in brackets may hold spaces; user and system time are the 14th and 15th field
  const fields = read(`${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  return { pid, seconds: (Number(fields[11]) + Number(fields[12])) / TICK };
}
