// Entry of the server: npm start.

import { readArguments, readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { startServer } from './start-server.ts';

const USAGE = `Use:
  npm start   the server, until Ctrl+C; the README's table names the environment variables that set it up`;

async function main(): Promise<void> {
  readArguments(USAGE, { words: 0 });
  const config = readConfig();
  const log = openLog({
    level: config.LOG_LEVEL,
    name: 'server',
    showPersonalData: config.LOG_PERSONAL_DATA,
  });
  const server = await startServer({ config, log });
  const lines = [
    '',
    `Switchboard is up.`,
    `  GraphQL and GraphiQL  ${server.url}/graphql`,
    `  subscriptions         ${server.url.replace('http', 'ws')}/graphql  (or SSE on the same address)`,
    `  sign in               ${server.url}/sign-in  (npm run account -- invite <e-mail address>)`,
    `  health                ${server.url}/health  ${server.url}/ready`,
    ...(server.sandbox ? [`  sandbox carrier       ${server.sandbox.url}`] : []),
    `  data                  ${config.DATA_DIR}`,
    ...(server.first ? ['', `  API key (shown once)  ${server.first.apiKey}`] : []),
    ...(server.hasAccounts
      ? []
      : ['', 'There is no account yet: npm run account -- new "<name>" LIVE']),
    ...(!config.PUBLIC_URL && /^(0\.0\.0\.0|::)$/.test(config.HOST)
      ? [
          '',
          `PUBLIC_URL is not set: snippets, recordings and invitations point to ${server.url}, which only this machine can open.`,
        ]
      : []),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
