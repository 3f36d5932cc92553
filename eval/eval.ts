// npm run eval [-- --strict] [-- --calls | --clips]: hears the committed audio with the embedded engine, reads it with the
// product's own rules and prints how well it did. --strict: exit code 1 when an aim is missed. See eval/README.md.

import { readArguments } from '#platform/config/index.ts';
import { createMoonshine } from '#platform/speech/index.ts';
import { seeded } from '#tests/support/seeded.ts';
import { type Aim, aimsOfCalls, aimsOfClasses, aimsOfClips, aimsOfWritten } from './aims.ts';
import { expectedIn, hear } from './hear.ts';
import { openEar } from './heard-before.ts';
import { measureCall } from './measure-call.ts';
import { measureClip } from './measure-clip.ts';
import { printAims, printCalls, printWritten } from './print.ts';
import { measureClasses } from './redaction/classes/measure-classes.ts';
import { DEVELOPMENT, FROZEN } from './redaction/grammar.ts';
import { measureRedaction, TIMES_EACH } from './redaction/measure.ts';
import { variantsOf } from './redaction/variants.ts';
import { readCalls, readClips } from './truth.ts';

const USAGE = `Use:
  npm run eval                everything; some minutes
  npm run eval -- --calls     only the labelled calls, both sets
  npm run eval -- --clips     only the redaction set, written and spoken
  npm run eval -- --strict    exit code 1 when an aim is missed
  npm run eval -- --notes     also what went wrong, one by one
  npm run eval -- --fresh     hear everything anew; without it, what was heard before by the same engine is read again`;

async function main(): Promise<void> {
  const options = ['--calls', '--clips', '--strict', '--notes', '--fresh'];
  const words = readArguments(USAGE, { options });
  const wants = (part: string, other: string) => words.includes(part) || !words.includes(other);
  const notes: string[] = [];
  const aims: Aim[] = [];
  const engine = createMoonshine({ minimumTimeoutSeconds: 600 });
  const ear = openEar(engine, { isFresh: words.includes('--fresh') });
  // the engine's child lets its parent go while it is idle, and when it is ended
  const staying = setInterval(() => {}, 60_000);
  try {
    if (wants('--calls', '--clips')) {
      for (const [set, calls] of Object.entries(readCalls())) {
        const scores = [];
        for (const call of calls) {
          const score = await measureCall(call, await hear(ear, call.file, expectedIn(call)));
          scores.push(score);
          notes.push(...score.notes.map((note) => `${score.name}: ${note}`));
        }
        printCalls(set, scores);
        aims.push(...aimsOfCalls(set, scores));
      }
    }
    if (wants('--clips', '--calls')) {
      for (const [half, templates] of Object.entries({
        frozen: FROZEN,
        development: DEVELOPMENT,
      })) {
        const variants = variantsOf(templates, TIMES_EACH, seeded);
        const score = measureRedaction(variants);
        printWritten(`${half} half`, variants.length, score);
        aims.push(...aimsOfWritten(half, score));
      }
      const classes = measureClasses(seeded);
      for (const { name, half, calls, score } of classes) {
        printWritten(`${name}, ${half} half`, calls, score);
        // the frozen half's are not to be read while rules are changed
        if (half === 'development') notes.push(...score.wrong.map((line) => `${name}: ${line}`));
      }
      aims.push(...aimsOfClasses(classes));
      const scores = [];
      for (const clip of readClips()) scores.push(...measureClip(clip, await hear(ear, clip.file)));
      notes.push(...scores.filter(({ isRight }) => !isRight).map(({ note }) => note));
      aims.push(...aimsOfClips(scores));
    }
  } finally {
    await engine.stop();
    clearInterval(staying);
  }
  printAims(aims);
  if (words.includes('--notes')) console.log(['', ...notes].join('\n'));
  if (words.includes('--strict') && aims.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

await main();
