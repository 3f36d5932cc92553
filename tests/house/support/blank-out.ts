// A small reader of TypeScript's surface: which letters are comment, which are quoted text, which are code.

export interface Views {
  code: string;
  bare: string;
  quoted: string;
}

type Kind = 'code' | 'comment' | 'text';

const PIECE =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`|\$\{|[{}]|\/(?![*/])|[^/'"`${}]+|[\s\S]/gy;
const PATTERN = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const IN_TEMPLATE = /(?:\\[\s\S]|[^`\\$]|\$(?!\{))*/y;
/** After one of these a slash begins a pattern, not a division. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};<>+*~^%-]|\b(?:return|typeof|case|of|in))\s*$/;

/** The text in three views of the same length: letters that do not belong are blanks, line ends stay. */
export function blankOut(text: string): Views {
  const kinds: Kind[] = new Array(text.length).fill('code');
  const mark = (from: number, to: number, kind: Kind) => kinds.fill(kind, from, to);
  const templates: number[] = []; // depth of braces at which a template goes on
  let depth = 0;
  let at = 0;
  let seen = ''; // the code so far, its tail decides what a slash is
  const readTemplate = () => {
    IN_TEMPLATE.lastIndex = at;
    const end = at + (IN_TEMPLATE.exec(text)?.[0].length ?? 0);
    mark(at, end, 'text');
    at = end;
    if (text[at] === '`') at += 1;
    else if (text.startsWith('${', at)) {
      at += 2;
      templates.push(depth);
      depth += 1;
    }
  };
  while (at < text.length) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text)?.[0] ?? text[at] ?? '';
    const from = at;
    at += piece.length;
    if (piece.startsWith('//') || piece.startsWith('/*')) {
      mark(from, at, 'comment');
      continue;
    }
    if (piece === '/' && BEFORE_PATTERN.test(seen.slice(-40))) {
      PATTERN.lastIndex = from;
      const pattern = PATTERN.exec(text)?.[0];
      if (pattern) {
        at = from + pattern.length;
        mark(from + 1, at - 1, 'text');
      }
    } else if (piece === '`') readTemplate();
    else if (piece === '{') depth += 1;
    else if (piece === '}') {
      depth -= 1;
      if (templates.at(-1) === depth) {
        templates.pop();
        readTemplate();
      }
    } else if (piece.length > 1 && /^['"]/.test(piece)) mark(from + 1, at - 1, 'text');
    seen = (seen + (/^['"`]/.test(piece) ? 'x' : piece)).slice(-80);
  }
  const keep = (wanted: (kind: Kind) => boolean) =>
    Array.from({ length: text.length }, (_, i) =>
      text[i] === '\n' || wanted(kinds[i] ?? 'code') ? text[i] : ' ',
    ).join('');
  return {
    code: keep((kind) => kind !== 'comment'),
    bare: keep((kind) => kind === 'code'),
    quoted: keep((kind) => kind === 'text'),
  };
}
