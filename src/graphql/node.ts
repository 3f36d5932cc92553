// Defining a thing that has a global id: it is read through one viewer-scoped loader per request, by `node` and by every
// field that leads to it.

import { brandWithType } from '@pothos/core';
import { decodeGlobalId } from '#values/global-id.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { badInput } from './problems.ts';

const MAX_NODES = 250;

/** typename → reads one row through the request's loader */
const readers = new Map<string, (id: string, context: Context) => Promise<object | null>>();

/**
 * Makes the reference of a Node type; call `.implement({ description, fields })` on it.
 * @param typename the GraphQL name, which is also in the id
 * @param load reads rows by UUID for this viewer, in any order. Rows of other accounts or of companies that the viewer
 *   does not see are left out: their id then resolves to null.
 * @returns a reference whose fields may resolve to a row or, just as well, to a row's UUID
 */
export function defineNode<Row extends { id: string }>(
  typename: string,
  load: (ids: string[], context: Context) => Promise<Row[]>,
) {
  const ref = builder.loadableNodeRef(typename, {
    id: { resolve: (row: Row) => row.id },
    load,
    sort: (row: Row) => row.id,
    loaderOptions: { maxBatchSize: 250 },
  });
  readers.set(typename, async (id, context) => {
    const row: object | null = await ref.getDataloader(context).load(id);
    if (row) brandWithType(row, typename as never);
    return row;
  });
  return ref;
}

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Any one thing by its id; null when there is none that this viewer may see.',
    args: {
      id: t.arg.id({ required: true, description: 'A global id, as this API returned it.' }),
    },
    resolve: (_root, { id }, context) => readNode(id, 'id', context),
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `Many things by their ids (at most ${MAX_NODES}), in the same order; null for what this viewer may not see.`,
    args: {
      ids: t.arg.idList({ required: true, description: `Up to ${MAX_NODES} global ids.` }),
    },
    resolve: (_root, { ids }, context) => {
      if (ids.length > MAX_NODES) {
        throw badInput(`ids takes at most ${MAX_NODES} ids, not ${ids.length}. Ask in parts.`, {
          argument: 'ids',
          limit: MAX_NODES,
        });
      }
      return ids.map((id) => readNode(id, 'ids', context));
    },
  }),
}));

async function readNode(globalId: string, argument: string, context: Context) {
  const decoded = decodeGlobalId(globalId);
  if (!decoded) throw badInput('This id was not issued by this API.', { argument });
  return (await readers.get(decoded.typename)?.(decoded.id, context)) ?? null;
}
