// Reads a script of eval/calls or eval/second-calls: some headers, an empty line, then one turn a line. In a turn [words=keyword] marks a keyword
// where it is said, and <words> a number that must not be kept.
import { readdirSync, readFileSync } from 'node:fs';
import { SIGNALS, type Signal } from '#platform/ai/index.ts';

/** Words of a turn, from one word to the one before another, counted from 0. */
export interface Marked {
  first: number;
  end: number;
  keyword?: string;
}

export interface ScriptTurn {
  speaker: 'AGENT' | 'CALLER';
  /** without marks */
  text: string;
  marked: Marked[];
}

export interface CallScript {
  name: string;
  business: string;
  /** the caller's, then the agent's */
  voices: [string, string];
  line: string;
  signals: Signal[];
  turns: ScriptTurn[];
}

const MARK = /\[([^\]=]+)=([^\]]+)\]|<([^>]+)>/g;
const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean);

function readTurn(line: string): ScriptTurn {
  const [, who, marked] = /^([AC]): (.+)$/.exec(line) ?? [];
  if (!who || !marked) throw new Error(`not a turn: ${line}`);
  let text = '';
  let from = 0;
  const found: Marked[] = [];
  for (const match of marked.matchAll(MARK)) {
    const [whole, words, keyword, secret] = match;
    const said = words ?? secret ?? '';
    text += marked.slice(from, match.index);
    const first = wordsIn(text).length;
    found.push({ first, end: first + wordsIn(said).length, ...(keyword && { keyword }) });
    text += said;
    from = match.index + whole.length;
  }
  text += marked.slice(from);
  return { speaker: who === 'A' ? 'AGENT' : 'CALLER', text, marked: found };
}

function readScript(folder: URL, name: string): CallScript {
  const [head = '', body = ''] = readFileSync(new URL(`${name}.txt`, folder), 'utf8').split('\n\n');
  const headers = new Map(
    head.split('\n').map((line) => {
      const [key = '', value = ''] = line.split(':').map((part) => part.trim());
      return [key, value.split(', ').filter(Boolean)];
    }),
  );
  const [caller = '', agent = ''] = headers.get('voices') ?? [];
  const signals = headers.get('signals') ?? [];
  return {
    name,
    business: headers.get('business')?.join(', ') ?? '',
    voices: [caller, agent],
    line: headers.get('line')?.[0] ?? '',
    signals: SIGNALS.filter((signal) => signals.includes(signal)),
    turns: body.split('\n').filter(Boolean).map(readTurn),
  };
}

/** All scripts of a folder, by name. */
export function readScripts(folder: URL): CallScript[] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  return names.sort().map((file) => readScript(folder, file.replace(/\.txt$/, '')));
}
