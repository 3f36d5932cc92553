// Numbers, names and words of people: in logs only under keys that begin with pii_, never in the message itself.
import { describe, expect, it } from 'vitest';
import { lineAt, readSources, type Source, sourceOf } from './support/sources.ts';

const CALL = /\blog\??\.(?:trace|debug|info|warn|error|fatal)\(/g;

/** Keys (and names of values) that would carry a person. */
const PERSONAL =
  /^(?:from|to|caller|callee|dialled|destination|phone\w*|\w*Phone|\w*PhoneNumber|e164|number|name|\w+Name|email\w*|text|words|transcript|digits|note|body|payload|greeting|whisper|person|lead|viewer|input|row|call)$/;

/** File and word → why it may stand there. */
const ALLOWED: Record<string, string> = {
  'src/domains/calls/step-through.ts input': 'only the kind of what came in: answered, hung up',
  'src/platform/events/watch.ts name': 'the name of a reader of the log: tail, reactions',
  'src/platform/db/embedded-binaries.ts name': 'an operating system user, a package',
  'src/platform/db/embedded-place.ts name': 'an operating system user',
};

interface LogCall {
  line: number;
  args: string;
  argsBare: string;
}

/** The arguments of each log call, up to its closing bracket. */
function findLogCalls({ code, bare }: Source): LogCall[] {
  return [...bare.matchAll(CALL)].map((found) => {
    const from = found.index + found[0].length;
    let depth = 1;
    let at = from;
    for (; depth > 0 && at < bare.length; at += 1) {
      if (bare[at] === '(') depth += 1;
      if (bare[at] === ')') depth -= 1;
    }
    const line = lineAt(bare, found.index);
    return { line, args: code.slice(from, at - 1), argsBare: bare.slice(from, at - 1) };
  });
}

function faultsOf(source: Source, excused: ReadonlySet<string> = new Set(Object.keys(ALLOWED))) {
  return findLogCalls(source).flatMap(({ line, args, argsBare }) => {
    const object = /^\s*\{([^}]*)\}/.exec(argsBare)?.[1] ?? '';
    const keys = object.split(',').map((entry) => /^\s*(?:\.\.\.)?([\w$]+)/.exec(entry)?.[1] ?? '');
    const held = [...args.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, inside = '']) =>
      [...inside.matchAll(/[\w$]+/g)].map(([word]) => word),
    );
    const allowed = (word: string) => excused.has(`${source.path} ${word}`);
    return [
      ...keys
        .filter((key) => PERSONAL.test(key) && !allowed(key))
        .map((key) => `${source.path}:${line}: the key ${key} is not pii_${key}`),
      ...held
        .filter((word) => (PERSONAL.test(word) || word.startsWith('pii_')) && !allowed(word))
        .map((word) => `${source.path}:${line}: the message tells ${word}`),
    ];
  });
}

const src = readSources('src', 'workers');

describe('the log', () => {
  it('is written to in many places', () => {
    expect(src.flatMap(findLogCalls).length).toBeGreaterThan(25);
  });

  it('tells nobody’s number, name or words outside pii_ keys', () => {
    expect(src.flatMap((source) => faultsOf(source))).toEqual([]);
  });

  it('excuses nothing that no longer needs it', () => {
    const unexcused = (path: string) =>
      src.filter((source) => source.path === path).flatMap((source) => faultsOf(source, new Set()));
    const needless = Object.keys(ALLOWED).filter((entry) => {
      const [path = '', word = ''] = entry.split(' ');
      return !unexcused(path).some((fault) => fault.includes(` ${word}`));
    });
    expect(needless).toEqual([]);
  });

  it.each([
    "log.info({ from: arrived.from }, 'a call');",
    "slice.log.warn({ accountId, phone }, 'a call');",
    "log.warn(\n  { accountId, text: segment.text },\n  'a word',\n);",
    `log.info(\`a call from \${from}\`);`,
    `log.info({ id }, \`a lead called \${lead.name}\`);`,
    "log.info({ callerName: 'x' }, 'a call');",
    "log.error({ err, payload }, 'broken');",
  ])('would be found: %s', (text) => {
    expect(faultsOf(sourceOf('src/domains/calls/x.ts', text))).not.toEqual([]);
  });

  it.each([
    "log.info({ pii_from: from, callId }, 'a call');",
    "log.warn({ err, accountId }, 'from whom it came is unknown');",
    '// log.info({ from })',
  ])('is no fault: %s', (text) => {
    expect(faultsOf(sourceOf('src/domains/calls/x.ts', text))).toEqual([]);
  });
});
