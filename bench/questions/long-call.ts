// How much memory does the embedded engine's process take at most for a long call, recorded in two channels? The figure is
// the kernel's own high-water mark of that process, the loaded model included.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMoonshine } from '#platform/speech/index.ts';
import { judge, whole } from '../stage/figures.ts';
import { writeLongRecording } from '../stage/long-recording.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_MB = 600;
/** times half a minute of talk */
const HALF_AN_HOUR = 60;
const TWO_HOURS = 240;

/** Asks the question; half an hour of talk, two hours with --large. */
export async function longCall(stage: Stage): Promise<Line[]> {
  const folder = stage.folder('long-call');
  mkdirSync(folder);
  const file = join(folder, 'long.wav');
  const seconds = writeLongRecording(file, stage.size(HALF_AN_HOUR, 2, TWO_HOURS));
  const engine = createMoonshine();
  try {
    const began = performance.now();
    const { segments } = await engine.transcribe(file, {});
    const took = (performance.now() - began) / 1_000;
    const peak = peakOf(engine.childPid);
    return [
      {
        question: 'memory of the embedded engine for a long call',
        aim: `< ${AIM_MB} MB`,
        result: `${whole(peak)} MB at most; ${whole(seconds / 60)} minutes in two channels, ${whole(segments.length)} segments, in ${whole(took)} s (${(took / seconds).toFixed(3)} of its length)`,
        verdict: judge(peak < AIM_MB),
      },
    ];
  } finally {
    await engine.stop();
  }
}

/** The most memory that a process has had resident, in MB; Linux only. */
function peakOf(pid: number | undefined): number {
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
