// CHANGELOG.md: what is unreleased is written out of the schemas; a person adds only why something had to break.

import type { SchemaChanges } from './compare-schemas.ts';

const UNRELEASED = '## Unreleased';
const NO_CHANGES = 'No changes.';
const WHY = ' Why:';

/** The newest release that the changelog tells of, its day as YYYY-MM-DD. */
export interface Release {
  version: string;
  day: string;
}

function cut(changelog: string): { head: string; unreleased: string; releases: string } {
  const [head = '', unreleased = '', ...releases] = changelog.split(/^(?=## )/m);
  if (!unreleased.startsWith(`${UNRELEASED}\n`)) {
    throw new Error(`CHANGELOG.md: the first section must be "${UNRELEASED}".`);
  }
  return { head, unreleased, releases: releases.join('') };
}

function readReasons(unreleased: string): Map<string, string> {
  const lines = unreleased.split('\n').filter((line) => line.startsWith('- '));
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(WHY);
      return at < 0 ? [] : [[line.slice(2, at), line.slice(at + WHY.length).trim()] as const];
    }),
  );
}

function section(name: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : `\n### ${name}\n\n${lines.map((line) => `- ${line}\n`).join('')}`;
}

/**
 * Writes the unreleased section anew. Reasons already given stay with their changes, and go with them.
 * @param changelog the file's text
 * @param changes between the released schema and the current one
 * @returns the file's new text
 * @throws Error when the file does not begin with the unreleased section
 */
export function writeUnreleased(changelog: string, changes: SchemaChanges): string {
  const { head, unreleased, releases } = cut(changelog);
  const reasons = readReasons(unreleased);
  const breaking = changes.breaking.map((change) =>
    `${change}${WHY} ${reasons.get(change) ?? ''}`.trimEnd(),
  );
  const sections =
    section('Breaking', breaking) +
    section('Deprecated', changes.deprecated) +
    section('Changed', changes.changed) +
    section('Added', changes.added);
  return `${head}${UNRELEASED}\n${sections || `\n${NO_CHANGES}\n`}\n${releases}`;
}

/** The unreleased breaking changes that nobody has given a reason for. */
export function findUnexplained(changelog: string, breaking: readonly string[]): string[] {
  const reasons = readReasons(cut(changelog).unreleased);
  return breaking.filter((change) => !reasons.get(change));
}

/**
 * @param changelog the file's text, its releases as "## 0.1.0 (2026-11-25)", newest first
 * @throws Error when it tells of no release
 */
export function findLastRelease(changelog: string): Release {
  const [, version, day] = /^## (\S+) \((\d{4}-\d{2}-\d{2})\)$/m.exec(changelog) ?? [];
  if (!version || !day) throw new Error('CHANGELOG.md: no release as "## 0.1.0 (2026-11-25)".');
  return { version, day };
}

/** The unreleased section becomes the release's, and an empty one stands above it. */
export function dateUnreleased(changelog: string, { version, day }: Release): string {
  const { head, unreleased, releases } = cut(changelog);
  const released = unreleased.replace(UNRELEASED, `## ${version} (${day})`);
  return `${head}${UNRELEASED}\n\n${NO_CHANGES}\n\n${released}${releases}`;
}
