// Where a reader of erasures that were left stands: the oldest first, some at a time.

/** The place behind which a chunk begins. */
export interface PlaceInTime {
  requestedAt: Date;
  id: string;
}

/** Which receipts come next, in which order: those asked for before a moment, behind a place. */
export function leftSince(before: Date, after: PlaceInTime | null) {
  return {
    where: {
      requestedAt: { lt: before },
      ...(after && {
        OR: [
          { requestedAt: { gt: after.requestedAt } },
          { requestedAt: after.requestedAt, id: { gt: after.id } },
        ],
      }),
    },
    orderBy: [{ requestedAt: 'asc' as const }, { id: 'asc' as const }],
    select: { accountId: true, id: true, requestedAt: true },
  };
}
