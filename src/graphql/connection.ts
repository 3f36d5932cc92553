// Lists: Relay connections that page forward by keyset cursors, with a total that is counted only when it is asked for.
import type { ArgBuilder, OutputShape } from '@pothos/core';
import { decodeRowKey, encodeRowKey, type RowKey } from '#values/cursor.ts';
import { builder } from './builder.ts';
import { badInput } from './problems.ts';
import type { FullTypes } from './schema-types.ts';

export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 100;
export const MAX_TOTAL = 10_000;

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** How many rows there are. */
export interface Total {
  count: number;
  /** false: at least so many */
  isExact: boolean;
}

export interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** null where a list has no total (the event log) */
  count: (() => Promise<Total>) | null;
  /** where to read on, when that is not the last row's place */
  endCursor?: string | null;
}

/** The arguments of every list: `args: { filter: …, ...pageArgs(t) }`. */
export function pageArgs(t: { arg: ArgBuilder<FullTypes> }) {
  return {
    first: t.arg.int({
      description: `How many rows: 1 to ${MAX_PAGE}, ${DEFAULT_PAGE} when left out.`,
    }),
    after: t.arg({ type: 'Cursor', description: 'Read on behind this cursor.' }),
  };
}

/**
 * Makes `XConnection` and `XEdge` for a type; use the result as a field's type with `pageArgs` and `readPage`.
 * @param node the type's reference; the rows of a page may be whatever that reference takes (rows, or ids of a Node)
 * @param name the type's name
 * @param options.total false for lists that cannot be counted
 */
export function defineConnection<Ref extends { $inferType: unknown }>(
  node: Ref,
  name: string,
  options: { total?: boolean } = {},
) {
  type Row = OutputShape<FullTypes, Ref>;
  const edge = builder.objectRef<{ cursor: string; node: Row }>(`${name}Edge`).implement({
    description: `One ${name} of a list, and its place there.`,
    fields: (t) => ({
      node: t.field({
        type: node as never,
        description: 'The row itself.',
        resolve: (parent) => parent.node as never,
      }),
      cursor: t.expose('cursor', { type: 'Cursor', description: 'The place of this row.' }),
    }),
  });
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    description: `A page of a list of ${name}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The rows with their cursors.',
        resolve: (page) => page.edges,
      }),
      nodes: t.field({
        type: [node] as never,
        description: 'The rows alone.',
        resolve: (page) => page.edges.map((each) => each.node) as never,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Where the page begins and ends.',
        resolve: (page) => ({
          hasNextPage: page.hasNextPage,
          hasPreviousPage: page.hasPreviousPage,
          startCursor: page.edges.at(0)?.cursor ?? null,
          endCursor: page.endCursor ?? page.edges.at(-1)?.cursor ?? null,
        }),
      }),
      ...(options.total === false
        ? {}
        : {
            totalCount: t.int({
              description: `How many rows the filter leaves, counted up to ${MAX_TOTAL}.`,
              resolve: async (page) => Math.min((await page.count?.())?.count ?? 0, MAX_TOTAL),
            }),
            totalCountIsExact: t.boolean({
              description: 'False when there are more rows than were counted.',
              resolve: async (page) => (await page.count?.())?.isExact ?? true,
            }),
          }),
    }),
  });
}

/** The checked number of rows of a page. Throws BAD_INPUT naming the limit. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE;
  if (size >= 1 && size <= MAX_PAGE) return size;
  throw badInput(`first takes 1 to ${MAX_PAGE}, not ${size}. Read on with after for more.`, {
    argument: 'first',
    limit: MAX_PAGE,
  });
}

/**
 * Reads one page of a store's list.
 * @param args first and after, as the client sent them
 * @param list.rows reads at most `limit` rows behind the place `after`, in the list's order (values/keyset.ts)
 * @param list.count counts the filtered rows, but no more than `cap`, or says itself how far it counted
 * @param list.sortValue the row's sort column as text: an ISO time, a number, a name
 */
export async function readPage<Row extends { id: string }>(
  args: PageArgs,
  list: {
    rows(want: { limit: number; after: RowKey | null }): Promise<Row[]>;
    count(cap: number): Promise<number | Total>;
    sortValue(row: Row): string;
  },
): Promise<Page<Row>> {
  const size = pageSize(args.first);
  const after = args.after ? decodeRowKey(args.after) : null;
  const rows = await list.rows({ limit: size + 1, after });
  let counted: Promise<Total> | undefined;
  return {
    edges: rows.slice(0, size).map((row) => ({
      cursor: encodeRowKey({ value: list.sortValue(row), id: row.id }),
      node: row,
    })),
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null,
    count: () => {
      counted ??= list
        .count(MAX_TOTAL + 1)
        .then((told) =>
          typeof told === 'number' ? { count: told, isExact: told <= MAX_TOTAL } : told,
        );
      return counted;
    },
  };
}
