// Talks written by somebody who had read no rule: what is left to do, for whom and until when, and the caller's mood. The
// rules were mended while they were read against these very talks, so that they tell nothing of how the rules do on others.
// EXTRA, MISSED and NOT mark what is still told wrong; nothing is asked of it.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { estimateSentiment } from '#platform/ai/estimate-sentiment.ts';
import { extractTasks } from '#platform/ai/extract-tasks.ts';
import type { Turn } from '#platform/ai/index.ts';
import { cutSentences } from '#platform/ai/sentences.ts';

const TALKS = readFileSync(new URL('talks/with-tasks.txt', import.meta.url), 'utf8')
  .split(/^# /m)
  .slice(1)
  .map((part) => {
    const [name = '', ...lines] = part.trim().split('\n');
    const turns = lines
      .filter((line) => /^[AC]: /.test(line))
      .map((line, n): Turn => {
        const speaker = line.startsWith('A') ? 'AGENT' : 'CALLER';
        return { n, speaker, startMs: n * 1_000, text: line.slice(3) };
      });
    const after = (mark: string) =>
      lines.flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
    return { name, turns, tasks: after('T: '), moods: after('M: '), extra: after('EXTRA: ') };
  });

it.each(TALKS)('what is left to do: $name', ({ turns, tasks, extra }) => {
  const found = extractTasks(cutSentences(turns))?.findings ?? [];
  for (const task of tasks) {
    const [, owner, quote = '', due] = /^(\w+) (.*) \| (.*)$/.exec(task) ?? [];
    const one = found.find((each) => each.quote.includes(quote));
    expect({ owner: one?.owner, due: one?.due ?? 'whenever' }).toEqual({ owner, due });
  }
  expect(found.length).toBeLessThanOrEqual(tasks.length + extra.length);
});

it.each(TALKS.filter(({ moods }) => moods.length > 0))(
  'a caller’s mood: $name',
  ({ turns, moods }) => {
    const caller = estimateSentiment(turns)?.findings.find(({ text }) => text.startsWith('Caller'));
    expect(caller?.text ?? 'Caller: neutral').toBe(`Caller: ${moods[0]}`);
  },
);
