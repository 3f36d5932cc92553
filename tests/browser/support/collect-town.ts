// A Switchboard for pages: the real collect door over a database, on a wire that tests can hear and cut. Each test has a
// company of its own, whose pool has two numbers.
import { beforeEach } from 'vitest';
import { openWebsite as openDoor } from '#tests/domains/visitors/website.ts';
import { openWire } from './wire.ts';

/** what the pages say */
export const TARGET = '+13125550100';
/** what the first visitor of a test is to see, and the second */
export const OURS = '+13125550142';
export const OTHER = '+13125550143';
/** a browser's own word for itself; the headless one says that it is a robot, of which nothing is kept */
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** Starts it, stopped after the file. Call it at the top of a test file. */
export async function openCollectTown() {
  const door = await openDoor();
  const wire = await openWire(door.url);
  /** A company with pages under these names, and a pool. */
  const settle = async (pool = { targets: [TARGET], numbers: [OURS, OTHER] }) => {
    const site = await door.settle({ domains: ['bluebird.example'] });
    await site.tracker(pool);
    return site;
  };
  let site = await settle();
  beforeEach(async () => {
    wire.mend(site.key);
    site = await settle();
  });
  return { door, collect: wire, settle, site: () => site };
}
