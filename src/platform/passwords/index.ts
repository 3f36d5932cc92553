// Passwords at rest: argon2id with the library's defaults, which are OWASP's (19 MiB, 2 passes, 1 lane).
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
import { hash, verify } from '@node-rs/argon2';

/** Of libuv's four threads, so that files are read and written however many people sign in. */
const MOST_AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < MOST_AT_ONCE) running += 1;
  else await new Promise<void>((go) => waiting.push(go));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // the place is handed on, or given up
    if (next) next();
    else running -= 1;
  }
}

/** The hash to keep: a PHC string that names its own salt and costs. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password));
}

let nobodys: Promise<string> | undefined;

/**
 * Whether a password is the one behind a hash.
 * @param kept null when there is none: the same work is done, and the answer is false
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
  nobodys ??= hash('nobody has this password');
  const against = kept ?? (await nobodys);
  const matches = await inTurn(() => verify(against, password));
  return kept !== null && matches;
}
