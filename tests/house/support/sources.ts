// The repository's own files, read once, and what the house's rules look at: code without comments, code without
// quoted text, quoted text alone (all with their lines kept), and the imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blankOut } from './blank-out.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NEVER = /(^|\/)(node_modules|generated|\.[a-z]+|unused-dependency)$/;

export interface Import {
  specifier: string;
  typeOnly: boolean;
  line: number;
}

export interface Source {
  /** from the root, with forward slashes: src/values/cursor.ts */
  path: string;
  text: string;
  /** comments blanked */
  code: string;
  /** comments and quoted text blanked */
  bare: string;
  /** only quoted text (strings, templates) left */
  quoted: string;
  imports: Import[];
}

const IMPORT =
  /^[ \t]*(?:import|export)\s+(type\s)?(?:[\w$*{}\s,]+?\sfrom\s+)?(['"])([^'"\n]+)\2|\bimport\(\s*(['"])([^'"\n]+)\4\s*\)/gm;

/** The line (from 1) on which this offset stands. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;

/** A source out of a path and its text; planted files of the tests are made with it too. */
export function sourceOf(path: string, text: string): Source {
  const { code, bare, quoted } = blankOut(text);
  const imports = [...code.matchAll(IMPORT)]
    .filter((found) => bare[found.index + found[0].search(/\S/)] !== ' ')
    .map((found) => ({
      specifier: found[3] ?? found[5] ?? '',
      typeOnly: Boolean(found[1]) || allInlineTypes(found[0]),
      line: lineAt(code, found.index + found[0].search(/\S/)),
    }));
  return { path, text, code, bare, quoted, imports };
}

function allInlineTypes(statement: string): boolean {
  const names = /\{([^}]*)\}/.exec(statement)?.[1];
  if (names === undefined || /^\s*(?:import|export)\s+\w+\s*,/.test(statement)) return false;
  const each = names.split(',').filter((name) => name.trim() !== '');
  return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

/** Every file under these folders (from the root) whose name ends so; generated ones are nobody's hand. */
export function listFiles(folders: readonly string[], endings: RegExp): string[] {
  return folders.flatMap((folder) => walk(join(ROOT, folder), endings)).sort();
}

function walk(folder: string, endings: RegExp): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    const named = relative(ROOT, path).replaceAll('\\', '/');
    if (NEVER.test(named)) return [];
    if (entry.isDirectory()) return walk(path, endings);
    return endings.test(entry.name) ? [named] : [];
  });
}

const kept = new Map<string, Source>();

/** The TypeScript sources under these folders, each read once in a process. */
export function readSources(...folders: string[]): Source[] {
  return listFiles(folders, /\.ts$/).map((path) => {
    const known = kept.get(path);
    if (known) return known;
    const source = sourceOf(path, readFileSync(join(ROOT, path), 'utf8'));
    kept.set(path, source);
    return source;
  });
}

/** Where an import leads, from the root; null for packages and node: modules. */
export function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return join(dirname(from), specifier).replaceAll('\\', '/');
  if (specifier === '#schema') return 'src/schema.ts';
  if (specifier === '#reactions') return 'src/reactions.ts';
  if (specifier.startsWith('#tests/')) return `tests/${specifier.slice(7)}`;
  return specifier.startsWith('#') ? `src/${specifier.slice(1)}` : null;
}

/** Every place where the pattern stands in one view of the sources, as file:line: words. */
export function findAll(
  sources: readonly Source[],
  view: 'text' | 'code' | 'bare' | 'quoted',
  pattern: RegExp,
): string[] {
  const all = new RegExp(pattern, `${pattern.flags.replace('g', '')}g`);
  return sources.flatMap((source) =>
    [...source[view].matchAll(all)].map((found) => {
      const at = found.index + Math.max(0, found[0].search(/\S/));
      return `${source.path}:${lineAt(source[view], at)}: ${found[0].trim().replace(/\s+/g, ' ')}`;
    }),
  );
}
