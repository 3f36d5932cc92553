// npm run release -- <version>: from now on the API is measured against what it is today. Checks (`npm run check`), then
// writes the version, schema.released.graphql and CHANGELOG.md for you to commit, and publishes nothing.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { readArguments, refuseArguments } from '#platform/config/index.ts';
import { dateUnreleased } from './contract/changelog.ts';
import { findDeprecationFaults } from './contract/find-deprecation-faults.ts';

const USAGE = `Use:
  npm run release -- <version>   0.2.0, say, or one of: major, minor, patch`;
const VERSION = /^(major|minor|patch|\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?)$/;
const root = join(import.meta.dirname, '..');
const SCHEMA = join(root, 'schema.graphql');
const RELEASED = join(root, 'schema.released.graphql');
const CHANGELOG = join(root, 'CHANGELOG.md');

async function release(asked: string, day: string): Promise<string> {
  const schema = await readFile(SCHEMA, 'utf8');
  const before = buildSchema(await readFile(RELEASED, 'utf8'));
  const days = { deprecatedOn: day, removedOn: day };
  const faults = findDeprecationFaults(before, buildSchema(schema), days);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const changelog = await readFile(CHANGELOG, 'utf8');

  // npm refuses the version that it has already
  const told = execFileSync('npm', ['version', asked, '--no-git-tag-version'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const version = told.trim().replace(/^v/, '');
  await writeFile(CHANGELOG, dateUnreleased(changelog, { version, day }));
  await writeFile(RELEASED, schema);
  return version;
}

const [asked] = readArguments(USAGE, { words: 1 });
if (!asked) refuseArguments('Name the version.', USAGE);
if (!VERSION.test(asked)) refuseArguments(`${asked} is no version.`, USAGE);
try {
  execFileSync('npm', ['run', 'check'], { cwd: root, stdio: 'inherit' });
  const version = await release(asked, new Date().toISOString().slice(0, 10));
  console.log(`${version} is ready to be committed and tagged.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
