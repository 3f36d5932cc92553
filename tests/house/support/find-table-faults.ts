// Which read or write of a table stands where it may not: only a store file of the table's own domain writes it, and a read
// asks tables of its own and of earlier domains. Whose a table is, the file of its model says.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DOMAINS } from './find-direction-faults.ts';
import { lineAt, listFiles, ROOT, type Source } from './sources.ts';

/** Files of models that are not named like the domain that has their tables; null = the platform. */
const OTHER_FILES: Record<string, Owner> = {
  'sign-in': 'accounts',
  registrations: 'numbers',
  ...{ carrier: null, events: null, limits: null, search: null },
};

/** Which domain has a table; null = the platform, which writes it by its own modules. */
type Owner = string | null;

interface Tables {
  /** by the name of the table in SQL, and by the client's name of its model */
  owners: Map<string, { model: string; domain: Owner }>;
  /** by the name of a relation: whose tables those of this name lead to */
  relations: Map<string, Owner[]>;
}

/** Every table and relation that the models tell of. */
export function readTables(): Tables {
  const owners: Tables['owners'] = new Map();
  const bodies: string[] = [];
  for (const path of listFiles(['prisma/models'], /\.prisma$/)) {
    const file = basename(path, '.prisma');
    const domain = OTHER_FILES[file] === undefined ? file : OTHER_FILES[file];
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const [, model = '', body = ''] of text.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)) {
      const inSql = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model;
      for (const name of [inClient(model), inSql]) owners.set(name, { model, domain });
      bodies.push(body);
    }
  }
  const relations: Tables['relations'] = new Map();
  for (const [, name = '', model = ''] of bodies.join('').matchAll(/^\s+(\w+)\s+([A-Z]\w+)/gm)) {
    const to = owners.get(inClient(model));
    if (to) relations.set(name, [...(relations.get(name) ?? []), to.domain]);
  }
  return { owners, relations };
}

const inClient = (model: string) => model.charAt(0).toLowerCase() + model.slice(1);

const CLIENT_WRITE =
  /\.\s*([a-z]\w+)\s*\.\s*(?:create|update|upsert|delete)(?:Many|ManyAndReturn)?\s*\(/g;
const CLIENT_READ = /\.\s*([a-z]\w+)\s*\.\s*(?:find\w+|count|aggregate|groupBy)\s*\(/g;
const SQL_WRITE =
  /\b(?:insert\s+into|delete\s+from|merge\s+into|update)\s+(?:only\s+)?"?([a-z_]+)\b/gi;
const SQL_READ = /\b(?:from|join|using)\s+(?:only\s+|lateral\s+)?"?([a-z_]+)\b/gi;
const IS_SQL = /\b(?:select|insert|update|delete|with)\b/i;

/** What of these sources reads or writes a table that is not for it. */
export function findTableFaults(sources: readonly Source[], tables: Tables): string[] {
  return sources.flatMap((source) => {
    const here = /^src\/domains\/([^/]+)\//.exec(source.path)?.[1] ?? null;
    // the platform has stores of its own kind; the doors above may read everything
    const isBound = here !== null || source.path.startsWith('src/platform/');
    const isStore = here === null || /^store(?:-[a-z-]+)?\.ts$/.test(basename(source.path));
    const isLater = (domain: Owner) =>
      isBound && domain !== null && DOMAINS.indexOf(domain) > (here ? DOMAINS.indexOf(here) : -1);
    const readFault = (domain: Owner) =>
      isLater(domain) ? `is of ${domain}, which is no earlier domain` : null;
    const writeFault = (domain: Owner) => {
      if (domain !== here || !isBound) return `is written by ${domain ?? 'the platform'} alone`;
      return isStore ? null : 'is written outside a store*.ts';
    };
    const look = (
      view: 'bare' | 'quoted',
      pattern: RegExp,
      faultOf: (domain: Owner) => string | null,
    ) =>
      [...source[view].matchAll(pattern)].flatMap((one) => {
        const table = tables.owners.get(one[1] ?? '');
        const fault = table && faultOf(table.domain);
        // words of two texts with code between them are no SQL
        if (!fault || !source.text.startsWith(one[0], one.index)) return [];
        return [`${source.path}:${lineAt(source.text, one.index + 1)}: ${table.model} ${fault}`];
      });
    const isSql = IS_SQL.test(source.quoted);
    return [
      ...look('bare', CLIENT_WRITE, writeFault),
      ...look('bare', CLIENT_READ, readFault),
      ...(isSql ? look('quoted', SQL_WRITE, writeFault) : []),
      ...(isSql ? look('quoted', SQL_READ, readFault) : []),
      ...relationsIn(source).flatMap(({ name, line }) => {
        const domains = tables.relations.get(name) ?? [];
        if (domains.length === 0 || !domains.every(isLater)) return [];
        return [
          `${source.path}:${line}: ${name} leads to ${domains[0]}, which is no earlier domain`,
        ];
      }),
    ];
  });
}

/** The names that are asked for within `include`, `select` and `where` of the client. */
function relationsIn({ bare }: Source): { name: string; line: number }[] {
  return [...bare.matchAll(/\b(?:include|select|where)\s*:\s*\{/g)].flatMap((asked) => {
    const from = asked.index + asked[0].length;
    let depth = 1;
    let end = from;
    for (; depth > 0 && end < bare.length; end += 1) {
      if (bare[end] === '{') depth += 1;
      if (bare[end] === '}') depth -= 1;
    }
    const names = bare.slice(from, end).matchAll(/\b(\w+)\s*:\s*(?:true\b|\{)/g);
    return [...names].map(({ 1: name = '', index }) => ({
      name,
      line: lineAt(bare, from + index),
    }));
  });
}
