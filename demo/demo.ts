// npm run demo: a whole server with the sandbox carrier, and one call through all of it, told as it is seen through the
// public API. With --exit it stops after the story and answers 0 only if every step was seen. --patience 300 waits so
// many seconds for the whole story instead of 120.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readArguments, readConfig, refuseArguments } from '#platform/config/index.ts';
import { refuseInUse } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import { startServer } from '../src/start-server.ts';
import { openApi } from './api.ts';
import { openPartner } from './partner.ts';
import { playStory, type Step } from './story.ts';
import { closingWords, had } from './telling.ts';

/** the sandbox's carrier lives twice as fast, so that the call takes half its length */
const SPEED = '2';

const USAGE = `Use:
  npm run demo                              tells the story; the server goes on until Ctrl+C
  npm run demo -- --exit                    stops after the story; exit code 0 only if every step was seen
  npm run demo -- --patience <seconds>      waits so long for the whole story, instead of 120`;

/** What the command line asks for, judged before anything is started. */
function readTold(): { stays: boolean; patienceMs: number } {
  const args = readArguments(USAGE, { options: ['--exit', '--patience'] });
  try {
    const { values } = parseArgs({
      args,
      options: {
        exit: { type: 'boolean', default: false },
        patience: { type: 'string', default: '120' },
      },
    });
    const patienceMs = Number(values.patience) * 1_000;
    if (patienceMs > 0) return { stays: !values.exit, patienceMs };
    return refuseArguments('--patience takes a number of seconds above 0.', USAGE);
  } catch (error) {
    return refuseArguments((error as Error).message, USAGE);
  }
}

async function main(): Promise<void> {
  const { stays, patienceMs } = readTold();
  const given = readConfig();
  const dataDir = join(given.DATA_DIR, 'demo');
  await refuseInUse(dataDir);
  await rm(dataDir, { recursive: true, force: true });
  const config = readConfig({
    LOG_LEVEL: 'warn',
    SANDBOX_SPEED: SPEED,
    PORT: stays ? '4000' : '0',
    // the partner of the story listens on this machine
    WEBHOOK_ALLOW_HOSTS: '127.0.0.1',
    ...process.env,
    DATABASE_URL: '',
    DATA_DIR: dataDir,
  });
  const log = openLog({ level: config.LOG_LEVEL, name: 'demo', showPersonalData: false });
  const began = performance.now();
  const server = await startServer({ config, log });
  const stop = async (code: number) => {
    await server.stop();
    process.exit(code);
  };
  process.once('SIGINT', () => void stop(130));
  process.once('SIGTERM', () => void stop(143));
  const apiKey = server.first?.apiKey ?? '';
  console.log(
    `\nSwitchboard is up after ${seconds(performance.now() - began)}: ${server.url}/graphql\n`,
  );
  console.log(`  ${'step'.padEnd(17)} ${'after'.padStart(7)}  what the API told`);
  const api = openApi(server.url, apiKey);
  const partner = await openPartner();
  const steps: Step[] = [];
  try {
    const tell = (step: Step) => {
      steps.push(step);
      console.log(line(step));
    };
    await playStory(api, partner, tell, patienceMs);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : JSON.stringify(error)}`);
    api.close();
    partner.close();
    return stop(1);
  }
  api.close();
  partner.close();
  console.log(
    `\n${steps.filter((step) => step.name).length} steps, each seen through the public API.`,
  );
  if (!stays) return stop(0);
  console.log(
    closingWords({ url: server.url, ...had(server.first, 'there is no account'), dataDir }),
  );
}

function line({ name, seen, afterMs }: Step): string {
  return name
    ? `  ${name.padEnd(17)} ${seconds(afterMs).padStart(7)}  ${seen}`
    : `  ${' '.repeat(25)}  ${seen}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
