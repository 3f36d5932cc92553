// The other side of the list: one statement through pg, its rows as JSON behind node:http. No key, no limits, no GraphQL.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { answerParent, readSetup } from '../stage/answer-parent.ts';

const LIST = `
  select c.id, c.state, c.outcome, c.from_number as "from", c.to_number as "to", i.occurred_at as "startedAt",
         extract(epoch from c.ended_at - i.occurred_at)::int as "durationSeconds", c.first_call as "firstCall",
         json_build_object('id', t.id, 'name', t.name) as tracker,
         (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
            from interaction_tag it join tag g on g.account_id = it.account_id and g.id = it.tag_id
           where it.account_id = i.account_id and it.interaction_id = i.id) as tags
    from interaction i
    join call c on c.account_id = i.account_id and c.id = i.id
    left join tracker t on t.account_id = c.account_id and t.id = c.tracker_id
   where i.account_id = $1 and i.kind = 'CALL'
   order by i.occurred_at desc, i.id desc limit 20`;

const { databases } = readSetup<{ databases: { databaseUrl: string; accountId: string }[] }>();
const lists = databases.map(({ databaseUrl, accountId }) => ({
  pool: new pg.Pool({ connectionString: databaseUrl, max: 10 }),
  accountId,
}));
const server = createServer((request, response) => {
  request.resume();
  request.on('end', async () => {
    const list = lists[Number(request.url?.slice(1))];
    const found = await list?.pool.query({ name: 'list', text: LIST, values: [list.accountId] });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ calls: found?.rows }));
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    for (const { pool } of lists) await pool.end();
  };
  answerParent({ url: `http://127.0.0.1:${port}` }, {}, stop);
});
