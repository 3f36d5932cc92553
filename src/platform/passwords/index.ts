// Passwords at rest: argon2id with the library's defaults, which are OWASP's (19 MiB, 2 passes, 1 lane). The work is done
// beside the event loop; libuv's four threads bound how much of it happens at once.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
import { hash, verify } from '@node-rs/argon2';

/** The hash to keep: a PHC string that names its own salt and costs. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

let nobodys: Promise<string> | undefined;

/**
 * Whether a password is the one behind a hash.
 * @param kept null when there is none: the same work is done, and the answer is false
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
  nobodys ??= hash('nobody has this password');
  const matches = await verify(kept ?? (await nobodys), password);
  return kept !== null && matches;
}
