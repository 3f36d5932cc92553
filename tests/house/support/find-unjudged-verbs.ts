// Which mutation calls a verb that does not begin by judging rights: a change in the API that nobody is refused.
import { type Source, targetOf } from './sources.ts';

interface Verb {
  name: string;
  parameters: string;
  /** up to the end of the first statement */
  opening: string;
}

/** Mutations as "file: mutation: why", except for these. */
export function findUnjudgedVerbs(
  sources: readonly Source[],
  except: readonly string[] = [],
): { seen: number; faults: string[] } {
  const files = new Map(sources.map((source) => [source.path, source]));
  const mutations = sources.flatMap((source) => mutationsOf(source));
  const faults = mutations.flatMap(({ source, name, run }) => {
    if (except.includes(name)) return [];
    const verbs = verbsIn(run, source, files).filter(({ parameters }) =>
      /\bviewer\b/.test(parameters),
    );
    const unjudged = verbs.filter(({ opening }) => !/\bauthorize\w*\(/.test(opening));
    if (verbs.length > 0 && unjudged.length === 0) return [];
    const which = unjudged.map((verb) => verb.name).join(', ') || 'nothing with a viewer';
    return [`${source.path}: ${name}: ${which}`];
  });
  return { seen: mutations.length, faults };
}

/** The mutations that a file defines, each with the code of its `run`. */
function mutationsOf(source: Source): { source: Source; name: string; run: string }[] {
  const { code, bare } = source;
  return [...code.matchAll(/\bdefineMutation(?:<[^(]*>)?\(\s*'(\w+)'/g)].map((found) => {
    const from = bare.indexOf('(', found.index);
    const whole = bare.slice(from, endOf(bare, from));
    const run = /\n {2}run\b[\s\S]*?(?=\n {2}\w|$)/.exec(whole)?.[0] ?? '';
    return { source, name: found[1] ?? '', run };
  });
}

/** The functions of the same domain that this code names. */
function verbsIn(code: string, source: Source, files: ReadonlyMap<string, Source>): Verb[] {
  const names = new Set([...code.matchAll(/\b[a-z]\w*\b/g)].map(([name]) => name));
  return source.imports
    .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
    .flatMap(({ specifier }) => files.get(targetOf(source.path, specifier) ?? '') ?? [])
    .flatMap((file) => [...names].flatMap((name) => verbOf(file, name) ?? []));
}

function verbOf({ bare }: Source, name: string): Verb | null {
  const found = new RegExp(`^export (?:async )?function ${name}\\b`, 'm').exec(bare);
  if (!found) return null;
  const from = bare.indexOf('(', found.index);
  const to = endOf(bare, from);
  const body = bare.slice(bare.indexOf('{\n', to) + 2);
  return { name, parameters: bare.slice(from, to), opening: body.slice(0, body.search(/;\n/)) };
}

/** Where the bracket that opens here is closed. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if ('({['.includes(text[at] ?? ' ')) depth += 1;
    if (')}]'.includes(text[at] ?? ' ')) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
