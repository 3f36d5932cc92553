// The log: personal data stands under keys that begin with pii_, and is hidden unless the operator asks for it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const LOG = fileURLToPath(new URL('../../../src/platform/log/index.ts', import.meta.url));

/** What a process with this log writes to its standard output. */
function written(showPersonalData: boolean): Record<string, unknown>[] {
  const program = `
    import { openLog } from ${JSON.stringify(LOG)};
    const log = openLog({ level: 'info', name: 'test', showPersonalData: ${showPersonalData} });
    log.info({ pii_from: '+14155550134', callId: 'one' }, 'a call');
    log.child({ part: 'calls' }).warn({ pii_to: '+12125550101' }, 'a child');
    log.warn({ call: { id: 'one', legs: [{ pii_to: '+14155550134' }] } }, 'deep');
    const failed = Object.assign(new Error('unsupported Unicode escape'), {
      code: '22P05', detail: 'Key (from)=(+14155550134)', where: 'JSON data, line 1: +14155550134',
    });
    log.error({ err: new Error('not stored', { cause: failed }) }, 'a failure');
    log.error({ err: failed }, 'its cause');
    log.debug({ pii_from: '+14155550134' }, 'too quiet');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the log', () => {
  it('hides what stands under pii_ keys, also of children, and keeps the rest', () => {
    const lines = written(false);
    expect(lines).toMatchObject([
      { name: 'test', level: 30, pii_from: '[hidden]', callId: 'one', msg: 'a call' },
      { part: 'calls', pii_to: '[hidden]', msg: 'a child' },
      { call: { id: 'one', legs: [{ pii_to: '[hidden]' }] }, msg: 'deep' },
      { err: { message: expect.stringContaining('not stored') }, msg: 'a failure' },
      { err: { code: '22P05', message: 'unsupported Unicode escape', stack: expect.any(String) } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/\+1\d{10}/);
  });

  it('shows it to an operator who asked for it', () => {
    expect(written(true)).toMatchObject([
      { pii_from: '+14155550134' },
      { pii_to: '+12125550101' },
      { call: { legs: [{ pii_to: '+14155550134' }] } },
      { msg: 'a failure' },
      { err: { detail: 'Key (from)=(+14155550134)' } },
    ]);
  });
});
