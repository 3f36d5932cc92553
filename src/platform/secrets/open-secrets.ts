// Secrets at rest: AES-256-GCM under a key that lives in DATA_DIR or comes from the environment. And the MACs of
// signed links.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  /** Encrypts a text; `purpose` is bound to it, so a value cannot be moved to another place. */
  seal(plain: string, purpose: string): string;
  /** Decrypts what `seal` made for the same purpose. Throws when the key, the purpose or the text differs. */
  open(sealed: string, purpose: string): string;
  /** A MAC (base64url) over a text, for links that we sign and check ourselves. */
  sign(text: string, purpose: string): string;
  /** True when the MAC is right; compares in constant time. */
  verify(text: string, mac: string, purpose: string): boolean;
}

const OTHER_KEY =
  'A stored secret does not open: it was sealed under another key, or changed. Start with the SECRET_KEY (or the file ' +
  'DATA_DIR/secret.key) that it was sealed under, or set the secret anew.';

/**
 * Opens the secrets under a master key.
 * @param masterKey 32 bytes
 */
export function openSecrets(masterKey: Buffer): Secrets {
  if (masterKey.length !== 32) throw new Error('SECRET_KEY must be 32 bytes, written as base64.');
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', masterKey, '', `switchboard:${purpose}`, 32));
  const sign = (text: string, purpose: string) =>
    createHmac('sha256', derive(`mac:${purpose}`))
      .update(text)
      .digest('base64url');
  return {
    seal(plain, purpose) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive('seal'), nonce).setAAD(
        Buffer.from(purpose),
      );
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, purpose) {
      if (!sealed.startsWith('v1.')) throw new Error('This secret was not sealed by this server.');
      const raw = Buffer.from(sealed.slice(3), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', derive('seal'), raw.subarray(0, 12))
        .setAAD(Buffer.from(purpose))
        .setAuthTag(raw.subarray(12, 28));
      try {
        return decipher.update(raw.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw new Error(OTHER_KEY, { cause: error });
      }
    },
    sign,
    verify(text, mac, purpose) {
      const expected = Buffer.from(sign(text, purpose));
      const given = Buffer.from(mac);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

/**
 * Reads DATA_DIR/secret.key, making it (0600) at the first start; of processes that start at once all get the same. Losing
 * it means losing every sealed secret.
 */
export function readOrMakeMasterKey(dataDir: string): Buffer {
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) makeMasterKey(dataDir, file);
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
}

/** Written beside its place and then linked there: whoever sees the file sees all of it, and the first one stays. */
function makeMasterKey(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true });
  const unfinished = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(unfinished, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
