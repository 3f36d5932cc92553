// A month of the event log is dropped only when every cursor of the reactions has passed it. The cursor of a reaction that
// was renamed or removed stands still, and would hold every month from then on, unless a migration deletes it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reactions, runnersOf } from '#reactions';

/** Every name that a reaction or a mirror was ever given: a name is added here, and never taken out. */
const EVER = [
  'attribution.attribute-calls',
  'attribution.attribute-interactions',
  'automation.judge-moments',
  'intelligence.draw-insights',
  'intelligence.find-terms',
  'intelligence.spot-keywords',
  'intelligence.spot-live',
  'messages.cancel-opted-out',
  'notifications.raise-alerts',
  'notifications.tell-fired-rules',
  'reports.count',
  'transcripts.drop-transcripts',
  'transcripts.follow-edits',
  'transcripts.match-searches',
  'transcripts.transcribe-recordings',
  'webhooks.mirror',
];
const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

/** Opens nothing: makers of mirrors may only keep what they are handed. */
const anything: never = new Proxy(() => anything, { get: () => anything }) as never;

/** The names whose cursors a migration deletes. */
function deleted(): string[] {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  return folders.flatMap(({ name }) => {
    const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
    const deletions = sql.match(/delete from "?reaction_cursor"?[^;]*;/gi) ?? [];
    return deletions.flatMap((one) => [...one.matchAll(/'([^']+)'/g)].map(([, it = '']) => it));
  });
}

it('every reaction that ever was is defined, or a migration deletes its cursor', () => {
  const runners = Object.values(runnersOf).flat();
  const made = runners.flatMap(({ mirrors }) => mirrors.map((make) => make(anything)));
  const defined = [...reactions, ...made].map(({ name }) => name);
  expect(EVER.filter((name) => ![...defined, ...deleted()].includes(name))).toEqual([]);
  expect(defined.filter((name) => !EVER.includes(name))).toEqual([]);
  // a name is not given twice: its next end would be taken for deleted already
  expect(defined.filter((name) => deleted().includes(name))).toEqual([]);
});
