// Settings of a process: every variable that cannot be used is named at once, with what it accepts.
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadConfig, readConfig } from '#platform/config/index.ts';

describe('the configuration', () => {
  it('has a value for everything when nothing is set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      PORT: 4000,
      HOST: '127.0.0.1',
      WORKERS: 'inside',
      SANDBOX: true,
    });
    expect(config.DATABASE_URL).toBeUndefined();
    expect(isAbsolute(config.DATA_DIR)).toBe(true);
  });

  it('takes an empty value for an absent one, and leaves other variables alone', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', HOME: '/nowhere' })).toEqual(readConfig({}));
  });

  it('reads switches and numbers', () => {
    expect(readConfig({ SANDBOX: 'off', PORT: '0', SANDBOX_SPEED: '2.5' })).toMatchObject({
      SANDBOX: false,
      PORT: 0,
      SANDBOX_SPEED: 2.5,
    });
  });

  it('cuts off what was pasted around a key', () => {
    expect(readConfig({ AI_API_KEY: ' sk-one\n' }).AI_API_KEY).toBe('sk-one');
  });

  it('has a sandbox by itself only with a database of its own', () => {
    const shared = { DATABASE_URL: 'postgres://localhost/switchboard' };
    expect(readConfig(shared).SANDBOX).toBe(false);
    expect(readConfig({ ...shared, SANDBOX: 'on' }).SANDBOX).toBe(true);
    expect(readConfig({ SANDBOX: 'off' }).SANDBOX).toBe(false);
  });

  it('reads a list of addresses and networks', () => {
    const { WEBHOOK_ALLOW_HOSTS } = readConfig({ WEBHOOK_ALLOW_HOSTS: '127.0.0.1, fd00::/8' });
    expect(WEBHOOK_ALLOW_HOSTS).toEqual(['127.0.0.1', 'fd00::/8']);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['PUBLIC_URL', 'calls.example.com'],
    ['SECRET_KEY', '***'],
    ['LOG_LEVEL', 'loud'],
    ['WORKERS', 'none'],
    ['SANDBOX', 'yes'],
    ['SANDBOX_SPEED', '0'],
    ['SPEECH_MODEL', 'huge'],
    ['DATABASE_POOL', '1'],
    ['LOG_PERSONAL_DATA', '1'],
    ['MEILISEARCH_URL', '127.0.0.1:7700'],
    ['MEILISEARCH_KEY', 'short'],
    ['MEILISEARCH_KEY', 'a-master-key-of-many…'],
    ['AI_API_KEY', 'sk-…'],
    ['AI_API_KEY', ' '],
    ['SPEECH_PROVIDER_KEY', 'sk one'],
    ['PUBLIC_URL', 'https://bücher.example'],
    ['WEBHOOK_ALLOW_HOSTS', 'localhost'],
    ['WEBHOOK_ALLOW_HOSTS', '127.0.0.1,10.0.0.0/33'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(BadConfig);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name} takes `));
  });

  it('takes the address and the key of a search server together', () => {
    const [MEILISEARCH_URL, MEILISEARCH_KEY] = ['http://127.0.0.1:7700', 'x'.repeat(16)];
    expect(readConfig({ MEILISEARCH_URL, MEILISEARCH_KEY })).toMatchObject({
      MEILISEARCH_URL,
      MEILISEARCH_KEY,
    });
    for (const given of [{ MEILISEARCH_URL }, { MEILISEARCH_KEY }]) {
      expect(() => readConfig(given)).toThrow(/MEILISEARCH_URL and MEILISEARCH_KEY/);
    }
  });

  it('names everything that is wrong at once', () => {
    const bad = () => readConfig({ PORT: 'x', SANDBOX: 'x', LOG_LEVEL: 'x' });
    expect(bad).toThrow(/PORT takes .*LOG_LEVEL takes .*SANDBOX takes /s);
  });
});
