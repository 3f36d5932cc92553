// Secrets at rest: opened only by who sealed them, for what they were sealed, as they were sealed.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSecrets, readOrMakeMasterKey } from '#platform/secrets/index.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const folder = temporaryFolder();
const secrets = openSecrets(randomBytes(32));

describe('a sealed text', () => {
  it('opens again, whatever it says, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = secrets.seal(plain, 'carrier-key');
        expect(secrets.open(sealed, 'carrier-key')).toBe(plain);
        expect(secrets.seal(plain, 'carrier-key')).not.toBe(sealed);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('does not open for another purpose or under another key', () => {
    const sealed = secrets.seal('KEY019', 'carrier-key');
    expect(() => secrets.open(sealed, 'webhook-key')).toThrow();
    expect(() => openSecrets(randomBytes(32)).open(sealed, 'carrier-key')).toThrow();
  });

  it('under a key that was replaced says what to do, and tells nothing of itself', () => {
    const sealed = secrets.seal('KEY019', 'carrier-key');
    const replaced = openSecrets(randomBytes(32));
    const open = () => replaced.open(sealed, 'carrier-key');
    expect(open).toThrow(/SECRET_KEY \(or the file DATA_DIR\/secret\.key\)/);
    expect(open).not.toThrow(/KEY019|v1\./);
    // what is set anew opens, while the old stays closed
    expect(replaced.open(replaced.seal('KEY020', 'carrier-key'), 'carrier-key')).toBe('KEY020');
    expect(secrets.open(sealed, 'carrier-key')).toBe('KEY019');
  });

  it('does not open when any bit of it was changed, or it was cut', () => {
    const sealed = secrets.seal('KEY019', 'carrier-key');
    const raw = Buffer.from(sealed.slice(3), 'base64url');
    for (let bit = 0; bit < raw.length * 8; bit += 5) {
      const changed = Buffer.from(raw);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(() => secrets.open(`v1.${changed.toString('base64url')}`, 'carrier-key')).toThrow();
    }
    for (const length of [0, 5, 12, 20, 27, raw.length - 1]) {
      const cut = `v1.${raw.subarray(0, length).toString('base64url')}`;
      expect(() => secrets.open(cut, 'carrier-key')).toThrow();
    }
    expect(() => secrets.open('KEY019', 'carrier-key')).toThrow('not sealed by this server');
  });
});

describe('a signed text', () => {
  it('is right for its text, purpose and key only', () => {
    const mac = secrets.sign('/recordings/one', 'recording-link');
    expect(secrets.verify('/recordings/one', mac, 'recording-link')).toBe(true);
    expect(secrets.verify('/recordings/two', mac, 'recording-link')).toBe(false);
    expect(secrets.verify('/recordings/one', mac, 'other')).toBe(false);
    expect(secrets.verify('/recordings/one', `${mac}x`, 'recording-link')).toBe(false);
    expect(secrets.verify('/recordings/one', '', 'recording-link')).toBe(false);
    expect(openSecrets(randomBytes(32)).sign('/recordings/one', 'recording-link')).not.toBe(mac);
  });
});

describe('the master key', () => {
  it('is made once, for its owner alone, and kept', () => {
    const dataDir = join(folder, 'data');
    const made = readOrMakeMasterKey(dataDir);
    expect(made).toHaveLength(32);
    expect(readOrMakeMasterKey(dataDir).equals(made)).toBe(true);
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'secret.key'), 'utf8').trim()).toBe(made.toString('base64'));
  });

  it('is the same for processes that start at once', async () => {
    const dataDir = join(folder, 'at-once');
    const start = (): Promise<string> => {
      const worker = new Worker(new URL('make-key-child.ts', import.meta.url), {
        workerData: { dataDir },
      });
      return new Promise((resolve, reject) =>
        worker.once('message', resolve).once('error', reject),
      );
    };
    const keys = await Promise.all(Array.from({ length: 6 }, start));
    expect(new Set(keys)).toEqual(new Set([readOrMakeMasterKey(dataDir).toString('base64')]));
    expect(readdirSync(dataDir)).toEqual(['secret.key']);
  });

  it('of another length is refused with what it must be', () => {
    expect(() => openSecrets(randomBytes(16))).toThrow('SECRET_KEY must be 32 bytes');
  });
});
