// npm run bench [-- question …] [-- --small | --large]: asks the questions of bench/questions one after the other and prints one
// table. It judges in words, and a missed aim does not change the exit code: a machine's mood must not fail a build. See bench/README.md.
import { cpus } from 'node:os';
import { readArguments, refuseArguments } from '#platform/config/index.ts';
import { carrierIntake } from './questions/carrier-intake.ts';
import { collect } from './questions/collect.ts';
import { commitToSubscriber } from './questions/commit-to-subscriber.ts';
import { idle } from './questions/idle.ts';
import { lagWhileTranscribing } from './questions/lag-while-transcribing.ts';
import { listOfCalls } from './questions/list-of-calls.ts';
import { longCall } from './questions/long-call.ts';
import { manySubscribers } from './questions/many-subscribers.ts';
import { nextCommand } from './questions/next-command.ts';
import { reports } from './questions/reports.ts';
import { texts } from './questions/texts.ts';
import { transcriptSearch } from './questions/transcript-search.ts';
import { transcription } from './questions/transcription.ts';
import { type Line, openStage, type Stage } from './stage/stage.ts';

const QUESTIONS: Record<string, (stage: Stage) => Promise<Line[]>> = {
  'carrier-intake': carrierIntake,
  texts,
  'next-command': nextCommand,
  collect,
  'commit-to-subscriber': commitToSubscriber,
  'many-subscribers': manySubscribers,
  'list-of-calls': listOfCalls,
  reports,
  'lag-while-transcribing': lagWhileTranscribing,
  'long-call': longCall,
  transcription,
  'transcript-search': transcriptSearch,
  idle,
};

const USAGE = `Use:
  npm run bench                   every question; a quarter of an hour on two cores
  npm run bench -- <question …>   only these, of: ${Object.keys(QUESTIONS).join(', ')}
  npm run bench -- --small        small sizes: to try the bench, not for its figures
  npm run bench -- --large reports  10,000,000 calls in place of 1,000,000: several gigabytes, and many times as long
  npm run bench -- --large long-call  two hours in place of half an hour
  npm run bench -- --large transcript-search  all 100,000 calls in one account`;

async function main(): Promise<void> {
  const words = readArguments(USAGE, { options: ['--small', '--large'] });
  const small = words.includes('--small');
  const large = words.includes('--large');
  const named = words.filter((word) => !word.startsWith('--'));
  const unknown = named.find((name) => !Object.hasOwn(QUESTIONS, name));
  if (unknown) refuseArguments(`There is no question ${unknown}.`, USAGE);
  const stage = await openStage({ small, large });
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    void stage.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const lines: Line[] = [];
  const began = performance.now();
  try {
    for (const [name, ask] of Object.entries(QUESTIONS)) {
      if (named.length > 0 && !named.includes(name)) continue;
      const from = performance.now();
      const known = lines.length;
      try {
        lines.push(...(await ask(stage)));
      } catch (error) {
        if (interrupted) return;
        console.error(error);
        lines.push({ question: name, aim: '', result: 'no answer: see above', verdict: 'broken' });
      }
      await stage.clear();
      console.log(`${name}: ${seconds(performance.now() - from)}`);
      // told at once too: who stops the bench has lost no answer
      for (const { question, result, verdict } of lines.slice(known)) {
        console.log(`  ${question}: ${result} (${verdict})`);
      }
    }
  } finally {
    await stage.close();
  }
  print(lines);
  const took = seconds(performance.now() - began);
  console.log(
    `\n${new Date().toISOString()}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? '?'}), ${took}${small ? ', small sizes: for trying the bench, not for its figures' : ''}`,
  );
}

function print(lines: readonly Line[]): void {
  const head: Line = { question: 'question', aim: 'aim', result: 'result', verdict: 'verdict' };
  const columns = ['question', 'aim', 'result', 'verdict'] as const;
  const widths = columns.map((name) =>
    Math.max(...[head, ...lines].map((line) => line[name].length)),
  );
  console.log('');
  for (const line of [head, ...lines]) {
    const cells = columns.map((name, at) => line[name].padEnd(widths[at] as number));
    console.log(`| ${cells.join(' | ')} |`);
    if (line === head) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  }
}

function seconds(elapsedMs: number): string {
  return `${(elapsedMs / 1000).toFixed(1)} s`;
}

await main();
