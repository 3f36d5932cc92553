// The scripts as modules, as the server gives them to whoever imports them: in a page, and on a server that renders pages.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Switchboard } from '#browser/swap/switchboard.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { BROWSER, OURS, TARGET } from '../support/collect-town.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, site, show, troublesOf } = await openSwapTown();
const folder = temporaryFolder();
const run = promisify(execFile);
/** the wire's own name is known to the browser alone */
const here = () => collect.url.replace('collect.example', '127.0.0.1');

it('/swap.mjs starts a site out of a page’s own module, with its parts, and leaves no globals', async () => {
  const page = await show(
    `<p>Call 312-555-0100</p><form><input name="email"><button>Send</button></form>
     <script type="module">
       import { startSite } from '${collect.url}/swap.mjs';
       const { api } = startSite({ key: '${site().key}', server: '${collect.url}' });
       document.body.mine = api;
     </script>`,
  );
  await untilText(page, '0142');
  const seen = await page.evaluate(
    async ([target]) => {
      const { mine } = document.body as unknown as { mine: Switchboard };
      const heard: object[] = [];
      mine.onAssignment((numbers) => heard.push(numbers));
      return [await mine.getNumbers([target]), heard, 'Switchboard' in window];
    },
    [TARGET] as const,
  );
  expect(seen).toEqual([{ [TARGET]: OURS }, [{ [TARGET]: OURS }], false]);
  await page.fill('input', 'ada@example.com');
  await page.click('button');
  expect(await collect.heard('form')).toMatchObject({ fields: { email: 'ada@example.com' } });
  expect(troublesOf(page)).toEqual([]);
});

it('/assign-numbers.mjs runs on a server by itself, and swap.js goes on with its visitor', async () => {
  const file = join(folder, 'assign-numbers.mjs');
  const module = await fetch(`${here()}/assign-numbers.mjs`);
  expect(module.headers.get('content-type')).toContain('text/javascript');
  await writeFile(file, await module.text());
  const request = {
    ...{ server: here(), key: site().key, url: 'https://www.bluebird.example/?gclid=abc' },
    ...{ headers: { 'user-agent': BROWSER }, numbers: [TARGET], timeoutMs: 10_000 },
  };
  const program = `const { assignNumbers } = await import(process.argv[1]);
    const { numbers, swap, setCookie } = await assignNumbers(JSON.parse(process.argv[2]));
    console.log(JSON.stringify({ numbers, text: swap('Call (312) 555-0100'), setCookie }));`;
  const { stdout } = await run(process.execPath, [
    ...['--input-type=module', '-e', program],
    ...[pathToFileURL(file).href, JSON.stringify(request)],
  ]);
  const answer = JSON.parse(stdout) as { numbers: object; text: string; setCookie: string };
  expect(answer.numbers).toEqual({ [TARGET]: OURS });
  expect(answer.text).toBe('Call (312) 555-0142');
  const [session] = await site().sessions();
  expect(answer.setCookie).toContain(`${site().key}=1.${session?.visitorId}.${session?.id}.`);
});
