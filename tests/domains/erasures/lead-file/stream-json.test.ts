// A document written piece by piece is the document.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrder } from '#domains/erasures/lead-file/in-order.ts';
import { streamJson } from '#domains/erasures/lead-file/stream-json.ts';

async function written(value: unknown): Promise<unknown> {
  let text = '';
  for await (const piece of streamJson(value)) text += piece;
  return JSON.parse(text);
}

/** The same value with every list, at any depth, read as it is written. */
function streamed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return (async function* read() {
      for (const one of value) yield streamed(one);
    })();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, streamed(one)]));
}

it('is the document, with lists that are read as they are written', async () => {
  const names = fc.string().filter((name) => name !== '__proto__');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      ...[fc.string(), fc.integer(), fc.boolean(), fc.constant(null)],
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(names, tie('tree'), { maxKeys: 3 }),
    ),
  }));
  const same = fc.asyncProperty(tree, async (value) => {
    expect(await written(streamed(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });
  await fc.assert(same, { seed: 20260302, numRuns: 200 });
  const at = new Date('2026-03-02T10:00:00Z');
  expect(await written({ at, size: 5n, gone: undefined, none: streamed([]) })).toEqual({
    ...{ at: at.toISOString(), size: 5, none: [] },
  });
});

it('reads rows of any number, those of one moment too, and ends when it is told to', async () => {
  const rows = Array.from({ length: 250 }, (_, n) => ({
    id: `${n}`.padStart(3, '0'),
    at: new Date(n < 150 ? 0 : n),
  }));
  const aborting = new AbortController();
  let pages = 0;
  const all = inOrder('at', aborting.signal, async ({ after, take }) => {
    pages += 1;
    const { OR: next } = (after.AND?.[1] ?? {}) as { OR?: { at: Date; id: { gt: string } }[] };
    const place = next?.[1];
    const begin = place ? rows.findIndex(({ id }) => id === place.id.gt) + 1 : 0;
    expect(place?.at ?? null).toEqual(place ? rows[begin - 1]?.at : null);
    return rows.slice(begin, begin + take);
  });
  const seen: string[] = [];
  for await (const { id } of all) seen.push(id);
  expect(seen).toEqual(rows.map(({ id }) => id));
  expect(pages).toBe(3);
  aborting.abort(new Error('killed'));
  const none = inOrder('at', aborting.signal, async () => rows.slice(0, 1));
  await expect(none.next()).rejects.toThrow('killed');
});
