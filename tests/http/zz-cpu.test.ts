import { fork } from 'node:child_process';
import { it } from 'vitest';
import { openSharedSubscribe } from '#graphql/subscribe-shared.ts';
import { encodePosition } from '#values/cursor.ts';
import { openHouse } from './support.ts';
const houses = { shared: await openHouse({ shared: openSharedSubscribe() }), alone: await openHouse({ shared: openSharedSubscribe(0) }) };
const queries = {
  scalars: 'subscription($after: Cursor) { events(after: $after) { id cursor type occurredAt subjectVersion } }',
  company: 'subscription($after: Cursor) { events(after: $after) { id cursor type company { id name } } }' };
for (const round of [1, 2]) for (const [q, query] of Object.entries(queries)) for (const [name, house] of Object.entries(houses)) {
  it(`${q} ${name} ${round}`, { timeout: 60000 }, async () => {
    const total = 100, conns = 10, per = 20;
    const after = encodePosition(await house.events.head());
    const child = fork('/tmp/cpu-child.mjs', [`${house.url.replace('http', 'ws')}/graphql`, after, String(conns), String(per), String(total), query], { execArgv: [] });
    const done = new Promise<void>((r) => child.on('message', (m) => { if (m === 'done') r(); else if ((m as any).bad) console.log(JSON.stringify(m).slice(0, 300)); }));
    await new Promise((r) => setTimeout(r, 1200));
    const before = process.cpuUsage();
    for (let n = 0; n < total; n++) await house.happen([n], '', '01900000-0000-7000-8000-000000000000');
    await Promise.race([done, new Promise((r) => setTimeout(r, 30000))]);
    const { user, system } = process.cpuUsage(before);
    console.log(`CPU ${q} ${name}: ${((user + system) / (total * conns * per)).toFixed(1)} us/msg`);
    child.kill();
  });
}
