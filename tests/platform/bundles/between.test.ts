// What swap.js and its parts call each other: a browser that has kept the script of before is given the parts of now.
import { expect, it } from 'vitest';
import { provideBundles } from '#platform/bundles/index.ts';

it('a part knows the script by names that are the same in every build', async () => {
  const bundles = await provideBundles();
  const [, parts] = [...bundles].find(([path]) => path.startsWith('/swap/')) ?? [];
  const all = await import(`data:text/javascript,${encodeURIComponent(String(parts?.text))}`);
  const asked = new Set<unknown>();
  const inside = new Proxy({}, { get: (_, name) => void asked.add(name) });
  for (const name of ['consent', 'forms', 'overlay']) {
    // here is no page: it comes no further than to what it is given
    expect(() => all[name](inside, {}), name).toThrow();
  }
  expect([...asked].sort()).toEqual(['api', 'd', 'e', 'n', 'p', 'state', 't']);
});
