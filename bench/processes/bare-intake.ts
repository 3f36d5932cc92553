// The other side of carrier intake: the least that can take a webhook, one INSERT of its body behind node:http.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { answerParent, readSetup } from '../stage/answer-parent.ts';

const { databaseUrl } = readSetup<{ databaseUrl: string }>();
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
await pool.query(
  'create table bare_webhook (id uuid primary key default gen_random_uuid(), body jsonb not null)',
);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const insert = { name: 'store', text: 'insert into bare_webhook (body) values ($1)' };
    pool.query({ ...insert, values: [body] }).then(
      () => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"result":"stored"}');
      },
      () => response.writeHead(503).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  answerParent({ url: `http://127.0.0.1:${port}/` }, {}, () => pool.end());
});
