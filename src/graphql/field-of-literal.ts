// Which field a value stands in that is written into an operation: told by the words before it, since a scalar that reads
// a literal is not told where it stands.
import { type Token, TokenKind, type ValueNode } from 'graphql';

const OPENING: ReadonlySet<TokenKind> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const CLOSING: ReadonlySet<TokenKind> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/**
 * The path to a literal from its argument, in which `input` itself does not stand: ['from'], ['filter', 'startedFrom'].
 * Places in a list are left out; empty where the value is no argument's.
 */
export function fieldOfLiteral(value: ValueNode): string[] {
  const path: string[] = [];
  let passed = 0; // brackets of what stands before it, closed already
  let isName = true; // whether a colon here would be that of the value, or of what it stands in
  for (let token = value.loc?.startToken.prev; token; token = token.prev) {
    if (CLOSING.has(token.kind)) passed += 1;
    else if (OPENING.has(token.kind) && passed > 0) passed -= 1;
    else if (token.kind === TokenKind.PAREN_L) break;
    else if (OPENING.has(token.kind)) {
      isName = true;
      continue;
    } else if (isName && token.kind === TokenKind.COLON) path.unshift(nameBefore(token));
    isName = false;
  }
  return path[0] === 'input' ? path.slice(1) : path;
}

function nameBefore({ prev }: Token): string {
  return prev?.value ?? '';
}
