// Bringing up the database that a configuration asks for.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '#platform/db/embedded-process.ts';
import { findDatabase, provideDatabase, useDatabase } from '#platform/db/index.ts';
import { bareDatabase } from '#tests/support/database.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const log = pino({ level: 'silent' });
const dataDir = temporaryFolder();
const databaseUrl = await bareDatabase();

describe('the configured database', () => {
  it('is the embedded one by default: started, migrated, found by workers, stopped', async () => {
    const provided = await provideDatabase({ dataDir }, log);
    onTestFinished(() => provided.stop());
    expect(provided.embedded).toBe(true);
    expect(await findDatabase({ dataDir })).toBe(provided.url);
    expect(await useDatabase({ dataDir }, log, async (url) => url)).toBe(provided.url);
    await provided.stop();
    await expect(findDatabase({ dataDir })).rejects.toThrow(/npm start/);
  });

  it('is never made by a tool that only uses it', async () => {
    const nothing = join(dataDir, 'nothing');
    const used = useDatabase({ dataDir: nothing }, log, async () => 'used');
    await expect(used).rejects.toThrow(`There is no Switchboard in ${nothing}. Start the server`);
    expect(existsSync(nothing)).toBe(false);
    mkdirSync(join(nothing, 'postgres'), { recursive: true });
    await expect(useDatabase({ dataDir: nothing }, log, async () => 'used')).rejects.toThrow(
      /set the DATA_DIR that it has/,
    );
    expect(readdirSync(join(nothing, 'postgres'))).toEqual([]);
  });

  it('is the one that DATABASE_URL names, migrated but never stopped', async () => {
    const provided = await provideDatabase({ dataDir, databaseUrl }, log);
    expect(provided).toMatchObject({ url: databaseUrl, embedded: false });
    await provided.stop();
    expect(await findDatabase({ dataDir, databaseUrl })).toBe(databaseUrl);
  });

  it('that cannot be reached is named without its password', async () => {
    const port = await findFreePort();
    const nowhere = `postgresql://someone:secret@127.0.0.1:${port}/calls`;
    const error = await provideDatabase({ dataDir, databaseUrl: nowhere }, log).catch((one) => one);
    expect(error.message).toContain(`127.0.0.1:${port}/calls`);
    expect(error.message).not.toContain('secret');
  });
});
