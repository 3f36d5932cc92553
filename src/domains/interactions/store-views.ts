// The table saved_view: the only place that writes it.
import type { Prisma, SavedView } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { type InboxFilter, inboxFilterShape } from './inbox-filter.ts';

/** A named filter of the inbox, of a person or of the account. */
export interface ViewRow {
  accountId: string;
  id: string;
  /** user:<id>, key:<id> */
  madeBy: string;
  isShared: boolean;
  name: string;
  filter: InboxFilter;
  /** of the filter; empty = every company that whoever looks may see */
  companyIds: string[];
  version: number;
  createdAt: Date;
}

/** One view of the account, or null. */
export async function readView(tx: Tx, accountId: string, id: string): Promise<ViewRow | null> {
  const row = await tx.savedView.findUnique({ where: { accountId_id: { accountId, id } } });
  return row && toView(row);
}

/** A view as it was stored. */
export function toView({ filter, ...row }: SavedView): ViewRow {
  return { ...row, filter: inboxFilterShape.parse(filter) };
}

/** How many views of the same kind there are: those of a maker, or the shared ones. */
export function countViews(
  tx: Tx,
  { accountId, madeBy, isShared }: Pick<ViewRow, 'accountId' | 'madeBy' | 'isShared'>,
): Promise<number> {
  return tx.savedView.count({
    where: { accountId, isShared, ...(!isShared && { madeBy }) },
  });
}

/** Writes a view, new or changed. The caller holds the lock of the account's views. */
export async function saveView(tx: Tx, { filter, ...row }: ViewRow): Promise<void> {
  const { accountId, id } = row;
  const data = { ...row, filter: filter as Prisma.InputJsonValue };
  await tx.savedView.upsert({
    where: { accountId_id: { accountId, id } },
    create: data,
    update: data,
    select: { id: true },
  });
}

/** Deletes a view. */
export async function dropView(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.savedView.delete({ where: { accountId_id: { accountId, id } }, select: { id: true } });
}
