// What does the server hold when nothing happens, and how long does it take to stand? As npm start has it: embedded
// database, sandbox and workers; those other processes are not counted.

import { judge } from '../stage/figures.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_MB = 350;

/** Asks the question. */
export async function idle(stage: Stage): Promise<Line[]> {
  const settings = { SANDBOX: 'on', DATA_DIR: stage.folder('idle') };
  const first = await stage.startServer(settings);
  await first.stop();
  const second = await stage.startServer(settings);
  const afterMs = stage.size(12_000, 3_000);
  const bytes = await second.ask<number>('idleRss', { afterMs });
  const megabytes = bytes / 1024 / 1024;
  const seconds = [first, second].map(({ ready }) => (ready.startMs / 1000).toFixed(1));
  return [
    {
      question: 'idle server: memory (RSS)',
      aim: `< ${AIM_MB} MB without PostgreSQL, sandbox and speech`,
      result: `${megabytes.toFixed(0)} MB after ${afterMs / 1000} s`,
      verdict: judge(megabytes < AIM_MB),
    },
    {
      question: 'time until the server stands',
      aim: 'told, not judged',
      result: `${seconds[0]} s on an empty folder, ${seconds[1]} s the next time`,
      verdict: '',
    },
  ];
}
